import pg from 'pg'
import { z } from 'zod'
import { type Env, parseEnv } from './env.ts'
import { projectCredits } from './project/credit.ts'
import { byDeal, foldHistory } from './project/history.ts'
import { projectCounters } from './project/offer.ts'
import { assertLinked, type Block, createBlockReader } from './source/blocks.ts'
import type { BlockRef } from './source/fork.ts'
import { createRpc, type Rpc } from './source/rpc.ts'
import { readCheckpoint } from './store/checkpoint.ts'
import { blockRow } from './store/commit.ts'
import { type Rows, rowsFrom, type TableName, tables, toParameter } from './store/tables.ts'

const SHOWN_DIFFERENCES = 3
const BLOCKS_AT_ONCE = 500

type Difference = { side: 'only in the table' | 'only on the chain'; row: unknown }
type AllRows = { [T in TableName]: Rows[T][] }

if (import.meta.main) process.exitCode = await verify(parseEnv(process.env), console.log)

/**
 * Derives every row anew from the chain, up to the checkpoint, and compares with the tables. Prints one line a table,
 * the first differences, and deals whose events contradict the machine. Returns the exit code: 0 if all is well, else 1.
 */
export async function verify(env: Env, print: (line: string) => void): Promise<0 | 1> {
  const client = new pg.Client({ connectionString: env.databaseUrl })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only') // an indexer may be writing meanwhile
    const { tip } = await readCheckpoint(client, env.chainId)
    const blocks = tip === null ? [] : await readChain(createRpc(env.rpcUrl), tip, env)
    const expected = rowsOf(blocks)
    const halted = haltedIn(blocks)
    const last = expected.block.at(-1)?.hash ?? null
    print(tip === null ? 'nothing is indexed' : `chain ${env.chainId} up to block ${tip.number} ${tip.hash}`)
    if (last !== (tip?.hash ?? null)) print(`the chain has ${last} there: the tables are on another branch`)
    let same = last === (tip?.hash ?? null)
    for (const table of Object.keys(tables) as TableName[]) {
      const found = await compare(client, table, expected[table])
      same &&= found.length === 0
      print(`${table.padEnd(10)} ${String(expected[table].length).padStart(7)} rows  ${verdict(found)}`)
      for (const one of found.slice(0, SHOWN_DIFFERENCES)) print(`  ${one.side}: ${JSON.stringify(one.row)}`)
    }
    for (const { event, reason } of halted) print(`halted deal ${event.deal_id}: ${reason}`)
    return same && halted.length === 0 ? 0 : 1
  } finally {
    await client.end()
  }
}

async function readChain(rpc: Rpc, tip: BlockRef, { contracts }: Env): Promise<Block[]> {
  const read = createBlockReader({ rpc, contracts, onWithheld: () => {}, onUnknown: () => {} })
  const end = Math.min(tip.number, (await rpc.header('latest'))?.number ?? 0)
  const blocks: Block[] = []
  for (let from = contracts.deployBlock; from <= end; from += BLOCKS_AT_ONCE) {
    const headers = await rpc.headers(from, Math.min(end, from + BLOCKS_AT_ONCE - 1))
    assertLinked(headers, blocks.at(-1)?.header.hash ?? null)
    blocks.push(...(await read(headers)))
  }
  return blocks
}

function rowsOf(blocks: readonly Block[]): AllRows {
  const event = blocks.flatMap((block) => block.events)
  const histories = [...byDeal(event).values()].map(foldHistory)
  const credits = projectCredits(event.map((one) => ({ event: one, sign: 1 })))
  return {
    block: blocks.map(blockRow),
    event,
    deal: histories.flatMap(({ deal }) => deal ?? []),
    offer_void: histories.flatMap(({ offerVoid }) => offerVoid ?? []),
    counter: [...projectCounters(event).values()],
    credit: [...credits.values()].filter(({ amount }) => amount !== 0n),
    review: histories.flatMap(({ reviews }) => [...reviews.values()]),
  }
}

function haltedIn(blocks: readonly Block[]) {
  const events = blocks.flatMap((block) => block.events)
  return [...byDeal(events).values()].flatMap((deal) => foldHistory(deal).halted ?? [])
}

async function compare(client: pg.Client, table: TableName, expected: readonly object[]): Promise<Difference[]> {
  const stored = `select ${tables[table].columns.join(', ')} from chain.${table}`
  const derived = rowsFrom(table, '$1')
  const sql = `
    select 'only in the table' as side, to_jsonb(t) as row from (${stored} except ${derived}) t
    union all
    select 'only on the chain' as side, to_jsonb(t) as row from (${derived} except ${stored}) t`
  const { rows } = await client.query(sql, [toParameter(expected)])
  const side = z.enum(['only in the table', 'only on the chain'])
  return z.array(z.object({ side, row: z.unknown() })).parse(rows)
}

function verdict(found: readonly Difference[]): string {
  return found.length === 0 ? 'same' : `${found.length} DIFFERENCES`
}
