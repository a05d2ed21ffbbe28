import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { openCall, type Payment } from '@fairhold/protocol/deal/payment'
import { parseOffer } from '@fairhold/protocol/deal/terms'
import { type Abi, type Address, encodeFunctionData, type Hex } from 'viem'
import { readContract } from 'wagmi/actions'
import { isFree } from '@/features/checkout/open-call'
import { chainTime, type PayerOptions, signAuthorization } from '@/features/checkout/sign-payment'
import { type Allowance, payingCall, preparePayment } from '@/features/deals/pay'
import type { ContractCall } from '@/features/deals/send'
import type { TokenInfo } from '@/lib/chain'
import { byToken, type CartDeal, signsEach } from './totals'

const abi = escrowAbi as Abi
const PERMIT_SECONDS = 3_600

type Options = Omit<PayerOptions, 'token'>

/** Deals that cannot be opened any more: the unit has gone, or the seller took the offer back, since the page was loaded. */
export async function goneIn(options: Options, deals: readonly CartDeal[]): Promise<CartDeal[]> {
  const now = await chainTime(options)
  const good = await Promise.all(
    deals.map(async ({ offer, siblings }) => {
      const free = await Promise.all(siblings.map((id) => isFree(options, id)))
      return offer.expiry >= now && free.every(Boolean) && (await stands(options, offer))
    }),
  )
  return deals.filter((_, index) => !good[index])
}

/** Whether the seller has not voided the offer, by its nonce or with all others. */
async function stands({ config, market }: Options, { terms, counter, nonce }: CartDeal['offer']): Promise<boolean> {
  const args = [terms.seller as Address] as const
  const call = { abi: escrowAbi, address: market.escrow as Address, chainId: market.chainId, args } as const
  const [current, voided] = await Promise.all([
    readContract(config, { ...call, functionName: 'counterOf' }),
    readContract(config, { ...call, functionName: 'voidedNoncesOf' }),
  ])
  return current === BigInt(counter) && ((voided >> BigInt(nonce)) & 1n) === 0n
}

/**
 * The one call that opens every deal of a cart, all or none. Coins go along with it; a token is paid by a signature for each
 * deal where there are few and it can, else it needs an allowance over exactly the sum.
 */
export async function cartCall(options: Options, deals: readonly CartDeal[]): Promise<ContractCall> {
  const payments = new Map<string, Payment>()
  const allowances: Allowance[] = []
  const allowed: CartDeal[] = []
  let value = 0n
  for (const { token, total, deals: some } of byToken(deals)) {
    if (signsEach(token, some)) {
      await signAll({ ...options, token }, some, payments)
      continue
    }
    const due = await preparePayment({ ...options, token }, total)
    value += due.value
    allowances.push(...due.allowances)
    if (due.allowances.length > 0) allowed.push(...some)
  }
  const calls = deals.map((deal) => openOf(deal, options.account, payments.get(deal.dealId) ?? { method: 'allowance' }))
  const call = { abi, address: options.market.escrow as Address, functionName: 'multicall', args: [calls] }
  return payingCall(call, allowed[0]?.dealId as Hex, { value, allowances })
}

async function signAll(
  options: Options & { token: TokenInfo },
  deals: readonly CartDeal[],
  payments: Map<string, Payment>,
): Promise<void> {
  const until = (await chainTime(options)) + PERMIT_SECONDS
  for (const { dealId, price } of deals) {
    payments.set(dealId, await signAuthorization(options, { dealId: dealId as Hex, price, until }))
  }
}

function openOf({ offer, unit, signature }: CartDeal, buyer: Address, payment: Payment): Hex {
  const call = openCall({ offer: parseOffer(offer), unit, signature: signature as Hex, buyer, payment })
  return encodeFunctionData({ abi, functionName: call.functionName, args: call.args })
}
