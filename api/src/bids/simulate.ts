import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { type OpenCallOptions, openCall } from '@fairhold/protocol/deal/payment'
import { explainContractError } from '@fairhold/protocol/errors'
import { type Abi, type Address, BaseError, ContractFunctionRevertedError } from 'viem'
import type { Context } from '../context.ts'

/** Why the contract, or the token, would refuse to open this deal if `caller` asked now; null if it would not. */
export async function whyRefused(
  { chain, deployment }: Context,
  caller: Address,
  options: OpenCallOptions,
): Promise<{ code: string; title: string; detail: string } | null> {
  const { functionName, args, value } = openCall(options)
  // The function and its arguments were made together.
  const call = { abi: escrowAbi as Abi, address: deployment.escrow, functionName, args, value, account: caller }
  try {
    await chain.simulateContract(call)
    return null
  } catch (error) {
    if (!isRevert(error)) throw error
    const { code, title, detail } = explainContractError(error)
    return { code, title, detail }
  }
}

/** Whether the chain answered, and answered no. */
export function isRevert(error: unknown): boolean {
  return error instanceof BaseError && error.walk((cause) => cause instanceof ContractFunctionRevertedError) !== null
}
