import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { parseOffer, termsOfUnit } from '@fairhold/protocol/deal/terms'
import { type Abi, type Address, encodeFunctionData } from 'viem'
import type { ContractCall } from '@/features/deals/send'
import type { Listing } from '@/lib/api'

/** Voids every unit that nobody has taken, in one transaction. Loaded when it is done: it takes the ABI. */
export function voidingOf({ offer, units }: Listing, escrow: Address): ContractCall {
  const free = units.filter(({ taken }) => !taken).map(({ unit }) => packTerms(termsOfUnit(parseOffer(offer), unit)))
  const [only] = free
  const base = { abi: escrowAbi as Abi, address: escrow }
  if (free.length === 1 && only) return { ...base, functionName: 'cancelOffer', args: [only] }
  const calls = free.map((terms) => encodeFunctionData({ abi: escrowAbi, functionName: 'cancelOffer', args: [terms] }))
  return { ...base, functionName: 'multicall', args: [calls] }
}
