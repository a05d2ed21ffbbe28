import { AppError } from './errors.ts'

/** Lets in so many at once, keeps some waiting, and turns the others away at once: what is dear must not take all there is. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>

/** @throws AppError UNAVAILABLE from the gate, for who finds `waiting` others before it */
export function createGate({ most, waiting }: { most: number; waiting: number }): Gate {
  let inside = 0
  const queue: (() => void)[] = []
  return async (work) => {
    if (inside < most) inside += 1
    else if (queue.length < waiting) await new Promise<void>((done) => queue.push(done))
    else throw new AppError('UNAVAILABLE', 'Too many others want the same just now.')
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next)
        next() // takes the place over
      else inside -= 1
    }
  }
}
