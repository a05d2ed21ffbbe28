import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { auditAnchorAbi } from '@fairhold/protocol/abi/audit-anchor'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { DEV_CHAIN_ID, type DevAccount, elif, relayer } from '@fairhold/protocol/dev-accounts'
import type pg from 'pg'
import { pino } from 'pino'
import { type Address, encodeFunctionData, type Hex } from 'viem'
import { connectAs, deployAnchor, recordMany, seal, sealedLog, someSeed, verify, withLog } from '../../test/support/audit-log.ts'
import { cutOff, rewriteFrom } from '../../test/support/audit-thief.ts'
import type { TestChain } from '../../test/support/chain.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import type { Context } from '../context.ts'
import { type ChainWriter, createChainWriter } from '../jobs/chain-writer.ts'
import { createRunner } from '../jobs/loop.ts'
import { anchorJob } from './anchor-job.ts'
import { readAnchors } from './anchors.ts'

const MINUTE = 60_000
const quiet = pino({ level: 'silent' })
const contract = deploymentOf(DEV_CHAIN_ID).auditAnchor as Address

let market: Market & { chain: TestChain }
let writer: ChainWriter
let owner: pg.Client
before(async () => {
  market = await startMarketOnChain()
  await deployAnchor(market.chain)
  owner = await connectAs(market.ownerUrl)
  writer = createChainWriter(market.context, relayer.privateKey)
})
after(async () => {
  await owner?.end()
  await market?.stop()
})

let logs = 0
let seed = ''
let context: Context
beforeEach(() => {
  seed = someSeed()
  context = withLog(market.context, { log: `log-${++logs}`, key: seed })
})

const anchorsOf = ({ auditor, env, chain }: Context) =>
  readAnchors(chain, { contract, logId: auditor.logId, anchorers: env.audit.anchorers, fromBlock: 0 })
const sizes = async () => (await anchorsOf(context)).map(({ size }) => size)
/** Anchors what is sealed now. */
const anchorNow = () => createRunner(anchorJob(context, writer, Date.now), quiet)(Date.now())
const found = async () => (await verify(context, { onChain: true })).findings.map(({ what, seq, to }) => [what, seq, to])

describe('the job', () => {
  test('anchors the head after the interval, and only if something is new', async () => {
    let now = Date.now()
    const job = anchorJob(context, writer, () => now)
    const run = createRunner(job, quiet)
    await run(now)
    assert.deepEqual(await sizes(), [], 'nothing is sealed')
    await sealedLog(context, 5)
    await run(now)
    assert.deepEqual(await sizes(), [5])
    await recordMany(context, 2)
    await seal(context)
    now += 14 * MINUTE
    await run(now)
    assert.deepEqual(await sizes(), [5], 'not yet')
    now += 2 * MINUTE
    await run(now)
    assert.deepEqual(await sizes(), [5, 7])
    now += 16 * MINUTE
    await run(now)
    assert.deepEqual(await sizes(), [5, 7], 'nothing is new')
    const { ok, checks } = await verify(context, { onChain: true })
    assert.ok(ok, JSON.stringify(checks))
  })

  test('anchors at once when there are many new entries', async () => {
    const eager: Context = { ...context, env: { ...context.env, audit: { ...context.env.audit, anchorEntries: 10 } } }
    const now = Date.now()
    const run = createRunner(
      anchorJob(eager, writer, () => now),
      quiet,
    )
    await sealedLog(context, 4)
    await run(now)
    for (const size of [6, 3]) {
      await recordMany(context, size)
      await seal(context)
      await run(now)
    }
    assert.deepEqual(await sizes(), [4], 'nine are not ten')
    await recordMany(context, 1)
    await seal(context)
    await run(now)
    assert.deepEqual(await sizes(), [4, 14])
  })

  test('goes on from what is anchored after a restart', async () => {
    await sealedLog(context, 3)
    await anchorNow()
    await anchorNow()
    assert.deepEqual(await sizes(), [3])
  })

  test('anchors again what a reorganisation took back', async () => {
    const { client } = market.chain
    await sealedLog(context, 3)
    const snapshot = await client.snapshot()
    await anchorNow()
    assert.deepEqual(await sizes(), [3])
    await client.revert({ id: snapshot })
    assert.deepEqual(await sizes(), [])
    const later = Date.now() + 16 * MINUTE
    await createRunner(
      anchorJob(context, writer, () => later),
      quiet,
    )(later)
    assert.deepEqual(await sizes(), [3])
  })

  test('stops, loudly, when the log has lost what was anchored', async () => {
    await sealedLog(context, 6)
    await anchorNow()
    await cutOff(owner, context, 4)
    await recordMany(context, 5)
    await seal(context)
    await assert.rejects(anchorJob(context, writer, Date.now).due(), /is not what was anchored/)
  })

  test('does nothing on a chain without the contract', async () => {
    const { auditAnchor: _, ...deployment } = context.deployment
    await sealedLog(context, 2)
    assert.deepEqual(await anchorJob({ ...context, deployment }, writer, Date.now).due(), [])
  })
})

