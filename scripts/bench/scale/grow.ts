import type { Client } from 'pg'
import { foldHistory } from '../../../indexer/src/project/history.ts'
import { eventLine, insertEvents, insertRows, type Target } from '../../../indexer/src/store/copy.ts'
import { makePartitions } from '../../../indexer/src/store/events.ts'
import { columnsOf, type TableName } from '../../../indexer/src/store/tables.ts'
import { BLOCK_SECONDS, GENESIS_TIME } from '../workload.ts'
import { CAIP2, inSql, wordOf } from './accounts.ts'
import { ended, LONGEST_LIFE, open, stand, templateEvents } from './templates.ts'

/** A deal every three blocks: 2,400 a day where a block comes every 12 seconds. */
const BLOCKS_PER_DEAL = 3
/** How many deals are under way, however many have ended. */
export const OPEN_DEALS = 1_000
/** Number of the first of them; they stand behind all that ended. */
export const FIRST_OPEN = 1_500_000
const OPEN_HEIGHT = FIRST_OPEN * BLOCKS_PER_DEAL
/** The height at which the tables end. */
export const TIP = OPEN_HEIGHT + OPEN_DEALS * BLOCKS_PER_DEAL + LONGEST_LIFE
/** The chain's time there, in seconds. */
export const NOW = GENESIS_TIME + TIP * BLOCK_SECONDS

const BATCH = 20_000 // deals in one statement
const templates = [...ended, ...open]
const templateChain = 'template'
const templateId = (k: number): string => wordOf('template deal', k)

/** Makes the templates' rows, folded and written as the indexer does, and the deals that are under way. */
export async function plant(client: Client): Promise<void> {
  await client.query('set search_path = chain; set synchronous_commit = off')
  await makePartitions(client, { schema: 'chain', from: 0, to: TIP + 1_000_000 })
  const target: Target = { client, chain: templateChain }
  for (const [k, names] of templates.entries()) {
    const events = templateEvents(templateId(k), names)
    const { deal, reviews, halted } = foldHistory(events)
    if (deal === null || halted !== null) throw new Error(`template ${k} cannot happen: ${halted?.reason}`)
    const lines = events.map((event) => eventLine(templateChain, { ...event, log_index: event.log_index + 10 * k }))
    await insertEvents(target, lines)
    await insertRows(target, 'deal', [deal])
    await insertRows(target, 'review', [...reviews.values()])
  }
  await copyTemplates(client, { from: FIRST_OPEN, to: FIRST_OPEN + OPEN_DEALS, first: ended.length, count: open.length })
}

/** Adds the deals `from` to `to` - 1, which have ended. Indexes are made anew after that: faster than row by row. */
export async function grow(client: Client, from: number, to: number): Promise<void> {
  const definitions = await dropIndexes(client)
  for (let at = from; at < to; at += BATCH) {
    await copyTemplates(client, { from: at, to: Math.min(to, at + BATCH), first: 0, count: ended.length })
  }
  for (const sql of definitions) await client.query(sql)
}

/** Drops the indexes that are no keys; gives the statements that make them again. Templates are found by the keys of deal and review. */
async function dropIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; sql: string }>(`
    select indexrelid::regclass::text as name, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') as sql from pg_index
    where indrelid in ('chain.deal'::regclass, 'chain.event'::regclass, 'chain.review'::regclass) and not indisunique`)
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ sql }) => sql)
}

/** Lets Postgres look at what is there, as autovacuum does in the course of time. The templates stay, as a chain of their own. */
export async function settle(client: Client): Promise<void> {
  await client.query('vacuum (analyze) chain.deal, chain.event, chain.review')
  await client.query('checkpoint')
}

/** Deals `from` to `to` - 1, each a copy of one of `count` templates from `first` on, in turn. */
type Copies = { from: number; to: number; first: number; count: number }

async function copyTemplates(client: Client, copies: Copies): Promise<void> {
  for (const table of ['deal', 'event', 'review'] as const) await client.query(copyStatement(table, copies))
}

function copyStatement(table: TableName, { from, to, first, count }: Copies): string {
  const columns = columnsOf(table)
  const key = table === 'deal' ? 'id' : 'deal_id'
  const numbers = Array.from({ length: count }, (_, k) => `(${k}, '${templateId(first + k)}')`).join(', ')
  return `insert into ${table} (chain, ${columns.join(', ')})
    with copy as materialized (select k, ${inSql.id} as id, ${inSql.seller} as seller, ${inSql.buyer} as buyer, ${inSql.arbiter} as arbiter,
      ${inSql.item} as item, k::bigint * ${BLOCKS_PER_DEAL} as height from generate_series(${from}, ${to - 1}) k)
    select '${CAIP2}', ${columns.map(columnSql).join(', ')}
    from copy join (values ${numbers}) as template (number, id) on template.number = copy.k % ${count}
    join ${table} t on t.chain = '${templateChain}' and t.${key} = template.id`
}

/** What a copy has in a column, from the template's row `t` and the copy's own values. */
function columnSql(column: string): string {
  switch (column) {
    case 'id':
    case 'deal_id':
      return 'copy.id'
    case 'terms':
      return renewed('t.terms::text', '::jsonb')
    case 'args':
      return `${renewed('t.args::text', '::jsonb')} || case when t.args ? 'deadline'
        then jsonb_build_object('deadline', (t.args ->> 'deadline')::bigint + copy.height * ${BLOCK_SECONDS}) else '{}' end`
    case 'block_hash':
      return `'0x' || encode(sha256(('block ' || t.block_number + copy.height)::bytea), 'hex')`
    case 'tx_hash':
      return `'0x' || encode(sha256(('transaction ' || k || ' ' || t.log_index % 10)::bytea), 'hex')`
    case 'log_index':
      return 't.log_index % 10' // a deal's events have different ones, and no other deal has the same one in the same block
    case 'block_number':
    case 'opened_block':
    case 'updated_block':
      return `t.${column} + copy.height`
    case 'deadline':
    case 'timestamp':
      return `t.${column} + copy.height * ${BLOCK_SECONDS}`
    case 'seller':
    case 'buyer':
    case 'arbiter':
    case 'author':
    case 'subject':
    case 'disputed_by':
    case 'item_hash':
    case 'salt':
      return renewed(`t.${column}`)
    default:
      return column.endsWith('_at') ? `t.${column} + copy.height * ${BLOCK_SECONDS}` : `t.${column}`
  }
}

function renewed(text: string, cast = ''): string {
  const own = (['seller', 'buyer', 'arbiter', 'item'] as const).map((name) => [`'${stand[name]}'`, `copy.${name}`])
  const pairs = [...own, [`'${stand.salt}'`, 'k::text'], ['template.id', 'copy.id']]
  return pairs.reduce((sql, [from, to]) => `replace(${sql}, ${from}, ${to})`, text) + cast
}
