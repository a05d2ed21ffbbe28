import type { Chain } from './chain.ts'
import { differences, outboxDifferences } from './compare.ts'
import type { SimDatabase } from './database.ts'
import { createRandom } from './random.ts'
import { replay } from './replay.ts'
import { drawScenario, type Scenario } from './scenario.ts'
import { type Life, outboxRowOf, storedCheckpoint, storedOutbox } from './subject.ts'
import { CHAIN, createWorld, type World, within } from './world.ts'

const SETTLE_MS = 30_000

/** What came of a seed: no problems if the tables are right. `seen`: the faults and interruptions that really happened. */
export type Outcome = { scenario: Scenario; problems: string[]; blocks: number; events: string[]; seen: string[] }

/** Plays the scenario of a seed against a real Postgres and compares what the indexer made of it with a replay. */
export async function simulate(seed: number, database: SimDatabase): Promise<Outcome> {
  const scenario = drawScenario(seed)
  await database.reset()
  const world = await createWorld(scenario, database)
  try {
    const problems = scenario.deeper ? await playDeeper(world, scenario, database) : await play(world, scenario, database)
    const blocks = world.chain.canonical()
    const events = blocks.flatMap(({ logs }) => logs.flatMap(({ event }) => event?.name ?? []))
    return { scenario, problems, blocks: blocks.length, events, seen: world.seen() }
  } finally {
    await world.close()
    await database.settle()
  }
}

/** What to print of a seed that failed: what went wrong, in which scenario, and how to see it again. */
export function report({ scenario, problems }: Outcome): string {
  const { seed, steps, servers, ...rest } = scenario
  return [
    `seed ${seed} failed; to play it alone: node indexer/test/sim/deep.ts ${seed} 1`,
    ...problems.map((line) => `  ${line}`),
    `  scenario ${JSON.stringify(rest)}`,
    ...servers.map((server) => `  node ${JSON.stringify(server)}`),
    ...steps.map((step) => `  step ${JSON.stringify(step)}`),
  ].join('\n')
}

async function play(world: World, scenario: Scenario, database: SimDatabase): Promise<string[]> {
  const random = createRandom(`restarts ${scenario.seed}`)
  for (const step of scenario.steps) {
    await world.take(step)
    if (database.restart !== null && random.chance(0.2)) await database.restart()
  }
  await world.calm()
  world.chain.extend(Math.max(0, scenario.deployBlock - world.chain.head().number)) // below it there is nothing to be ready at
  if (world.lives.size === 0) world.start()
  const problems = await untilSettled(world)
  return problems.length > 0 ? problems : compare(world, database)
}

/** Waits until an indexer says that it is ready at the head that the chain has now; returns why it is not, if it is not. */
export async function untilSettled({ chain, lives, ends }: World): Promise<string[]> {
  const { hash, number } = chain.head()
  const isThere = (): boolean => [...lives].some((life) => life.snapshot().ready && life.snapshot().indexed?.hash === hash)
  const errors = (): string[] => ends.flatMap((end) => (end.kind === 'gaveUp' ? [`the indexer gave up: ${end.error}`] : []))
  const settled = await within(SETTLE_MS, () => isThere() || errors().length > 0)
  if (settled) return errors()
  const snapshots = [...lives].map((life) => JSON.stringify(life.snapshot()))
  return [`not at block ${number} ${hash} within ${SETTLE_MS} ms`, ...snapshots]
}

/** Every difference between what the tables hold and what they must hold; what the writer calls halted included. */
export async function compare({ chain, lives, promised }: World, database: SimDatabase): Promise<string[]> {
  // Of several, the one that is ready: another may have lost its connection without knowing yet.
  const [life] = [...lives].map((one) => one.snapshot()).filter(({ ready }) => ready)
  const halted = (life?.haltedDeals ?? []).map(({ dealId }) => dealId).sort()
  const admin = database.admin()
  const expected = replay(chain.canonical(), CHAIN)
  const messages = expected.events.map(outboxRowOf)
  const checkpoint = await storedCheckpoint(admin)
  const problems = [
    ...(await differences(admin, expected)),
    ...outboxDifferences(await storedOutbox(admin), messages),
    ...(checkpoint?.hash === chain.head().hash ? [] : [`checkpoint: ${JSON.stringify(checkpoint)}`]),
  ]
  if (checkpoint !== null && checkpoint.finalized > promised()) {
    problems.push(`checkpoint: final up to ${checkpoint.finalized}, but the chain said ${promised()}`)
  }
  if (halted.join() === expected.halted.join()) return problems
  return [...problems, `it says that these halted: ${halted.join()}; should be ${expected.halted.join()}`]
}

/** The chain breaks its word about what is final: the indexer has to end for good, and must not call itself ready. */
async function playDeeper(world: World, { deployBlock, seed }: Scenario, database: SimDatabase): Promise<string[]> {
  const { chain } = world
  await world.calm()
  chain.extend(deployBlock + 1)
  const first = world.start()
  if (!(await isAtHead(first, chain))) return ['not at the head before the reorganisation']
  chain.extend(60)
  chain.finalize()
  if (!(await isAtHead(first, chain))) return ['not at the head before the reorganisation']
  chain.extend(1) // what is final is written down with the next block
  if (!(await isAtHead(first, chain))) return ['not at the head before the reorganisation']
  const promised = (await storedCheckpoint(database.admin()))?.finalized ?? 0
  if (promised === 0) return ['nothing is final after 60 blocks']
  const isDown = seed % 2 === 0
  if (isDown) await first.stop()
  world.ends.length = 0
  chain.reorg(chain.head().number - promised + 1, 60, false)
  const life = isDown ? world.start() : first
  await within(SETTLE_MS, () => world.ends.length > 0)
  const [end] = world.ends
  const stopped = (await storedCheckpoint(database.admin()))?.stopped ?? null
  if (stopped === null) return [`the tables do not say that they stopped: ${JSON.stringify(end)}`]
  const problems = end?.kind === 'gaveUp' && end.permanent ? [] : [`it did not give up for good: ${JSON.stringify(end)}`]
  return life.snapshot().ready ? [...problems, 'it calls itself ready on a branch that is gone'] : problems
}

function isAtHead(life: Life, chain: Chain): Promise<boolean> {
  return within(SETTLE_MS, () => life.snapshot().ready && life.snapshot().indexed?.hash === chain.head().hash)
}
