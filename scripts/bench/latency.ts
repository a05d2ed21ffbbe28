import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startAnvil, type WorkChain } from './anvil.ts'
import type { Contender } from './contenders.ts'
import { type BenchServer, startServer } from './database.ts'
import { isVisible, type Job, type Running, startJob } from './measure.ts'
import { blocksOf } from './workload.ts'

const CATCHING_UP = 120 // blocks at most until the contender follows: a minute
const SOON_MS = 500
const WARM_UP = 20 // blocks after that whose time does not count either: code runs for the first time
const SHORTEST_GAP_MS = 20
const LONGEST_GAP_MS = 220
const TIMEOUT_MS = 30_000

/** What a contender took from block to row, in milliseconds, block by block. */
export type Delays = { name: string; title: string; milliseconds: number[] }

export type LatencyOptions = { contenders: readonly Contender[]; blocks: number; rounds: number; say: (line: string) => void }

/** Blocks of one event each at random moments; from the return of evm_mine until a tight loop of SELECTs sees the row. */
export async function latency({ contenders, blocks, rounds, say }: LatencyOptions): Promise<Delays[]> {
  const server = await startServer()
  try {
    const results = contenders.map(({ name, title }): Delays => ({ name, title, milliseconds: [] }))
    for (let round = 1; round <= rounds; round += 1) {
      for (const [k, contender] of contenders.entries()) {
        results[k]?.milliseconds.push(...(await once(contender, server, blocks)))
        say(`round ${round} of ${rounds}: ${contender.title}`)
      }
    }
    return results
  } finally {
    await server.stop()
  }
}

async function once(contender: Contender, server: BenchServer, blocks: number): Promise<number[]> {
  const chain = await startAnvil()
  const database = await server.create('run')
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  let running: Running | null = null
  try {
    const job = await contender.prepare(database, { rpcUrl: chain.url, wsUrl: chain.wsUrl, events: 0 })
    running = startJob(job)
    const watch = { client, job, running, mine: oneByOne(chain, blocks) }
    await untilFollowing(watch)
    return await delays(watch, blocks)
  } finally {
    await client.end()
    await running?.stop()
    await database.drop()
    await chain.stop()
  }
}

type Watch = {
  client: pg.Client
  job: Job
  running: Running
  /** Mines a block with the next event in it; gives its height. */
  mine: () => Promise<number>
}

function oneByOne(chain: WorkChain, blocks: number): Watch['mine'] {
  const logs = [...blocksOf(CATCHING_UP + WARM_UP + blocks)].flat()
  let height = 0
  return async () => {
    await chain.mine(logs.slice(height, height + 1))
    height += 1
    return height
  }
}

/** Mines until a block is stored soon after it is there. Whoever follows by subscription may wait for a head before it begins. */
async function untilFollowing(watch: Watch): Promise<void> {
  for (let block = 0; block < CATCHING_UP; block += 1) {
    if (await isSoonVisible(watch, await watch.mine(), SOON_MS)) return
  }
  throw new Error(`${watch.job.name} did not begin to follow. The last it said:\n${watch.running.lastWords()}`)
}

async function delays(watch: Watch, blocks: number): Promise<number[]> {
  const measured: number[] = []
  for (let block = 0; block < WARM_UP + blocks; block += 1) {
    await sleep(SHORTEST_GAP_MS + Math.random() * (LONGEST_GAP_MS - SHORTEST_GAP_MS))
    const height = await watch.mine()
    const mined = performance.now()
    if (!(await isSoonVisible(watch, height, TIMEOUT_MS))) throw new Error(`${watch.job.name} did not store block ${height}`)
    if (block >= WARM_UP) measured.push(performance.now() - mined)
  }
  return measured
}

/** Asks without a pause whether the one event of that block is there. */
async function isSoonVisible({ client, job, running }: Watch, height: number, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs
  while (performance.now() < deadline) {
    if (await isVisible(client, job, { height, logIndex: 0 })) return true
    if (running.ended()) throw new Error(`${job.name} ended. The last it said:\n${running.lastWords()}`)
  }
  return false
}
