import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { auditAnchorAbi } from '@fairhold/protocol/abi/audit-anchor'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { DEV_CHAIN_ID, relayer } from '@fairhold/protocol/dev-accounts'
import fc from 'fast-check'
import type pg from 'pg'
import { encodeFunctionData } from 'viem'
import { connectAs, deployAnchor, recordMany, seal, someSeed, verify, withLog } from '../../test/support/audit-log.ts'
import { cutOff, rewriteFrom } from '../../test/support/audit-thief.ts'
import type { TestChain } from '../../test/support/chain.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import type { Context } from '../context.ts'
import type { AuditReport } from './verify.ts'

/** Runs of the property: each makes a log, anchors parts of it, does one thing to it and asks what was done. */
const RUNS = 80

let market: Market & { chain: TestChain }
let owner: pg.Client
before(async () => {
  market = await startMarketOnChain()
  await deployAnchor(market.chain)
  owner = await connectAs(market.ownerUrl)
})
after(async () => {
  await owner?.end()
  await market?.stop()
})

interface Log {
  context: Context
  size: number
  seeds: string[]
  /** Numbers of the entries that change the key. */
  changes: number[]
  anchored: number[]
}

/** How often each outcome came, so that a property that tests nothing is noticed. */
const seen = new Map<string, number>()
let logs = 0

/** Batches of entries; after each its head is anchored or not, and before it the key is changed or not. */
const plans = fc.array(fc.record({ entries: fc.integer({ min: 1, max: 6 }), anchored: fc.boolean(), newKey: fc.boolean() }), {
  minLength: 1,
  maxLength: 4,
})
type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never

async function build(plan: Plan): Promise<Log> {
  const log = `random-${++logs}`
  const seeds = [someSeed()]
  const made: Log = { context: withLog(market.context, { log, key: seeds[0] ?? '' }), size: 0, seeds, changes: [], anchored: [] }
  for (const { entries, anchored, newKey } of plan) {
    if (newKey && made.size > 0) {
      const [key, previousKey] = [someSeed(), seeds.at(-1) ?? '']
      seeds.push(key)
      made.changes.push(made.size + 1)
      made.context = withLog(market.context, { log, key, previousKey })
    }
    await recordMany(made.context, entries)
    made.size += await seal(made.context)
    if (anchored) await anchor(made)
  }
  return made
}

async function anchor({ context, size, anchored }: Log): Promise<void> {
  const { log, logId } = context.auditor
  const { hash } = await context.db.auditSeal.findUniqueOrThrow({ where: { log_seq: { log, seq: size } } })
  const args = [`0x${logId}`, BigInt(size), `0x${hash}`] as const
  const data = encodeFunctionData({ abi: auditAnchorAbi, functionName: 'anchor', args })
  await market.chain.send(relayer, { to: deploymentOf(DEV_CHAIN_ID).auditAnchor ?? '0x', data })
  anchored.push(size)
}

const run = ({ context }: Log, sql: string) => owner.query(sql.replaceAll('$log', `'${context.auditor.log}'`))
const rowOf = (seq: number): string => `id = (SELECT entry_id FROM app.audit_seal WHERE log = $log AND seq = ${seq})`

/** Moves seals to other numbers, all at once: pairs of a number and the one it gets. */
async function renumber(log: Log, places: ReadonlyMap<number, number>): Promise<void> {
  const far = 1_000_000
  await run(log, `UPDATE app.audit_seal SET seq = seq + ${far} WHERE log = $log AND seq IN (${[...places.keys()]})`)
  const cases = [...places].map(([from, to]) => `WHEN ${from + far} THEN ${to}`).join(' ')
  await run(log, `UPDATE app.audit_seal SET seq = CASE seq ${cases} END WHERE log = $log AND seq > ${far}`)
}

const expectFirst = (what: string, seq: number) => (report: AuditReport) => {
  assert.equal(report.ok, false, `${what} ${seq} was not noticed`)
  assert.deepEqual([report.findings[0]?.what, report.findings[0]?.seq], [what, seq])
}

type Deed = (log: Log, at: number, other: number) => Promise<(report: AuditReport) => void>

