import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type pg from 'pg'
import { connectAs, seal, sealedLog, someEvent, someSeed, verify, withLog } from '../../test/support/audit-log.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import type { Context } from '../context.ts'
import type { Finding } from './diagnose.ts'
import { audit } from './record.ts'

const SIZE = 12

let market: Market
let owner: pg.Client
before(async () => {
  market = await startMarket()
  owner = await connectAs(market.ownerUrl)
})
after(async () => {
  await owner?.end()
  await market?.stop()
})

let logs = 0
let context: Context
beforeEach(async () => {
  context = withLog(market.context, { log: `log-${++logs}`, key: someSeed() })
  await sealedLog(context, SIZE)
})

/** Does something to the log as the database's owner: `$log` and `$key` stand for its name and its key. */
async function tamper(sql: string): Promise<void> {
  const { log, key } = context.auditor
  await owner.query(sql.replaceAll('$log', `'${log}'`).replaceAll('$key', `'${key().publicKey}'`))
}

const entryOf = (seq: number): string => `id = (SELECT entry_id FROM app.audit_seal WHERE log = $log AND seq = ${seq})`
const sealOf = (seq: number): string => `log = $log AND seq = ${seq}`

async function first(): Promise<Pick<Finding, 'what' | 'seq'>> {
  const { ok, findings, checks } = await verify(context)
  const [found] = findings
  assert.ok(found && !ok, `nothing was noticed: ${JSON.stringify(checks)}`)
  return { what: found.what, seq: found.seq }
}

/** Puts a row of the table's owner into the chain, at the end or with all others moved on. */
const forgedEntry = `INSERT INTO app.audit_entry (id, log, at, kind, actor, details, key, signature)
  VALUES ('00000000-0000-7000-8000-0000000000%N', $log, now(), 'role.granted', 'mallory', '{}', $key, repeat('0', 128));`
const forged = (id: number) => forgedEntry.replace('%N', String(id))
const forgedSeal = (
  id: number,
  seq: number,
) => `INSERT INTO app.audit_seal (log, seq, entry_id, prev, entry_hash, sealed_at, hash, key, signature)
  SELECT $log, ${seq}, '00000000-0000-7000-8000-0000000000${id}', hash, repeat('a', 64), now(), repeat('b', 64), $key, repeat('0', 128)
  FROM app.audit_seal WHERE log = $log AND seq = ${seq - 1};`
/** In two steps, as numbers are unique at each moment. */
const shift = (from: number, by: number) => `UPDATE app.audit_seal SET seq = seq + 1000000 WHERE log = $log AND seq >= ${from};
  UPDATE app.audit_seal SET seq = seq - 1000000 + ${by} WHERE log = $log AND seq > 1000000;`
const swapped = (column: string, a: number, b: number) => `
  UPDATE app.audit_seal AS one SET ${column} = other.${column} FROM app.audit_seal AS other
  WHERE one.log = $log AND other.log = $log AND ((one.seq = ${a} AND other.seq = ${b}) OR (one.seq = ${b} AND other.seq = ${a}));`

describe('an entry that was altered is named', () => {
  const columns: [column: string, value: string][] = [
    ['at', `at + interval '1 millisecond'`],
    ['kind', `'role.granted'`],
    ['actor', `'mallory'`],
    ['subject', 'NULL'],
    ['details', `details || '{"fresh": false}'`],
    ['details', `details || '{"more": 1}'`],
    ['details', `'{"number": 0.5}'`],
    ['details', `'[]'`],
    ['key', `repeat('0', 64)`],
    ['signature', `repeat('0', 128)`],
    ['log', `'another'`],
    ['id', 'gen_random_uuid()'],
  ]
  for (const [column, value] of columns) {
    test(`${column} = ${value}`, async () => {
      await tamper(`UPDATE app.audit_entry SET ${column} = ${value} WHERE ${entryOf(7)}`)
      assert.deepEqual(await first(), { what: 'altered', seq: 7 })
    })
  }
})

