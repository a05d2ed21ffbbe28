import { encodeFunctionData, zeroAddress } from 'viem'
import { escrowAbi } from '../../protocol/src/abi/escrow.ts'
import { packTerms } from '../../protocol/src/deal/packed.ts'
import { type Bench, createBench, openDeal, prepareDollars, termsOf } from './bench.ts'

/** Where the gas of one transaction goes, in the order of `parts`. */
export type Breakdown = Readonly<Record<Part, number>>
export const parts = ['transaction', 'calldata', 'storage', 'event', 'signature', 'payment', 'lock', 'rest'] as const
export type Part = (typeof parts)[number]

/** What a step of the trace belongs to; everything else is arithmetic, jumps, memory and hashing. */
const partOfOpcode: Readonly<Record<string, Part>> = {
  SLOAD: 'storage',
  SSTORE: 'storage',
  LOG2: 'event',
  LOG4: 'event',
  TLOAD: 'lock',
  TSTORE: 'lock',
  CALL: 'payment',
  STATICCALL: 'payment',
  EXTCODESIZE: 'payment',
}

/** What debug_traceTransaction answers, as far as it is read. */
export interface Trace {
  readonly gas: number
  readonly structLogs: readonly { readonly op: string; readonly depth: number; readonly gas: number; readonly gasCost: number }[]
}

/** The second of two openings and of two releases, in ETH and in test dollars, taken apart by their traces. */
export async function measureBreakdowns(): Promise<Record<string, Breakdown>> {
  const bench = await createBench()
  await prepareDollars(bench)
  const found: Record<string, Breakdown> = {}
  for (const [token, currency] of [
    [zeroAddress, 'ETH'],
    [bench.usd, 'ERC-20'],
  ] as const) {
    for (const number of [0, 1]) await openDeal(bench, termsOf(bench, token, number), 0n)
    found[`open, ${currency}`] = await breakDown(bench)
    for (const number of [0, 1]) {
      const args = [packTerms(termsOf(bench, token, number))] as const
      await bench.send('buyer', bench.escrow, encodeFunctionData({ abi: escrowAbi, functionName: 'release', args }))
    }
    found[`release, ${currency}`] = await breakDown(bench)
  }
  return found
}

async function breakDown(bench: Bench): Promise<Breakdown> {
  const { trace, input } = await bench.traceLast()
  const sums: Record<Part, number> = { transaction: 21_000, calldata: calldataGas(input) } as Record<Part, number>
  for (const part of parts) sums[part] ??= 0
  const { structLogs } = trace
  let recovering = 0
  for (const [index, step] of structLogs.entries()) {
    if (step.depth > 1) continue
    const next = structLogs[index + 1]
    const entersCall = /CALL$/.test(step.op) && next !== undefined
    // What a call costs is what is gone when its caller goes on: its own price and all that was done in it.
    const back = entersCall ? structLogs.slice(index + 1).find(({ depth }) => depth === step.depth) : undefined
    const cost = entersCall && back ? step.gas - back.gas : step.gasCost
    const isRecovery = step.op === 'STATICCALL' && next?.depth === 1 && cost >= 3_000 && recovering++ === 0
    sums[isRecovery ? 'signature' : (partOfOpcode[step.op] ?? 'rest')] += cost
  }
  const known = parts.reduce((sum, part) => sum + sums[part], 0)
  // Rounding of memory and what the tracer does not show, so that the parts add up to the receipt.
  sums.rest += trace.gas - known
  return sums
}

/** EIP-2028: 4 for a zero byte, 16 for any other. */
function calldataGas(input: string): number {
  const bytes = input.slice(2).match(/../g) ?? []
  return bytes.reduce((sum, byte) => sum + (byte === '00' ? 4 : 16), 0)
}
