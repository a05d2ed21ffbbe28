/**
 * `npm run bench:audit`: what the audit log costs a deed, written as it is (unlocked, sealed afterwards by one) and as a chain that
 * every writer extends under a lock; and how fast a log is sealed and verified. On a durable Postgres of its own.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { roleUrls } from '@fairhold/db/roles'
import { FIRST_PREV, rowHash, sealHash } from '../../api/src/audit/entry.ts'
import { audit, signEntry } from '../../api/src/audit/record.ts'
import { sealEntries } from '../../api/src/audit/sealer.ts'
import { verifyLog } from '../../api/src/audit/verify.ts'
import { type Context, createContext } from '../../api/src/context.ts'
import { readEnv } from '../../api/src/env.ts'
import { type BenchDatabase, startServer } from './database.ts'

const WRITERS = 20
const DEEDS = 400
const ROUNDS = 6
const PASSWORD = 'bench'
const KEY = `0x${'a1'.repeat(32)}`
const event = {
  kind: 'identity.signed-in',
  actor: randomUUID(),
  details: { chain: 'eip155:31337', session: randomUUID() },
} as const

type Variant = (context: Context) => Promise<unknown>

/** A row of its own in one transaction, as opening a session is. */
const deed = ({ db }: Context) =>
  db.loginNonce.create({
    data: { nonceHash: randomUUID(), browserHash: 'b', requestId: 'r', purpose: 'sign-in', expiresAt: new Date() },
  })

/** What goes with it, as opening a session ends the oldest of too many. */
const other = ({ db }: Context) => db.$executeRaw`UPDATE app.session SET revoked_at = now() WHERE token_hash = 'none'`

const variants: Record<string, Variant> = {
  'no log': (context) => context.db.$transaction([deed(context), other(context)]),
  'unlocked, sealed afterwards': (context) => context.db.$transaction([deed(context), other(context), audit(context, event)]),
  'chained under a lock': chainUnderLock,
}

/** What every deed would do if it had to extend the chain itself. */
function chainUnderLock(context: Context): Promise<unknown> {
  const { auditor } = context
  return context.db.$transaction(
    async (tx) => {
      await deed({ ...context, db: tx as Context['db'] })
      await other({ ...context, db: tx as Context['db'] })
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(1)`
      const [head] = await tx.$queryRaw<{ seq: bigint; hash: string }[]>`
        SELECT seq, hash FROM app.audit_seal WHERE log = ${auditor.log} ORDER BY seq DESC LIMIT 1`
      const key = auditor.key()
      const entry = signEntry(auditor, key, event)
      const place = { seq: Number(head?.seq ?? 0) + 1, prev: head?.hash ?? FIRST_PREV, sealedAt: new Date() }
      const entryHash = rowHash(auditor.logId, entry)
      const hash = sealHash(auditor.logId, { ...place, entryHash })
      const { id, at, kind, actor, details, signature } = entry
      await tx.auditEntry.create({
        data: { id, log: auditor.log, at, kind, actor, details, key: key.publicKey, signature },
        select: { id: true },
      })
      const seal = { ...place, log: auditor.log, entryId: id, entryHash, hash, key: key.publicKey, signature: key.sign(hash) }
      await tx.auditSeal.create({ data: seal, select: { seq: true } })
    },
    { maxWait: 60_000, timeout: 60_000 },
  )
}

async function withContext<T>(database: BenchDatabase, log: string, work: (context: Context) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fairhold-bench-audit-'))
  const { api } = roleUrls(database.adminUrl, PASSWORD)
  const context = createContext(
    readEnv({ API_DATABASE_URL: api, DATA_DIR: dataDir, AUDIT_KEY: KEY, AUDIT_LOG: log, LOG_LEVEL: 'silent' }),
  )
  try {
    return await work(context)
  } finally {
    await context.db.$disconnect()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Times of one round of deeds, in ms, and how long it took. */
async function playRound(context: Context, variant: Variant): Promise<{ times: number[]; seconds: number }> {
  const times: number[] = []
  let left = DEEDS
  const began = performance.now()
  const writer = async (): Promise<void> => {
    while (left-- > 0) {
      const start = performance.now()
      await variant(context)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  return { times, seconds: (performance.now() - began) / 1000 }
}

/** The ways one after the other, again and again: whatever else the machine does meets all of them. Sealing is another process' work. */
async function compareWays(database: BenchDatabase): Promise<void> {
  const all = new Map(Object.keys(variants).map((name) => [name, { times: [] as number[], seconds: 0 }]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, variant] of Object.entries(variants)) {
      await withContext(database, `bench-${Object.keys(variants).indexOf(name)}`, async (context) => {
        await playRound(context, variant) // the first finds no connections
        const { times, seconds } = await playRound(context, variant)
        const sum = all.get(name)
        sum?.times.push(...times)
        if (sum) sum.seconds += seconds
        if (name.startsWith('unlocked')) await sealEntries(context, { now: new Date(), everything: true })
      })
    }
  }
  for (const [name, { times, seconds }] of all) {
    times.sort((a, b) => a - b)
    const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(1).padStart(6)
    console.log(`${name.padEnd(30)} p50 ${at(0.5)}  p95 ${at(0.95)}  ${Math.round(times.length / seconds)}/s`)
  }
}

const server = await startServer()
try {
  const database = await server.create('audit')
  await database.migrated()
  console.log(`${WRITERS} writers, ${ROUNDS} rounds of ${DEEDS} deeds each way, in ms`)
  await compareWays(database)
  await withContext(database, 'large', async (context) => {
    const { db, auditor } = context
    for (let batch = 0; batch < 40; batch++) await db.$transaction(Array.from({ length: 500 }, () => audit(context, event)))
    let began = performance.now()
    const sealed = await sealEntries(context, { now: new Date(), everything: true })
    console.log(`sealing: ${Math.round(sealed / ((performance.now() - began) / 1000))} entries/s`)
    began = performance.now()
    const options = {
      db,
      log: auditor.log,
      logId: auditor.logId,
      publicKey: null,
      anchors: null,
      now: new Date(),
      patienceMs: 1e9,
    }
    const { ok, size } = await verifyLog(options)
    console.log(
      `verifying: ${Math.round(size / ((performance.now() - began) / 1000))} entries/s (${size} entries, ${ok ? 'whole' : 'NOT WHOLE'})`,
    )
    began = performance.now()
    for (let pass = 0; pass < 20; pass++) await sealEntries(context, { now: new Date(), everything: true })
    console.log(`looking through all of ${size} sealed entries: ${((performance.now() - began) / 20).toFixed(1)} ms`)
  })
} finally {
  await server.stop()
}