describe('a seal that was altered is named', () => {
  for (const [column, value] of [
    ['prev', `repeat('0', 64)`],
    ['entry_hash', `repeat('0', 64)`],
    ['sealed_at', `sealed_at - interval '1 millisecond'`],
    ['hash', `repeat('0', 64)`],
    ['key', `repeat('0', 64)`],
    ['signature', `repeat('0', 128)`],
    ['entry_id', 'gen_random_uuid()'],
  ] as const) {
    test(`${column} = ${value}`, async () => {
      await tamper(`UPDATE app.audit_seal SET ${column} = ${value} WHERE ${sealOf(7)}`)
      assert.deepEqual(await first(), { what: 'altered', seq: 7 })
    })
  }

  test('the first of all', async () => {
    await tamper(`UPDATE app.audit_entry SET details = '{"key": "00"}' WHERE ${entryOf(1)}`)
    assert.deepEqual(await first(), { what: 'altered', seq: 1 })
  })
})

describe('an entry that is missing is named', () => {
  const outs: [how: string, sql: string, seq: number][] = [
    ['its row', `DELETE FROM app.audit_entry WHERE ${entryOf(5)}`, 5],
    ['row and seal', `DELETE FROM app.audit_entry WHERE ${entryOf(5)}; DELETE FROM app.audit_seal WHERE ${sealOf(5)}`, 5],
    [
      'row and seal, the others moved up',
      `DELETE FROM app.audit_entry WHERE ${entryOf(5)}; DELETE FROM app.audit_seal WHERE ${sealOf(5)}; ${shift(6, -1)}`,
      5,
    ],
    [
      'three of them, the others moved up',
      `DELETE FROM app.audit_seal WHERE log = $log AND seq BETWEEN 5 AND 7; ${shift(8, -3)}`,
      5,
    ],
    ['the first', `DELETE FROM app.audit_entry WHERE ${entryOf(1)}; DELETE FROM app.audit_seal WHERE ${sealOf(1)}`, 1],
    ['the row of the last', `DELETE FROM app.audit_entry WHERE ${entryOf(SIZE)}`, SIZE],
  ]
  for (const [how, sql, seq] of outs) {
    test(how, async () => {
      await tamper(sql)
      assert.deepEqual(await first(), { what: 'missing', seq })
    })
  }
})

describe('entries in another order are named', () => {
  const orders: [how: string, sql: string, seq: number][] = [
    [
      'two seals swapped',
      `UPDATE app.audit_seal SET seq = 10000 WHERE ${sealOf(4)}; UPDATE app.audit_seal SET seq = 4 WHERE ${sealOf(9)}; UPDATE app.audit_seal SET seq = 9 WHERE log = $log AND seq = 10000`,
      4,
    ],
    [
      'two neighbours swapped',
      `UPDATE app.audit_seal SET seq = 10000 WHERE ${sealOf(4)}; UPDATE app.audit_seal SET seq = 4 WHERE ${sealOf(5)}; UPDATE app.audit_seal SET seq = 5 WHERE log = $log AND seq = 10000`,
      4,
    ],
    [
      'one moved to the end, the others up',
      `UPDATE app.audit_seal SET seq = 10000 WHERE ${sealOf(6)}; ${shift(7, -1).replaceAll('>= 7', 'BETWEEN 7 AND 9999')}; UPDATE app.audit_seal SET seq = ${SIZE} WHERE log = $log AND seq = 9999`,
      6,
    ],
    [
      'the last moved to the front',
      `UPDATE app.audit_seal SET seq = 10000 WHERE ${sealOf(SIZE)}; ${shift(1, 1).replaceAll('>= 1', 'BETWEEN 1 AND 9999')}; UPDATE app.audit_seal SET seq = 1 WHERE log = $log AND seq = 10001`,
      1,
    ],
  ]
  for (const [how, sql, seq] of orders) {
    test(how, async () => {
      await tamper(sql)
      assert.deepEqual(await first(), { what: 'reordered', seq })
    })
  }

  test('two seals that point to each other’s entries', async () => {
    await tamper('ALTER TABLE app.audit_seal DROP CONSTRAINT IF EXISTS audit_seal_entry_id_key')
    await tamper(swapped('entry_id', 4, 9))
    await tamper('ALTER TABLE app.audit_seal ADD CONSTRAINT audit_seal_entry_id_key UNIQUE (entry_id)')
    assert.deepEqual(await first(), { what: 'reordered', seq: 4 })
  })
})

