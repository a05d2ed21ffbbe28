import { concatHex, erc20Abi } from 'viem'
import { type BundledCall, codeOf } from './bundle-code'
import { approvalOf } from './pay'
import { NotEnoughCoin, NotEnoughTokens } from './problem'
import { type ContractCall, dataOf, type Needs, readerOf, type SendOptions } from './send'

/** The allowances, then the call. */
export function bundleOf(call: ContractCall, { allowances }: Needs): BundledCall[] {
  const encoded = (one: ContractCall) => ({ to: one.address, data: dataOf(one), value: one.value ?? 0n })
  return [...allowances.map((allowance) => encoded(approvalOf(allowance))), encoded(call)]
}

/**
 * Runs a bundle without sending it. Throws the contract's decoded error when it would fail, and says before that what the account
 * lacks. The network's fee is left to the wallet, which may have it paid by somebody else.
 */
export async function checkBundle(options: SendOptions, call: ContractCall, needs: Needs): Promise<void> {
  const client = readerOf(options)
  const { account } = options
  const value = call.value ?? 0n
  const coins = await client.getBalance({ address: account })
  if (coins < value) throw new NotEnoughCoin(value, coins)
  for (const { token, amount } of needs.allowances) {
    const held = await client.readContract({ abi: erc20Abi, address: token, functionName: 'balanceOf', args: [account] })
    if (held < amount) throw new NotEnoughTokens(amount, held)
  }
  const calls = bundleOf(call, needs)
  const stateOverride = [{ address: account, code: codeOf(calls) }]
  const data = concatHex(calls.map((one) => one.data))
  await client.call({ to: account, data, stateOverride }).catch((error: unknown) => {
    if (!isUnknownToNode(error)) throw error
  })
}

const LACKING: readonly unknown[] = [-32_601, -32_602, -32_004]

/** Whether the node cannot run a call with code that is not there: then the checks of the balances have to do. */
function isUnknownToNode(error: unknown): boolean {
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 8; depth += 1) {
    if ('code' in cause && LACKING.includes(cause.code)) return true
    cause = 'cause' in cause ? cause.cause : undefined
  }
  return false
}
