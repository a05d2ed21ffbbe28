import { type Chain, createChain } from './chain.ts'
import type { SimDatabase } from './database.ts'
import { createRandom } from './random.ts'
import { type RpcServer, startRpcServer } from './rpc-server.ts'
import type { ChainMove, LifeMove, Scenario, Step, Trigger } from './scenario.ts'
import { type End, type Life, type LifeOptions, startLife } from './subject.ts'

const POLL_MS = 30
const HANG_MS = 150
const CHAIN_ID = 424_242
/** What the rows call the chain. */
export const CHAIN = `eip155:${CHAIN_ID}`
const WAIT_STEP_MS = 4

/** What a point of a step throws when the process "dies" there. */
class Crash extends Error {
  override readonly name = 'Crash'
}

type Hook = Trigger & { seen: number; and: ChainMove | LifeMove }

/** Everything of one seed: the chain, its nodes, the lives of the indexer. */
export type World = Awaited<ReturnType<typeof createWorld>>

/** Builds the world of a scenario on an empty database; no indexer runs yet. */
export async function createWorld(scenario: Scenario, database: SimDatabase) {
  const chain = chainOf(scenario)
  chain.extend(scenario.startBlocks + scenario.deployBlock)
  const hooks: Hook[] = []
  const lives = new Set<Life>()
  const ends: End[] = []
  const struck = new Set<string>()
  let highest = chain.head().number

  const promised = (): number => lowestFork(scenario, chain, highest)
  const applyChain = (move: ChainMove): void => {
    applyMove(chain, move, promised())
    highest = Math.max(highest, chain.head().number)
  }
  const strike = (at: Trigger['at'], life: Life | null): void => {
    for (const hook of hooks.filter((one) => one.at === at)) {
      hook.seen += 1
      if (hook.seen !== hook.nth) continue
      struck.add(`${at} ${hook.and.do}`)
      if (hook.and.do !== 'crash') {
        if (hook.and.do === 'disconnect') (life ?? [...lives][0])?.disconnect()
        else if (hook.and.do !== 'start' && hook.and.do !== 'stop') applyChain(hook.and)
        continue
      }
      crash(life ?? [...lives][0], hook.and.restart)
      if (life !== null) throw new Crash()
    }
  }
  const servers: RpcServer[] = []
  for (const [k, { plan, abilities }] of scenario.servers.entries()) {
    const random = createRandom(`server ${scenario.seed} ${k}`)
    const onCall = (method: string): void => strike(`rpc:${method}`, null)
    servers.push(await startRpcServer({ ...{ chain, promised, random, plan, abilities, onCall }, hangMs: HANG_MS }))
  }
  const lifeOptions = (): Omit<LifeOptions, 'onPoint'> => ({
    databaseUrl: database.indexerUrl,
    chain: {
      ...{ caip2: CHAIN, chainId: CHAIN_ID, quorum: scenario.quorum, finality: scenario.finality, check: scenario.check },
      rpcUrls: servers.map(({ url }) => url),
      wsUrls: scenario.webSocket ? servers.map(({ wsUrl }) => wsUrl) : [],
      contracts: { ...chain.contracts, deployBlock: scenario.deployBlock },
      ...{ pollMs: POLL_MS, maxRange: scenario.maxRange },
    },
  })
  const start = (): Life => {
    const life = startLife({ ...lifeOptions(), onPoint: strike })
    lives.add(life)
    life.ended.then((end) => {
      if (lives.delete(life)) ends.push(end)
    })
    return life
  }
  const crash = (life: Life | undefined, restart: boolean): void => {
    if (life === undefined) return
    lives.delete(life)
    dead.add(life.ended)
    life.kill()
    if (restart) start()
  }
  const dead = new Set<Promise<End>>()
  return {
    ...{ chain, servers, lives, ends, start, lifeOptions },
    /** One step of the scenario. Resolves when it is done, not when the indexer has followed. */
    take: async (step: Step): Promise<void> => {
      switch (step.do) {
        case 'start':
          start()
          return
        case 'stop':
          await writerOf(lives)?.stop()
          return
        case 'crash':
          crash(writerOf(lives), step.restart)
          return
        case 'disconnect':
          writerOf(lives)?.disconnect()
          return
        case 'terminate':
          await database.terminate()
          return
        case 'arm':
          await database.arm(step.fault)
          return
        case 'advance':
          await advance(lives, chain, step)
          return
        case 'when':
          hooks.push({ ...step.trigger, seen: 0, and: step.and })
          return
        default:
          applyChain(step)
      }
    },
    /** Below this the chain has promised to change nothing. */
    promised,
    /** Faults and interruptions that happened. */
    seen: (): string[] => [...struck, ...servers.flatMap(({ faultsSeen }) => [...faultsSeen.keys()])],
    /** From now on nothing goes wrong any more. */
    calm: async (): Promise<void> => {
      hooks.length = 0
      for (const server of servers) server.heal()
      await database.disarm()
    },
    /** Ends everything that runs. */
    close: async (): Promise<void> => {
      hooks.length = 0
      for (const life of lives) {
        life.kill()
        dead.add(life.ended)
      }
      await Promise.all(servers.map((server) => server.stop()))
      await Promise.all(dead)
    },
  }
}