describe('what the database alone would not tell', () => {
  test('the whole log rewritten with the stolen key', async () => {
    await sealedLog(context, 9)
    await anchorNow()
    await rewriteFrom(owner, context, 2, [seed])
    assert.equal((await verify(context)).ok, true, 'the chain of rows is sound')
    assert.deepEqual(await found(), [['rewritten', 1, 9]])
  })

  test('nor needs to, where a thief of the key changes an entry and not what follows on it', async () => {
    await sealedLog(context, 9)
    await rewriteFrom(owner, context, 5, [seed], 5)
    assert.deepEqual(await found(), [['rewritten', 5, undefined]])
    await rewriteFrom(owner, context, 3, [seed], 4)
    assert.deepEqual(await found(), [['rewritten', 4, undefined]])
  })

  test('a rewritten part, named by the anchors around it', async () => {
    await sealedLog(context, 4)
    await anchorNow()
    for (const later of [16, 32]) {
      await recordMany(context, 4)
      await seal(context)
      const now = Date.now() + later * MINUTE
      await createRunner(
        anchorJob(context, writer, () => now),
        quiet,
      )(now)
    }
    assert.deepEqual(await sizes(), [4, 8, 12])
    await rewriteFrom(owner, context, 7, [seed])
    assert.deepEqual((await found())[0], ['rewritten', 5, 8])
  })

  test('the newest entries dropped', async () => {
    await sealedLog(context, 9)
    await anchorNow()
    await cutOff(owner, context, 6)
    assert.equal((await verify(context)).ok, true)
    assert.deepEqual(await found(), [['truncated', 7, 9]])
  })

  test('the newest entries dropped, and the log gone on', async () => {
    await sealedLog(context, 9)
    await anchorNow()
    await cutOff(owner, context, 6)
    await recordMany(context, 20)
    await seal(context)
    assert.deepEqual(await found(), [['rewritten', 1, 9]])
  })

  test('all of it dropped, with what the database says of anchors', async () => {
    await sealedLog(context, 9)
    await anchorNow()
    await cutOff(owner, context, 0)
    await owner.query('DELETE FROM app.audit_anchor WHERE log = $1', [context.auditor.log])
    assert.deepEqual(await found(), [['truncated', 1, 9]])
  })

  test('what came after the last anchor can be dropped unseen: that is why there are anchors', async () => {
    await sealedLog(context, 5)
    await anchorNow()
    await recordMany(context, 3)
    await seal(context)
    await cutOff(owner, context, 5)
    assert.deepEqual(await found(), [])
  })
})

describe('anchors on chain', () => {
  const anchorAs = (by: Pick<DevAccount, 'privateKey'>, size: bigint, head: Hex, logId = context.auditor.logId) =>
    market.chain.send(by, {
      to: contract,
      data: encodeFunctionData({ abi: auditAnchorAbi, functionName: 'anchor', args: [`0x${logId}`, size, head] }),
    })

  test('of strangers, and of other logs, do not count', async () => {
    await sealedLog(context, 5)
    await anchorAs(elif, 3n, `0x${'ab'.repeat(32)}`)
    await anchorAs(elif, 900n, `0x${'ab'.repeat(32)}`)
    await anchorAs(relayer, 900n, `0x${'ab'.repeat(32)}`, 'cd'.repeat(32))
    assert.deepEqual(await found(), [])
  })

  test('of accounts that were the worker’s before do', async () => {
    await sealedLog(context, 5)
    await anchorAs(elif, 3n, `0x${'ab'.repeat(32)}`)
    const audit = { ...context.env.audit, anchorers: [...context.env.audit.anchorers, elif.address.toLowerCase()] }
    const { findings } = await verify({ ...context, env: { ...context.env, audit } }, { onChain: true })
    assert.deepEqual(
      findings.map(({ what, seq, to }) => [what, seq, to]),
      [['rewritten', 1, 3]],
    )
  })

  test('of an absurd size are a log that was cut off', async () => {
    await sealedLog(context, 5)
    await anchorAs(relayer, 2n ** 256n - 1n, `0x${'ab'.repeat(32)}`)
    assert.deepEqual((await found())[0]?.slice(0, 2), ['truncated', 6])
  })

  test('are read in smaller ranges where the node refuses large ones, each once', async () => {
    await sealedLog(context, 3)
    await anchorNow()
    await market.chain.client.mine({ blocks: 900 })
    await anchorAs(relayer, 2n, `0x${'ab'.repeat(32)}`)
    const { chain } = context
    const asked: number[] = []
    const stingy = Object.create(chain, {
      getLogs: {
        value: async (query: { fromBlock: bigint; toBlock: bigint }) => {
          const blocks = Number(query.toBlock - query.fromBlock) + 1
          if (blocks > 200) throw new Error('too many blocks')
          asked.push(blocks)
          return chain.getLogs(query as never)
        },
      },
    }) as typeof chain
    const query = { contract, logId: context.auditor.logId, anchorers: context.env.audit.anchorers, fromBlock: 0 }
    assert.deepEqual(
      (await readAnchors(stingy, query)).map(({ size }) => size),
      [3, 2],
    )
    assert.equal(
      asked.reduce((sum, blocks) => sum + blocks, 0),
      Number(await market.chain.client.getBlockNumber()) + 1,
    )
    const mute = Object.create(chain, { getLogs: { value: async () => Promise.reject(new Error('no')) } }) as typeof chain
    await assert.rejects(readAnchors(mute, query), /no/)
  })
})