describe('an entry that was put in is named', () => {
  test('before the sealer came', async () => {
    await tamper(forged(11))
    await seal(context)
    const { findings, checks } = await verify(context)
    assert.deepEqual(
      findings.map(({ what, seq, id }) => [what, seq, id]),
      [['inserted', null, '00000000-0000-7000-8000-000000000011']],
    )
    assert.equal(checks.find(({ name }) => name === 'chain')?.ok, true)
  })

  test('with a seal, in the middle, the others moved on', async () => {
    await tamper(`${forged(12)} ${shift(6, 1)} ${forgedSeal(12, 6)}`)
    assert.deepEqual(await first(), { what: 'inserted', seq: 6 })
  })

  test('with a seal, at the end', async () => {
    await tamper(`${forged(13)} ${forgedSeal(13, SIZE + 1)}`)
    assert.deepEqual(await first(), { what: 'inserted', seq: SIZE + 1 })
  })

  test('as a copy of a true one', async () => {
    await tamper(`INSERT INTO app.audit_entry (id, log, at, kind, actor, subject, details, key, signature)
      SELECT '00000000-0000-7000-8000-000000000014', log, at, kind, actor, subject, details, key, signature FROM app.audit_entry WHERE ${entryOf(3)}`)
    await seal(context)
    assert.deepEqual(await first(), { what: 'inserted', seq: null })
  })

  test('as an entry of another log that has the same key', async () => {
    const seed = someSeed()
    const [mine, other] = [
      withLog(context, { log: `${context.auditor.log}-a`, key: seed }),
      withLog(context, { log: `${context.auditor.log}-b`, key: seed }),
    ]
    await sealedLog(mine, 3)
    await audit(other, someEvent(1))
    await owner.query('UPDATE app.audit_entry SET log = $1 WHERE log = $2', [mine.auditor.log, other.auditor.log])
    await seal(mine)
    assert.deepEqual(
      (await verify(mine)).findings.map(({ what }) => what),
      ['inserted'],
    )
  })
})

describe('an entry that waits', () => {
  test('is no fault at first, and one after the time given', async () => {
    await audit(context, someEvent(1))
    assert.equal((await verify(context)).ok, true)
    const { findings } = await verify(context, { now: new Date(Date.now() + 61_000) })
    assert.deepEqual(
      findings.map(({ what, seq }) => [what, seq]),
      [['unsealed', null]],
    )
  })
})

describe('a log without a fault', () => {
  test('is whole, and its first entry names its key', async () => {
    const { ok, size, head, checks } = await verify(context)
    assert.deepEqual([ok, size], [true, SIZE])
    const last = await context.db.auditSeal.findFirst({ where: { log: context.auditor.log }, orderBy: { seq: 'desc' } })
    assert.equal(head, last?.hash)
    assert.deepEqual(
      checks.map(({ name, ok: good }) => [name, good]),
      [
        ['chain', true],
        ['key', true],
        ['sealing', true],
        ['anchors', null],
      ],
    )
  })

  test('but kept with a key that nobody here knows is found out', async () => {
    const { findings } = await verify(context, { publicKey: '00'.repeat(32) })
    assert.deepEqual(
      findings.map(({ what }) => what),
      ['strange-key'],
    )
  })
})
