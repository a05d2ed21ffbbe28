import { states } from '@fairhold/protocol/deal/state'
import { type Act, actTypedData } from '@fairhold/protocol/eip712/acts'
import { type Address, type Hex, numberToHex, zeroHash } from 'viem'
import { signTypedData } from 'wagmi/actions'
import { chainTime, type PayerOptions } from '@/features/checkout/sign-payment'
import type { Deal } from '@/lib/api'
import type { ActIn } from '@/lib/api/relay'
import type { RelayedVerb } from './relayed-act'

/** An hour: a signed step cannot be taken back, so it does not stand for long (docs/decisions/009). */
const LASTS = 3_600

/** A step of a deal, signed for the relayer. `args`: what would follow the terms if the person called the contract. */
export async function signAct(
  { config, market, account }: Pick<PayerOptions, 'config' | 'market' | 'account'>,
  deal: Deal,
  verb: RelayedVerb,
  args: readonly unknown[],
): Promise<ActIn> {
  const expiry = (await chainTime({ config, market })) + LASTS
  const dealId = deal.id as Hex
  const act: Act = { signer: account, dealId, action: verb, ...contentOf(deal, verb, args), tip: 0n, expiry }
  const domain = { chainId: market.chainId, escrow: market.escrow as Address }
  const signature = await signTypedData(config, { ...actTypedData(act, domain), account })
  const { signer, action, value, hash } = act
  return { dealId, signer, action, value: value.toString(), hash, expiry, signature }
}

/** Parts are signed as running totals, and an extension for one state, so that a signature acts once. */
function contentOf(deal: Deal, verb: RelayedVerb, [first]: readonly unknown[]): Pick<Act, 'value' | 'hash'> {
  switch (verb) {
    case 'ship':
    case 'dispute':
      return { value: 0n, hash: first as Hex }
    case 'releasePart':
      return { value: BigInt(deal.released) + (first as bigint), hash: zeroHash }
    case 'refundPart':
      return { value: BigInt(deal.refunded) + (first as bigint), hash: zeroHash }
    case 'extend':
      return { value: BigInt(first as number), hash: numberToHex(states.indexOf(deal.state), { size: 32 }) }
    default:
      return { value: 0n, hash: zeroHash }
  }
}
