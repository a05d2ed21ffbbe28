import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { type Point, points } from '../../src/status.ts'
import type { ChildOptions } from './child.ts'
import { createRestartableDatabase, createSimDatabases, type SimDatabase, stopSimDatabases } from './database.ts'
import { callFaults, logFaults, socketFaults, transportFaults } from './faults.ts'
import { notableSeeds } from './notable.ts'
import { playSeeds } from './play-seeds.ts'
import { drawScenario } from './scenario.ts'
import { compare, type Outcome, report, untilSettled } from './simulate.ts'
import { createWorld } from './world.ts'

const SEEDS = 200
const AT_ONCE = 10
const CHILD_MS = 30_000
const RESTART_SEEDS = [1, 2, 3]

let databases: SimDatabase[]
before(async () => {
  databases = await createSimDatabases(AT_ONCE)
})
after(() => stopSimDatabases(databases))

const outcomes: Outcome[] = []

test(`${SEEDS} seeds end with the rows of a from-scratch replay`, async () => {
  const seeds = Array.from({ length: SEEDS }, (_, k) => k + 1)
  await playSeeds(seeds, databases, (outcome) => outcomes.push(outcome))
  const failed = outcomes.filter(({ problems }) => problems.length > 0)
  assert.deepEqual(failed.map(report), [])
})

test('the seeds together come by every fault, every point of a step and every event of the contracts', () => {
  const seen = new Set(outcomes.flatMap((outcome) => outcome.seen))
  const faults = [...transportFaults, ...callFaults, ...logFaults, ...socketFaults]
  const moments = points.filter((point) => ![...seen].some((one) => one.startsWith(`${point} `)))
  assert.deepEqual([...faults.filter((kind) => !seen.has(kind)), ...moments], [])
  const abis = [...escrowAbi, ...reputationAbi].flatMap((item) => (item.type === 'event' ? [item.name] : []))
  const events = new Set(outcomes.flatMap((outcome) => outcome.events))
  assert.deepEqual(
    abis.filter((name) => name !== 'EIP712DomainChanged' && !events.has(name)),
    [],
  ) // that one our contracts never log
})

for (const { seed, why } of notableSeeds) {
  test(`seed ${seed}: ${why}`, async () => {
    await playSeeds([seed], databases.slice(0, 1), (outcome) => assert.deepEqual(outcome.problems, [], report(outcome)))
  })
}

test('Postgres may be restarted at any time', async () => {
  const database = await createRestartableDatabase()
  try {
    await playSeeds(RESTART_SEEDS, [database], (outcome) => assert.deepEqual(outcome.problems, [], report(outcome)))
  } finally {
    await database.stop()
  }
})

test('kill -9 at each point of a step, while the chain is reorganising', async () => {
  const failed: string[] = []
  const waiting = points.entries()
  await Promise.all(
    databases.slice(0, 3).map(async (database) => {
      for (const [k, point] of waiting) failed.push(...(await killAt(point, 900_000 + k, database)))
    }),
  )
  assert.deepEqual(failed, [])
})

/** Indexes, lets the chain reorganise, has a process take that in and die at a point; then another one finishes its work. */
async function killAt(point: Point, seed: number, database: SimDatabase): Promise<string[]> {
  await database.reset()
  const calm = {
    plan: { kinds: [], rate: 0, budget: 0 },
    abilities: { rangeLimit: 1000, logLimit: 1000, receipts: true, sideBlocks: true },
  }
  const finality = { kind: 'tag' } as const
  const scenario = { ...drawScenario(seed), ...{ finality, servers: [calm], startBlocks: 30, load: 4, maxRange: 50, steps: [] } }
  const world = await createWorld(scenario, database)
  try {
    const first = world.start()
    assert.deepEqual(await untilSettled(world), [])
    await first.stop()
    world.chain.reorg(10, 14, false)
    const { signal } = await runChild({ ...world.lifeOptions(), killAt: { point, nth: 1 } })
    if (signal !== 'SIGKILL') return [`${point}: the process was not killed but ended by ${signal}`]
    world.chain.reorg(4, 5, true)
    world.start()
    const problems = [...(await untilSettled(world)), ...(await compare(world, database))]
    return problems.map((problem) => `${point}: ${problem}`)
  } finally {
    await world.close()
    await database.settle()
  }
}

function runChild(options: ChildOptions): Promise<{ signal: NodeJS.Signals | null }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts'), JSON.stringify(options)], { stdio: 'inherit' })
  const stopWithUs = (): void => void child.kill('SIGKILL')
  process.once('exit', stopWithUs)
  const tooLong = setTimeout(() => child.kill('SIGTERM'), CHILD_MS) // it never came to that point
  return new Promise((resolve) => {
    child.once('exit', (_, signal) => {
      clearTimeout(tooLong)
      process.off('exit', stopWithUs)
      resolve({ signal })
    })
  })
}
