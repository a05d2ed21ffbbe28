import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100 // of Linux' USER_HZ, the same on every machine that Node runs on
const KIB = 1024

/** What a process and its descendants have used so far. */
export type Usage = {
  /** User and system time, of those that ended too. */
  cpuSeconds: number
  /** Sum of the most memory that each of those alive has held. */
  peakBytes: number
}

/** Reads it from /proc. A process that has gone counts as nothing. */
export function usageOf(root: number): Usage {
  const usage: Usage = { cpuSeconds: 0, peakBytes: 0 }
  for (const pid of treeOf(root)) {
    usage.cpuSeconds += cpuSecondsOf(pid)
    usage.peakBytes += peakBytesOf(pid)
  }
  return usage
}

/** A process and all that descend from it. */
function treeOf(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    const parent = Number.isInteger(pid) ? statOf(pid)?.[1] : undefined
    if (parent !== undefined) children.set(Number(parent), [...(children.get(Number(parent)) ?? []), pid])
  }
  const found = [root]
  for (const pid of found) found.push(...(children.get(pid) ?? [])) // the list grows while it is walked
  return found
}

function cpuSecondsOf(pid: number): number {
  // proc(5): fields 14 to 17, of which two are the time of children that ended and were waited for.
  const times = statOf(pid)?.slice(11, 15) ?? []
  return times.reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND
}

function peakBytesOf(pid: number): number {
  const line = /^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? '')
  return Number(line?.[1] ?? 0) * KIB
}

/** The fields of /proc/PID/stat from the third on: the second is a name that may hold anything, in brackets. */
function statOf(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined // it has gone since it was listed
  }
}
