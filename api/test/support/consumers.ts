import { type RunConsumerOptions, runConsumer } from '../../src/bus/consumer.ts'
import type { EventBench } from './events.ts'

/** A consumer that is running; `stop` resolves when it has come to its end. */
export interface RunningConsumer {
  stop: () => Promise<void>
}
export type ConsumerChanges = Partial<RunConsumerOptions> & { name: string }
type Common = Pick<RunConsumerOptions, 'source' | 'log'>

/** Starts consumers that leave traces of all events from the oldest on, with short pauses; `stopAll` is for the end of each test. */
export function createConsumers(bench: () => EventBench, common: () => Common) {
  const running = new Set<RunningConsumer>()
  return {
    stopAll: () => Promise.all([...running].map(({ stop }) => stop())),
    start: (changes: ConsumerChanges): RunningConsumer => {
      const ending = new AbortController()
      const { db, leaveTrace } = bench()
      const handle: RunConsumerOptions['handle'] = (event, tx) => leaveTrace(changes.name, event, tx)
      const pauses = { firstPauseMs: 5, longestPauseMs: 50 }
      const options = { ...common(), db, kinds: ['#'], startAt: 'oldest' as const, handle, ...pauses, ...changes }
      const run = runConsumer(options, ending.signal)
      const consumer: RunningConsumer = {
        stop: async () => {
          running.delete(consumer)
          ending.abort()
          await run
        },
      }
      running.add(consumer)
      return consumer
    },
  }
}
