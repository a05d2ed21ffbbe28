import type { Status } from './status.ts'

const BAR_CELLS = 24
const NEAR_BLOCKS = 100 // so close to the head there is nothing to watch
const RATE_WINDOW_MS = 10_000

type Sample = { at: number; block: number; events: number }

/**
 * Says how a backfill is coming along: the returned function gives a line such as
 * `eip155:1 ████████░░░░ 61 % · block 610,000 of 1,000,000 · 18,200 events/s · 41 s left`, or null where the head is near.
 */
export function createProgress(status: Status, now: () => number): () => string | null {
  const samples: Sample[] = []
  let first: number | null = null
  return () => {
    const { chain, indexed, head, role } = status.snapshot()
    if (role !== 'writer' || head === null) return null
    const block = indexed?.number ?? 0
    first ??= block
    samples.push({ at: now(), block, events: status.counters.get('events') ?? 0 })
    while (samples.length > 2 && (samples[1]?.at ?? 0) < now() - RATE_WINDOW_MS) samples.shift()
    if (head.number - block < NEAR_BLOCKS) return null
    const share = (block - first) / Math.max(1, head.number - first)
    const bar = `${'█'.repeat(Math.floor(share * BAR_CELLS))}`.padEnd(BAR_CELLS, '░')
    const place = `block ${block.toLocaleString('en')} of ${head.number.toLocaleString('en')}`
    return `${chain} ${bar} ${Math.floor(share * 100)} % · ${place}${paceOf(samples, head.number)}`
  }
}

function paceOf(samples: readonly Sample[], head: number): string {
  const [from, to] = [samples[0], samples.at(-1)]
  if (from === undefined || to === undefined || to.at === from.at || to.block === from.block) return ''
  const seconds = (to.at - from.at) / 1000
  const left = Math.ceil((head - to.block) / ((to.block - from.block) / seconds))
  return ` · ${Math.round((to.events - from.events) / seconds).toLocaleString('en')} events/s · ${duration(left)} left`
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}
