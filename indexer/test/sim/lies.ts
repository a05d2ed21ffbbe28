import type { FaultKind } from './faults.ts'
import type { Random } from './random.ts'
import { type Call, logJson, type View } from './rpc-methods.ts'

/** A list of logs as a node gives it that has the fault. The same list where there is nothing to spoil. */
export function spoilLogs(logs: readonly object[], lie: FaultKind, view: View, random: Random): readonly object[] {
  const blockOf = (log: object): unknown => (log as { blockHash: unknown }).blockHash
  if (lie === 'stray') return [...logs, ...strayLogs(view, random)]
  if (logs.length === 0) return logs
  const one = random.pick(logs)
  switch (lie) {
    case 'empty':
      return []
    case 'dropBlock':
      return logs.filter((log) => blockOf(log) !== blockOf(one))
    case 'dropOne':
      return logs.filter((log) => log !== one)
    case 'truncate':
      return logs.slice(0, Math.floor(logs.length / 2))
    case 'duplicate':
      return [...logs, one]
    case 'reorder':
      return logs.toReversed()
    case 'removed':
      return logs.map((log) => (log === one ? { ...log, removed: true } : log))
    default:
      return logs
  }
}

/** A question for the logs of one block, asked of the block that another branch has at that height. */
export function onFork(call: Call, { chain, head }: View): Call {
  const [filter] = (call.params ?? []) as { blockHash?: string }[]
  const block = filter?.blockHash === undefined ? null : chain.byHash(filter.blockHash)
  const other = block && chain.ancestor(head, block.number)
  return other ? { ...call, params: [{ ...filter, blockHash: other.hash }] } : call
}

/** Logs of some block that may not have been asked for. */
function strayLogs(view: View, random: Random): object[] {
  const block = view.chain.ancestor(view.head, random.int(0, view.head.number))
  return block === null ? [] : block.logs.map((log) => logJson(log, block))
}
