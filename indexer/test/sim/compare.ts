import type { ClientBase } from 'pg'
import type { Expected } from './replay.ts'

const SHOWN = 4

/** Every difference between the tables and what they must hold, as lines for a person; none if all is well. */
export async function differences(client: ClientBase, expected: Expected): Promise<string[]> {
  const tables = Object.keys(expected.rows)
  // Both sides as text made by Postgres, so that numbers of any length compare by their digits.
  const sql = tables
    .map((table, at) => {
      const should = `select to_jsonb(t)::text as row from json_populate_recordset(null::chain.${table}, $1::json -> ${at}) t`
      const is = `select to_jsonb(t)::text as row from chain.${table} t`
      return `select '${table}' as table, 'missing' as side, row from (${should} except all ${is}) a
        union all select '${table}', 'too much', row from (${is} except all ${should}) b`
    })
    .join(' union all ')
  const parameter = JSON.stringify(Object.values(expected.rows), (_, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
  const { rows } = await client.query<{ table: string; side: string; row: string }>(sql, [parameter])
  const lines = rows.slice(0, SHOWN).map(({ table, side, row }) => `${table}: ${side} ${row}`)
  return rows.length > SHOWN ? [...lines, `and ${rows.length - SHOWN} more rows`] : lines
}

/** A row of the outbox as the simulator compares it. `id` is what the event is known by: block and log index. */
export type OutboxRow = {
  id: string | null
  kind: string
  dealId: string | null
  retracted: boolean
  block: number
  says: string
}

/**
 * What a consumer that adds and takes away by the outbox has in the end, against the canonical events; and each step on the way:
 * nothing may be added twice, and only what is there taken away.
 */
export function outboxDifferences(rows: readonly OutboxRow[], expected: readonly OutboxRow[]): string[] {
  const held = new Map<string, OutboxRow>()
  const found: string[] = []
  for (const row of rows) {
    if (row.id === null) continue
    if (row.retracted !== held.has(row.id)) found.push(`outbox: ${row.retracted ? 'retracts' : 'repeats'} ${row.kind} ${row.id}`)
    if (row.retracted) held.delete(row.id)
    else held.set(row.id, row)
  }
  const text = ({ id, kind, dealId, block, says }: OutboxRow): string => `${id} ${kind} ${dealId} ${block} ${says}`
  const is = [...held.values()].map(text)
  const should = expected.map(text)
  const at = should.findIndex((line, k) => line !== is[k])
  if (at >= 0 || is.length !== should.length) {
    const where = at < 0 ? should.length : at
    found.push(`outbox: event ${where} of ${should.length} is ${is[where]}, should be ${should[where]}; it has ${is.length}`)
  }
  return found.length > SHOWN ? [...found.slice(0, SHOWN), `outbox: and ${found.length - SHOWN} more`] : found
}
