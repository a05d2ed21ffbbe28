import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { parseOffer, termsOfUnit } from '@fairhold/protocol/deal/terms'
import { type Abi, type Address, encodeFunctionData } from 'viem'
import type { ContractCall } from '@/features/deals/send'
import type { Listing } from '@/lib/api'

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
