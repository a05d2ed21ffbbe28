import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type pg from 'pg'
import { connectAs, recordMany, seal, sealedLog, someEvent, someSeed, verify, withLog } from '../../test/support/audit-log.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import type { Context } from '../context.ts'
import { requireAuditKey } from './check-key.ts'
import { audit } from './record.ts'
import { sealEntries } from './sealer.ts'

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
beforeEach(() => {
  context = withLog(market.context, { log: `log-${++logs}`, key: someSeed() })
})

const kindsOf = async ({ auditor, db }: Context): Promise<string[]> => {
  const seals = await db.auditSeal.findMany({ where: { log: auditor.log }, orderBy: { seq: 'asc' } })
  const entries = await db.auditEntry.findMany({ where: { log: auditor.log } })
  return seals.map(({ entryId }) => entries.find(({ id }) => id === entryId)?.kind ?? 'gone')
}

describe('an entry', () => {
  test('is sealed behind the one that opens the log', async () => {
    await audit(context, { kind: 'identity.signed-in', actor: 'ada' })
    assert.equal(await seal(context), 2)
    assert.deepEqual(await kindsOf(context), ['audit.opened', 'identity.signed-in'])
    assert.equal(await seal(context), 0)
    const { ok, size, checks } = await verify(context)
    assert.deepEqual([ok, size], [true, 2], JSON.stringify(checks))
  })

  test('comes and goes with the transaction of its deed', async () => {
    const failing = context.db.$transaction(async (tx) => {
      await audit(context, someEvent(1), tx)
      throw new Error('the deed failed')
    })
    await assert.rejects(failing, /the deed failed/)
    await context.db.$transaction([audit(context, someEvent(2)), audit(context, someEvent(3))])
    assert.equal(await seal(context), 3)
  })

  test('whose transaction takes long is sealed when it ends, after younger ones', async () => {
    const slow = await connectAs(context.env.databaseUrl)
    try {
      await audit(context, someEvent(1))
      const { rows } = await slow.query('SELECT * FROM app.audit_entry WHERE log = $1', [context.auditor.log])
      await owner.query('DELETE FROM app.audit_entry WHERE log = $1', [context.auditor.log])
      await slow.query('BEGIN')
      const columns = Object.keys(rows[0])
      const places = columns.map((_, index) => `$${index + 1}`)
      await slow.query(`INSERT INTO app.audit_entry (${columns}) VALUES (${places})`, Object.values(rows[0]))
      await audit(context, someEvent(2))
      assert.equal(await sealEntries(context, { now: new Date(), everything: false }), 2, 'the opening and the younger one')
      await slow.query('COMMIT')
      assert.equal(await sealEntries(context, { now: new Date(), everything: false }), 1)
      assert.equal((await verify(context)).ok, true)
    } finally {
      await slow.end()
    }
  })

  test('has its words cut and cleaned, so that it cannot fail the deed', async () => {
    const words = `${'\ud800\0'}${'x'.repeat(5_000)}`
    await audit(context, { kind: 'staff.acted', actor: words, subject: words, details: { words } })
    await seal(context)
    const [, entry] = await context.db.auditEntry
      .findMany({ where: { log: context.auditor.log }, orderBy: { at: 'desc' } })
      .then((all) => [null, all.find(({ kind }) => kind === 'staff.acted')])
    assert.equal(entry?.actor.length, 299)
    assert.equal((await verify(context)).ok, true)
  })

  test('that is far older than the rest is found when everything is looked at', async () => {
    await sealedLog(context, 3)
    await audit(context, someEvent(9))
    const later = new Date(Date.now() + 2 * 3_600_000)
    assert.equal(await sealEntries(context, { now: later, everything: false }), 0)
    assert.equal(await sealEntries(context, { now: later, everything: true }), 1)
  })
})

