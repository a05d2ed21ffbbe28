import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { parseOffer, termsOfUnit } from '@fairhold/protocol/deal/terms'
import { actTypedData } from '@fairhold/protocol/eip712/acts'
import { voidingTypedData } from '@fairhold/protocol/eip712/types'
import { type Abi, type Address, encodeFunctionData, type Hex, zeroHash } from 'viem'
import { signTypedData } from 'wagmi/actions'
import { chainTime, type PayerOptions } from '@/features/checkout/sign-payment'
import type { ContractCall } from '@/features/deals/send'
import type { Listing } from '@/lib/api'
import type { VoidingIn } from '@/lib/api/relay'

/** Voids the group that all offers of the listing are in: one small call, whatever its size. Loaded when it is done: it takes the ABI. */
export function voidGroup({ offer }: Listing, escrow: Address): ContractCall {
  return { abi: escrowAbi as Abi, address: escrow, functionName: 'cancelNonces', args: [1n << BigInt(offer.nonce)] }
}

/** Voids every deal that could still be opened, of every unit and way of shipping, in one transaction. */
export function voidUnits({ choices }: Listing, escrow: Address): ContractCall {
  const open = choices.flatMap(({ offer, units }) =>
    units.filter(({ free }) => free).map(({ unit }) => packTerms(termsOfUnit(parseOffer(offer), unit))),
  )
  const [only] = open
  const base = { abi: escrowAbi as Abi, address: escrow }
  if (open.length === 1 && only) return { ...base, functionName: 'cancelOffer', args: [only] }
  const calls = open.map((terms) => encodeFunctionData({ abi: escrowAbi, functionName: 'cancelOffer', args: [terms] }))
  return { ...base, functionName: 'multicall', args: [calls] }
}

/** An hour, as steps of deals: what is signed for somebody else to send does not stand for long. */
const LASTS = 3_600

/** The voiding signed for the marketplace to send: the group by one signature, or each deal by its own. */
export async function signVoiding(
  { config, market, account }: Pick<PayerOptions, 'config' | 'market' | 'account'>,
  { id, choices, offer }: Listing,
  how: 'group' | 'units',
): Promise<VoidingIn> {
  const expiry = (await chainTime({ config, market })) + LASTS
  const domain = { chainId: market.chainId, escrow: market.escrow as Address }
  if (how === 'group') {
    const { counter, nonce } = parseOffer(offer)
    const typed = voidingTypedData({ maker: account, counter, nonces: 1n << BigInt(nonce), expiry }, domain)
    return { how, listingId: id, expiry, signature: await signTypedData(config, { ...typed, account }) }
  }
  const units: { dealId: string; signature: Hex }[] = []
  for (const { dealId } of choices.flatMap((choice) => choice.units).filter(({ free }) => free)) {
    const what = { action: 'cancelOffer', value: 0n, hash: zeroHash, tip: 0n, expiry } as const
    const typed = actTypedData({ signer: account, dealId: dealId as Hex, ...what }, domain)
    units.push({ dealId, signature: await signTypedData(config, { ...typed, account }) })
  }
  return { how, listingId: id, expiry, units }
}
