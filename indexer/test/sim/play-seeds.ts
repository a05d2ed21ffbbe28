import type { SimDatabase } from './database.ts'
import { type Outcome, simulate } from './simulate.ts'

/** Plays seeds, one at a time on each database, and tells what came of each as soon as it is known. */
export async function playSeeds(
  seeds: readonly number[],
  databases: readonly SimDatabase[],
  onOutcome: (outcome: Outcome) => void,
): Promise<void> {
  const waiting = seeds.values()
  const worker = async (database: SimDatabase): Promise<void> => {
    for (const seed of waiting) onOutcome(await simulate(seed, database))
  }
  await Promise.all(databases.map(worker))
}
