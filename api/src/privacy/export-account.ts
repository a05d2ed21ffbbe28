import { createReadStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { Prisma } from '@fairhold/db/client'
import { ZipFile } from 'yazl'
import type { Context } from '../context.ts'
import { openShipping } from '../deals/shipping.ts'
import type { Account } from '../http/auth.ts'
import { DamagedValue } from '../keys/sealed.ts'
import { fileOf } from '../listings/photos.ts'
import { chainHoldings, holdings } from './holdings/all.ts'
import type { Holding } from './holdings/holding.ts'
import { readme } from './readme.ts'

const PAGE = 500

type Source = Pick<Holding, 'table' | 'whose' | 'key' | 'without'> & { schema: 'app' | 'chain' }
type Row = Record<string, unknown>

/**
 * Everything held on an account, as a ZIP that is made while it is sent: of however much, only a page of rows is in memory. A
 * failure half-way breaks the stream off, so that nobody takes a part for the whole.
 */
export async function exportAccount(context: Context, account: Account, now: Date): Promise<Readable> {
  const { db, env } = context
  const photos = await db.media.findMany({ where: { owner: { in: [...account.wallets] } }, select: { sha256: true } })
  const zip = new ZipFile()
  const output = new Readable().wrap(zip.outputStream)
  const fail = (error: Error) => void output.destroy(error)
  zip.on('error', fail)
  const add = (path: string, open: () => Readable) =>
    zip.addReadStreamLazy(path, { mtime: now }, (done) => done(null, open().once('error', fail)))
  add('README.txt', () => Readable.from([readme(account, now)]))
  for (const holding of holdings) add(holding.file, () => jsonOf(rowsOf(context, account, { ...holding, schema: 'app' })))
  for (const holding of chainHoldings) add(holding.file, () => jsonOf(rowsOf(context, account, { ...holding, schema: 'chain' })))
  for (const { sha256 } of photos) {
    const file = fileOf(env.dataDir, sha256, 1600)
    if (existsSync(file)) add(`photos/${sha256}.webp`, () => createReadStream(file))
  }
  zip.end()
  return output
}

async function* rowsOf(context: Context, { id }: Account, source: Source): AsyncGenerator<Row> {
  const { schema, table, whose, without = [] } = source
  const [name, key] = [Prisma.raw(`${schema}."${table}"`), Prisma.raw(source.key)] // of holdings.ts, never of a request
  for (let last = ''; ; ) {
    // Amounts have more digits than a number of JSON keeps.
    const rows = await context.db.$queryRaw<{ key: string; row: Row }[]>(Prisma.sql`
      SELECT ${key} AS key, (
        SELECT jsonb_object_agg(c.key, CASE WHEN jsonb_typeof(c.value) = 'number' AND length(c.value::text) > 15
          THEN to_jsonb(c.value::text) ELSE c.value END)
        FROM jsonb_each(to_jsonb(t) - ${[...without]}::text[]) c) AS row
      FROM ${name} t WHERE (${whose(id)}) AND ${key} > ${last} ORDER BY ${key} LIMIT ${PAGE}`)
    for (const { row } of rows) yield table === 'shipping' ? await inTheClear(context, row) : row
    if (rows.length < PAGE) return
    last = rows.at(-1)?.key ?? ''
  }
}

/** What we keep encrypted is handed out as it was written. One row that is damaged does not keep the rest from its owner. */
async function inTheClear(context: Context, { deal_id, updated_at }: Row): Promise<Row> {
  const shipping = await openShipping(context, String(deal_id)).catch((error: unknown) => {
    if (error instanceof DamagedValue) return { damaged: true }
    throw error
  })
  return { deal_id, ...shipping, updated_at }
}

function jsonOf(rows: AsyncIterable<Row>): Readable {
  return Readable.from(linesOf(rows))
}

async function* linesOf(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let before = '[\n'
  for await (const row of rows) {
    yield before + JSON.stringify(row, null, 2)
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}