/** Resolves true as soon as the condition holds, false if it does not within `ms`. */
export async function within(ms: number, condition: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + ms
  while (!(await condition())) {
    if (performance.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS))
  }
  return true
}

function chainOf(scenario: Scenario): Chain {
  const random = createRandom(`chain ${scenario.seed}`)
  return createChain({
    market: {
      ...{ seed: String(scenario.seed), escrow: random.hex(20), reputation: random.hex(20) },
      ...{ load: scenario.load, liveDeals: 30, illegal: scenario.illegal },
    },
    ...{ chainId: CHAIN_ID, deployBlock: scenario.deployBlock, random },
    finalityLag: scenario.finalityLag,
  })
}

/** The lowest block that may stay the last shared one. */
function lowestFork({ finality }: Scenario, chain: Chain, highest: number): number {
  if (finality.kind === 'none') return 0
  return finality.kind === 'depth' ? Math.max(0, highest - finality.blocks) : chain.finalized()
}

function applyMove(chain: Chain, move: ChainMove, lowest: number): void {
  const head = chain.head()
  const deepest = head.number - lowest
  switch (move.do) {
    case 'extend':
      chain.extend(move.blocks)
      return
    case 'finalize':
      chain.finalize()
      return
    case 'reorg':
      chain.reorg(Math.min(move.depth, deepest), move.blocks, move.same)
      return
    case 'windBack': {
      const block = chain.ancestor(head, head.number - Math.min(move.depth, deepest))
      if (block !== null) chain.moveTo(block)
      return
    }
    case 'return': {
      const left = chain.orphans().findLast((one) => chain.forkOf(one, head) >= lowest)
      if (left !== undefined) chain.moveTo(left)
      chain.extend(move.blocks)
    }
  }
}

function writerOf(lives: ReadonlySet<Life>): Life | undefined {
  return [...lives].find((life) => life.snapshot().role === 'writer') ?? [...lives][0]
}

/** Waits until some life has followed the canonical branch so many blocks further, or to its head. */
async function advance(lives: ReadonlySet<Life>, chain: Chain, { blocks, ms }: { blocks: number; ms: number }): Promise<void> {
  const start = Math.max(chain.deployBlock, ...[...lives].map((life) => sharedHeight(life, chain)))
  const isThere = (): boolean => {
    const target = Math.min(start + blocks, chain.head().number)
    return lives.size === 0 || target < chain.deployBlock || [...lives].some((life) => sharedHeight(life, chain) >= target)
  }
  await within(ms, isThere)
}

/** Up to where the life's rows are those of the canonical branch, as far as its last block tells; -1 before the first. */
function sharedHeight(life: Life, chain: Chain): number {
  const { indexed } = life.snapshot()
  const block = indexed && chain.byHash(indexed.hash)
  if (!block) return -1
  return chain.ancestor(chain.head(), block.number) === block ? block.number : -1
}