/** One way to tamper each: does it, and answers with what has to be found. `at` and `other` are numbers of entries. */
const deeds: Record<string, Deed> = {
  alterEntry: async (log, at, other) => {
    const column = ['actor', 'kind', 'signature', 'key'][other % 4]
    await run(log, `UPDATE app.audit_entry SET ${column} = 'x' || ${column} WHERE ${rowOf(at)}`)
    return expectFirst('altered', at)
  },
  alterSeal: async (log, at, other) => {
    const column = ['prev', 'entry_hash', 'hash', 'signature', 'key'][other % 5]
    await run(log, `UPDATE app.audit_seal SET ${column} = reverse(${column}) || 'x' WHERE log = $log AND seq = ${at}`)
    return expectFirst('altered', at)
  },
  takeOutEntry: async (log, at) => {
    await run(log, `DELETE FROM app.audit_entry WHERE ${rowOf(at)}`)
    return expectFirst('missing', at)
  },
  takeOutBoth: async (log, at) => {
    if (at === log.size) return deeds.cutOff?.(log, at, at) ?? assert.fail()
    await run(log, `DELETE FROM app.audit_entry WHERE ${rowOf(at)}`)
    await run(log, `DELETE FROM app.audit_seal WHERE log = $log AND seq = ${at}`)
    return expectFirst('missing', at)
  },
  takeOutAndMoveUp: async (log, at) => {
    if (at === log.size) return deeds.cutOff?.(log, at, at) ?? assert.fail()
    await run(log, `DELETE FROM app.audit_entry WHERE ${rowOf(at)}`)
    await run(log, `DELETE FROM app.audit_seal WHERE log = $log AND seq = ${at}`)
    await renumber(log, new Map(range(at + 1, log.size).map((seq) => [seq, seq - 1])))
    return expectFirst('missing', at)
  },
  swap: async (log, at, other) => {
    if (at === other) return deeds.alterEntry?.(log, at, other) ?? assert.fail()
    await renumber(
      log,
      new Map([
        [at, other],
        [other, at],
      ]),
    )
    return expectFirst('reordered', Math.min(at, other))
  },
  move: async (log, at, other) => {
    if (at === other) return deeds.alterSeal?.(log, at, other) ?? assert.fail()
    const between =
      at < other ? range(at + 1, other).map((seq) => [seq, seq - 1]) : range(other, at - 1).map((seq) => [seq, seq + 1])
    await renumber(log, new Map([[at, other], ...(between as [number, number][])]))
    return expectFirst('reordered', Math.min(at, other))
  },
  putIn: async (log, at) => {
    const id = '00000000-0000-7000-8000-000000000000'
    await run(log, `DELETE FROM app.audit_entry WHERE id = '${id}'`)
    await run(log, `DELETE FROM app.audit_seal WHERE entry_id = '${id}'`)
    await renumber(log, new Map(range(at, log.size).map((seq) => [seq, seq + 1])))
    await run(
      log,
      `INSERT INTO app.audit_entry SELECT '${id}', log, at, 'role.granted', 'mallory', NULL, '{}', key, signature FROM app.audit_entry WHERE log = $log LIMIT 1`,
    )
    await run(
      log,
      `INSERT INTO app.audit_seal SELECT log, ${at}, '${id}', prev, entry_hash, sealed_at, hash, key, signature FROM app.audit_seal WHERE log = $log AND seq = ${at + 1}`,
    )
    return expectFirst('inserted', at)
  },
  addUnsealed: async (log) => {
    await run(
      log,
      `INSERT INTO app.audit_entry SELECT gen_random_uuid(), log, now(), 'role.granted', 'mallory', NULL, '{}', key, signature FROM app.audit_entry WHERE log = $log LIMIT 1`,
    )
    await seal(log.context)
    return ({ findings }) =>
      assert.deepEqual(
        findings.map(({ what, seq }) => [what, seq]),
        [['inserted', null]],
      )
  },
  cutOff: async (log, at) => {
    await cutOff(owner, log.context, at - 1)
    if (log.anchored.some((size) => size >= at)) return expectFirst('truncated', at)
    if (log.changes.some((size) => size >= at))
      return ({ findings }) =>
        assert.deepEqual(
          findings.map(({ what }) => what),
          ['strange-key'],
        )
    return ({ ok, size }) => assert.deepEqual([ok, size], [true, at - 1], 'nothing says that there was more')
  },
  rewriteWithTheKeys: async (log, at) => {
    // Entries about keys say what the chain itself depends on: changing the subject of one is a change like any other.
    await rewriteFrom(owner, log.context, at, log.seeds)
    const to = log.anchored.find((size) => size >= at)
    if (to === undefined) return ({ ok }) => assert.equal(ok, true, 'no anchor can tell')
    const from = (log.anchored.findLast((size) => size < at) ?? 0) + 1
    return ({ findings: [first] }) => assert.deepEqual([first?.what, first?.seq, first?.to], ['rewritten', from, to])
  },
  leaveAlone:
    async (log) =>
    ({ ok, size, checks }) =>
      assert.deepEqual([ok, size], [true, log.size], JSON.stringify(checks)),
}

test('whatever is done to a log is noticed, and the entry that is named is the right one', { timeout: 240_000 }, async () => {
  const tampering = fc.record({ deed: fc.constantFrom(...Object.keys(deeds)), at: fc.nat(), other: fc.nat() })
  const property = fc.asyncProperty(plans, tampering, async (plan, { deed, at, other }) => {
    const log = await build(plan)
    const place = (number: number): number => (number % log.size) + 1
    const expectations = await deeds[deed]?.(log, place(at), place(other))
    const report = await verify(log.context, { onChain: true })
    try {
      expectations?.(report)
    } catch (error) {
      throw new Error(
        `${deed} at ${place(at)}, ${place(other)} of ${log.size}, anchored ${log.anchored}: ${JSON.stringify(report)}`,
        { cause: error },
      )
    }
    seen.set(deed, (seen.get(deed) ?? 0) + 1)
  })
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true })
  const untried = Object.keys(deeds).filter((deed) => !seen.has(deed))
  assert.ok(untried.length <= 1, `never tried: ${untried}`)
})

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => from + index)
}
