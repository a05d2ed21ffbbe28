/** An indexer in a process of its own that kills itself with SIGKILL at a point of a step: no `finally`, no rollback, no goodbye. */
import type { Point } from '../../src/status.ts'
import { type LifeOptions, startLife } from './subject.ts'

/** What the parent hands over, as JSON. */
export type ChildOptions = Omit<LifeOptions, 'onPoint'> & { killAt: { point: Point; nth: number } }

if (import.meta.main) {
  const { killAt, ...options } = JSON.parse(process.argv[2] ?? '') as ChildOptions
  let seen = 0
  const life = startLife({
    ...options,
    onPoint: (point) => {
      if (point === killAt.point) seen += 1
      if (point === killAt.point && seen === killAt.nth) process.kill(process.pid, 'SIGKILL')
    },
  })
  await life.ended
}
