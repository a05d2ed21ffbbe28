import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { parseTerms } from '@fairhold/protocol/deal/terms'
import type { Abi, Address } from 'viem'
import type { Deal } from '@/lib/api'
import type { ContractCall } from './send'

export { payingCall, preparePayment } from './pay'

/** A call on a deal, loaded when it is made: it takes the ABI. What follows the terms is in `rest`. */
export function dealCall(deal: Deal, escrow: Address, functionName: string, rest: readonly unknown[]): ContractCall {
  return { abi: escrowAbi as Abi, address: escrow, functionName, args: [packTerms(parseTerms(deal.terms)), ...rest] }
}
