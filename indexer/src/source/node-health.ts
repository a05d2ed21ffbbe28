import type { NodeRefused } from './refusal.ts'
import type { Header } from './wire.ts'

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 30_000
const FIRST_QUARANTINE_MS = 5 * 60_000 // long enough to matter, short enough for a node that was blamed for a reorg
const LONGEST_QUARANTINE_MS = 2 * 3_600_000
const LATENCY_WEIGHT = 0.2 // of the newest measurement
const TROUBLE_HALVES_MS = 30_000
const TROUBLE_MS = 1_000 // what a fresh failure weighs in the score
const LIE_TROUBLE = 10
const BLOCK_BEHIND_MS = 100 // what a block behind the others weighs in the score

/** The longest that a call waits for a node that asked for a pause; above that the node counts as failed. */
export const LONGEST_WAIT_MS = 5_000

export type NodeState = 'up' | 'resting' | 'quarantined'

/** What one node is worth, from what it answered. Times in milliseconds, from any fixed point. */
export type Health = ReturnType<typeof createHealth>

export function createHealth(now: () => number) {
  let [failures, lies, sentences, limits, lag, trouble, era] = [0, 0, 0, 0, 0, 0, 0]
  let [restingUntil, notBefore, quarantinedUntil, troubleAt] = [-Infinity, -Infinity, -Infinity, 0]
  let latencyMs: number | null = null
  let head: { number: number; hash: string } | null = null
  let answeredAt = -Infinity

  const state = (): NodeState => (now() < quarantinedUntil ? 'quarantined' : now() < restingUntil ? 'resting' : 'up')
  const troubleNow = (): number => trouble * 0.5 ** ((now() - troubleAt) / TROUBLE_HALVES_MS)
  const addTrouble = (more: number): void => {
    trouble = troubleNow() + more
    troubleAt = now()
  }
  const lied = (): number => {
    lies += 1
    if (state() !== 'quarantined') sentences += 1 // many lies at once are one offence
    addTrouble(LIE_TROUBLE)
    const pause = Math.min(FIRST_QUARANTINE_MS * 2 ** (sentences - 1), LONGEST_QUARANTINE_MS)
    quarantinedUntil = now() + pause
    return pause
  }
  return {
    state,
    lies: () => lies,
    head: () => head,
    answeredAt: () => answeredAt,
    /** How long the node still wants to be left alone. */
    waitMs: () => Math.max(0, notBefore - now()),
    /** Milliseconds, roughly, that the next answer may take; lower is better. */
    score: () => (latencyMs ?? 0) + troubleNow() * TROUBLE_MS + lag * BLOCK_BEHIND_MS,
    /** To be handed back with the outcome: of many requests that fail together only one counts. */
    began: () => era,
    /** `tookMs` is null for questions whose length depends on what is asked. */
    succeeded: (begun: number, tookMs: number | null): void => {
      answeredAt = now()
      if (begun === era) failures = 0
      if (tookMs !== null) latencyMs = latencyMs === null ? tookMs : latencyMs + LATENCY_WEIGHT * (tookMs - latencyMs)
    },
    /** Returns how long the node is rested, or null where this was counted already or is no fault of the node. */
    failed: (begun: number, { kind, retryAfterMs }: NodeRefused): number | null => {
      if (begun !== era || kind === 'tooLarge') return null
      era += 1
      failures += 1
      if (kind === 'wrongChain') return lied()
      addTrouble(1)
      const growing = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS)
      const pause = retryAfterMs ?? growing
      restingUntil = now() + pause
      if (kind !== 'limited') return pause
      limits += 1
      notBefore = now() + (retryAfterMs ?? Math.min(growing, LONGEST_WAIT_MS))
      return pause
    },
    /** Returns how long the node is quarantined. */
    lied,
    /** `best` is the highest head known, of any node. */
    sawHead: (seen: Header, best: number): void => {
      head = { number: seen.number, hash: seen.hash }
      lag = Math.max(0, best - seen.number)
    },
    /** What the node answered until now is no longer under suspicion. */
    forgetAnswers: (): void => {
      answeredAt = -Infinity
    },
    figures: () => ({ state: state(), failures, lies, limits, latencyMs, head }),
  }
}
