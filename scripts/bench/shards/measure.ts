import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../../../api/src/context.ts'
import type { Cluster } from './cluster.ts'
import { shardQueries } from './queries.ts'
import type { Timed } from './report.ts'

const WARM_UP = 3

/** A question with its key, and what the one database answered. */
export type Asked = { key: string; answer: unknown }

/** Asks the one database everything with `keys` random keys. The answers are what a cluster has to give. */
export async function askSingle(
  context: Context,
  { deals, keys }: { deals: number; keys: number },
): Promise<{ timed: Timed[]; asked: Asked[][] }> {
  const timed: Timed[] = []
  const asked: Asked[][] = []
  for (const { name, asks, keyOf, single } of shardQueries) {
    const answers = Array.from({ length: keys }, () => ({ key: keyOf(deals) }) as Asked)
    const milliseconds = await each(answers, async (one) => {
      one.answer = await single(context, one.key)
    })
    timed.push({ name, asks, milliseconds })
    asked.push(answers)
  }
  return { timed, asked }
}

/** Asks a cluster the same. @throws if any answer is another one. */
export async function askCluster(cluster: Cluster, asked: readonly Asked[][]): Promise<{ queries: Timed[]; compared: number }> {
  const queries: Timed[] = []
  let compared = 0
  for (const [k, { name, asks, sharded }] of shardQueries.entries()) {
    const answers: unknown[] = []
    const questions = asked[k] ?? []
    const milliseconds = await each(questions, async ({ key }) => void answers.push(await sharded(cluster, key)))
    for (const [at, answer] of answers.slice(-questions.length).entries()) {
      const question = questions[at]
      if (!isDeepStrictEqual(answer, question?.answer))
        throw new Error(`${name}: the shards answer otherwise about ${question?.key}`)
      compared += 1
    }
    queries.push({ name, asks, milliseconds })
  }
  return { queries, compared }
}

/** Milliseconds of each, after a few that do not count. */
async function each<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<number[]> {
  for (const one of all.slice(0, WARM_UP)) await work(one)
  const milliseconds: number[] = []
  for (const one of all) {
    const before = performance.now()
    await work(one)
    milliseconds.push(performance.now() - before)
  }
  return milliseconds
}
