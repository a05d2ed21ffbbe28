import type { Logger } from 'pino'
import type { Latch } from '../bus/latch.ts'

export interface Loop {
  /** One after the other. What must not wait for the others belongs into a loop of its own. */
  runners: readonly ((now: number) => Promise<number>)[]
  /** Opened when something may be due. */
  latch: Latch
  /** How long to wait for that at most before looking anyway: time alone makes things due too. */
  tickMs: number
  log: Logger
  signal: AbortSignal
}

/** Runs jobs again and again until the signal aborts. */
export async function runLoop({ runners, latch, tickMs, log, signal }: Loop): Promise<void> {
  while (!signal.aborted) {
    let wait = tickMs
    for (const run of runners) {
      const again = await run(Date.now()).catch((err: unknown) => log.error({ err }, 'cannot find out what is due'))
      wait = Math.min(wait, again ?? tickMs)
    }
    await latch.wait(wait, signal)
  }
}
