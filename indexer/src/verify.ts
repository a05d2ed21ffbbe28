import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { type ChainConfig, type Env, parseEnv } from './env.ts'
import { describeError } from './errors.ts'
import { byDeal } from './project/history.ts'
import { createBlockReader } from './source/blocks.ts'
import { createNodes } from './source/nodes.ts'
import { createRpc, type Rpc } from './source/rpc.ts'
import { readCheckpoint } from './store/checkpoint.ts'
import type { Target } from './store/copy.ts'
import { compareDigests, compareOutside, compareWithChain, type Span } from './verify/chain.ts'
import { createTallies, linesOf, type Tallies } from './verify/compare.ts'
import { compareEventsOfDeal } from './verify/deal.ts'
import { compareAllDeals, compareDeals, createSums } from './verify/folds.ts'

/** What to look at: everything, a span of heights, one deal; `quick` trusts the digests and asks the chain for few headers only. */
export type Scope = { chain?: string; from?: number; to?: number; deal?: string; quick?: boolean }

type Print = (line: string) => void

/** The command: checks what its words and the environment name, prints, and returns the exit code. */
export async function main(words: string[]): Promise<0 | 1> {
  try {
    return await verify(parseEnv(process.env), scopeFrom(words), console.log)
  } catch (error) {
    console.error(describeError(error))
    return 1
  }
}

/** Reads the words of the command line. @throws Error saying what is wrong with them. */
export function scopeFrom(words: string[]): Scope {
  const text = { type: 'string' } as const
  const options = { chain: text, from: text, to: text, deal: text, quick: { type: 'boolean' } } as const
  const { from, to, ...others } = parseArgs({ args: words, options }).values
  const height = (name: string, value: string | undefined) => {
    if (value === undefined) return {}
    if (!/^\d{1,15}$/.test(value)) throw new Error(`--${name} is a height of the chain, such as 1200; it was ${value}`)
    return { [name]: Number(value) }
  }
  if (others.deal !== undefined && !/^0x[0-9a-f]{64}$/i.test(others.deal)) {
    throw new Error(`--deal is the id of a deal, 0x and 64 hex digits; it was ${others.deal}`)
  }
  return { ...others, ...height('from', from), ...height('to', to) }
}

/**
 * Derives rows anew from the chain, up to the checkpoint, and compares them with the tables, which are read as of one moment.
 * Prints one line a table with the first differences, and the digest that stands for everything up to the checkpoint. Returns
 * the exit code: 0 if all is well, else 1. A deal that is halted is not well, nor are tables that were stopped.
 */
export async function verify(env: Env, scope: Scope, print: Print): Promise<0 | 1> {
  const chains = env.chains.filter(({ caip2 }) => scope.chain === undefined || caip2 === scope.chain)
  if (chains.length === 0) throw new Error(`no such chain; there are ${env.chains.map(({ caip2 }) => caip2).join(', ')}`)
  const client = new pg.Client({ connectionString: env.databaseUrl, options: '-c search_path=chain' })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only') // an indexer may be writing meanwhile
    let isWell = true
    for (const chain of chains) {
      const same = await verifyChain({ client, chain: chain.caip2 }, chain, scope, print)
      isWell &&= same
    }
    return isWell ? 0 : 1
  } finally {
    await client.end()
  }
}

async function verifyChain(target: Target, chain: ChainConfig, scope: Scope, print: Print): Promise<boolean> {
  const { tip, digest, stopped } = await readCheckpoint(target)
  if (tip === null) return verifyNothing(target, print)
  print(`${target.chain} up to block ${tip.number} ${tip.hash}`)
  const rpc = connect(chain)
  const last = await rpc.header(tip.number)
  if (last?.hash !== tip.hash) {
    print(`the chain has ${last?.hash ?? 'no block'} there: the tables are on another branch`)
    return false
  }
  const tallies = createTallies()
  const span = { from: Math.max(scope.from ?? 0, chain.contracts.deployBlock), to: Math.min(scope.to ?? tip.number, tip.number) }
  await compareAll({ rpc, chain, target, tallies, span, tip: tip.number, scope })
  const found = tallies.all()
  for (const line of found.flatMap(linesOf)) print(line)
  const halted = await reportHalted(target, scope, print)
  if (stopped !== null) print(`stopped: ${stopped}`)
  print(`digest ${digest}`)
  return stopped === null && halted === 0 && found.every(({ differences }) => differences === 0)
}

/** Where nothing is indexed, no row may be there. */
async function verifyNothing(target: Target, print: Print): Promise<boolean> {
  print(`${target.chain}: nothing is indexed`)
  const tallies = createTallies()
  await compareOutside({ target, tallies, span: { from: 0, to: -1 } })
  await compareAllDeals(target, tallies)
  await createSums(target, tallies).compare()
  const strays = tallies.all().filter(({ differences }) => differences > 0)
  for (const line of strays.flatMap(linesOf)) print(line)
  return strays.length === 0
}

type Everything = { rpc: Rpc; chain: ChainConfig; target: Target; tallies: Tallies; span: Span; tip: number; scope: Scope }

async function compareAll({ rpc, chain, target, tallies, span, tip, scope }: Everything): Promise<void> {
  const dealId = scope.deal?.toLowerCase()
  const whole = { from: chain.contracts.deployBlock, to: tip }
  if (dealId !== undefined) {
    await compareEventsOfDeal({ rpc, chain, target, tallies, span: whole, dealId })
    return compareDeals(target, tallies, [dealId])
  }
  const isPart = scope.from !== undefined || scope.to !== undefined
  const sums = createSums(target, tallies)
  const touched = new Set<string>()
  const onEvents: Parameters<typeof compareDigests>[0]['onEvents'] = (events) => {
    if (isPart) for (const id of byDeal(events).keys()) touched.add(id)
    else sums.add(events)
  }
  if (scope.quick) await compareDigests({ rpc, target, span, tallies, onEvents })
  else await compareWithChain({ read: readerOf(rpc, chain), target, span, tallies, onEvents })
  if (isPart) return compareDeals(target, tallies, [...touched])
  await compareOutside({ target, span, tallies })
  await compareAllDeals(target, tallies)
  await sums.compare()
}

function connect({ rpcUrls, chainId, quorum }: ChainConfig): Rpc {
  return createNodes({ urls: rpcUrls, chainId, quorum, connect: (url) => createRpc(url), now: () => performance.now(), sleep })
}

function readerOf(rpc: Rpc, { contracts }: ChainConfig) {
  return createBlockReader({ rpc, contracts, check: 'receipts', onWithheld: () => {}, onUnknown: () => {} })
}

async function reportHalted({ client, chain }: Target, { deal }: Scope, print: Print): Promise<number> {
  const sql = 'select deal_id, reason from halt where chain = $1 and ($2::text is null or deal_id = $2) order by 1'
  const { rows } = await client.query<{ deal_id: string; reason: string }>(sql, [chain, deal?.toLowerCase() ?? null])
  for (const { deal_id, reason } of rows) print(`halted deal ${deal_id}: ${reason}`)
  return rows.length
}