describe('many at once', () => {
  test('20 writers and three sealers make one chain, with everything in it once', async () => {
    const writers = Array.from({ length: 20 }, () => recordMany(context, 15))
    let writing = true
    const sealing = Array.from({ length: 3 }, async () => {
      while (writing) await seal(context)
    })
    await Promise.all(writers)
    writing = false
    await Promise.all(sealing)
    await seal(context)
    const { ok, size, checks } = await verify(context)
    assert.deepEqual([ok, size], [true, 301], JSON.stringify(checks))
  })

  test('while another process seals there is nothing to do', async () => {
    await recordMany(context, 2)
    const other = await connectAs(context.env.databaseUrl)
    await other.query('BEGIN; SELECT pg_advisory_xact_lock(7233186749)')
    assert.equal(await seal(context), 0)
    await other.query('COMMIT')
    await other.end()
    assert.equal(await seal(context), 3)
  })

  test('more than a batch is sealed at once, forged ones among them left out', async () => {
    await recordMany(context, 3)
    await owner.query(
      `INSERT INTO app.audit_entry (id, log, at, kind, actor, details, key, signature)
       SELECT gen_random_uuid(), $1, now() - interval '1 minute', 'role.granted', 'mallory', '{}', $2, repeat('0', 128) FROM generate_series(1, 1100)`,
      [context.auditor.log, context.auditor.key().publicKey],
    )
    await recordMany(context, 3)
    const forged: string[] = []
    assert.equal(await sealEntries(context, { now: new Date(), everything: true, onForged: (id) => forged.push(id) }), 7)
    assert.equal(new Set(forged).size, 1100)
    const { ok, findings } = await verify(context)
    assert.deepEqual([ok, findings[0]?.what], [false, 'inserted'])
  })
})

describe('the key', () => {
  test('is changed by an entry that the old one signed', async () => {
    const [first, second] = [someSeed(), someSeed()]
    const log = context.auditor.log
    const before = withLog(context, { log, key: first })
    const after = withLog(context, { log, key: second, previousKey: first })
    await sealedLog(before, 4)
    await audit(after, someEvent(5)) // an api that has the new key already
    await audit(before, someEvent(6)) // and one that still has the old one
    assert.equal(await seal(after), 3)
    assert.deepEqual((await kindsOf(after)).toSpliced(0, 4).toSorted(), [
      'audit.key-changed',
      'identity.signed-in',
      'identity.signed-in',
    ])
    await audit(after, someEvent(7))
    assert.equal(await seal(withLog(context, { log, key: second })), 1)
    const { ok, size, checks } = await verify(after)
    assert.deepEqual([ok, size], [true, 8], JSON.stringify(checks))
    assert.equal((await verify(before)).checks.find(({ name }) => name === 'key')?.ok, false, 'it is kept with the new key')
  })

  test('that is not the log’s seals nothing', async () => {
    await sealedLog(context, 3)
    const stranger = withLog(context, { log: context.auditor.log, key: someSeed() })
    await audit(context, someEvent(4))
    await assert.rejects(seal(stranger), /is kept with key/)
    await assert.rejects(
      seal(withLog(context, { log: context.auditor.log, key: someSeed(), previousKey: someSeed() })),
      /is kept with/,
    )
    assert.equal(await seal(context), 1)
  })

  test('has to be the log’s, or the one after it, for a process to write at all', async () => {
    const [first, second] = [someSeed(), someSeed()]
    const log = context.auditor.log
    await requireAuditKey(withLog(context, { log, key: second })) // a log that is not begun can get any
    await sealedLog(withLog(context, { log, key: first }), 2)
    await requireAuditKey(withLog(context, { log, key: first }))
    await assert.rejects(requireAuditKey(withLog(context, { log, key: second })), /is kept with key/)
    await requireAuditKey(withLog(context, { log, key: second, previousKey: first }))
    await seal(withLog(context, { log, key: second, previousKey: first }))
    await requireAuditKey(withLog(context, { log, key: second }))
    await assert.rejects(requireAuditKey(withLog(context, { log, key: first })), /is kept with key/)
  })

  test('that was replaced more than an hour ago signs nothing any more', async () => {
    const [first, second] = [someSeed(), someSeed()]
    const log = context.auditor.log
    const thief = withLog(context, { log, key: first })
    await sealedLog(thief, 3)
    const current = withLog(context, { log, key: second, previousKey: first })
    await seal(current)
    await audit(thief, someEvent(1))
    const now = new Date(Date.now() + 2 * 3_600_000)
    assert.equal(await sealEntries(current, { now, everything: true }), 0)
    const { findings } = await verify(current, { now })
    assert.deepEqual(
      findings.map(({ what }) => what),
      ['inserted'],
    )
  })
})
