import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { relayer } from '@fairhold/protocol/dev-accounts'
import { pino } from 'pino'
import { connectAs, deployAnchor, sealedLog, someSeed, withLog } from '../../test/support/audit-log.ts'
import { cutOff } from '../../test/support/audit-thief.ts'
import type { TestChain } from '../../test/support/chain.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { createChainWriter } from '../jobs/chain-writer.ts'
import { createRunner } from '../jobs/loop.ts'
import { anchorJob } from './anchor-job.ts'
import { createAuditor } from './auditor.ts'
import { auditKeyOf } from './key.ts'

const SCRIPT = join(import.meta.dirname, '../../../scripts/audit-verify.ts')

let market: Market & { chain: TestChain }
before(async () => {
  market = await startMarketOnChain()
  await deployAnchor(market.chain)
  await sealedLog(market.context, 6)
  await createRunner(
    anchorJob(market.context, createChainWriter(market.context, relayer.privateKey), Date.now),
    pino({ level: 'silent' }),
  )(Date.now())
})
after(() => market?.stop())

/** As in a terminal. INDEXER_DATABASE_URL is only there so that nobody's own settings are taken. */
function run(args: string[], variables: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  const { databaseUrl, rpcUrl, dataDir } = market.context.env
  const env = {
    PATH: '',
    INDEXER_DATABASE_URL: 'none',
    API_DATABASE_URL: databaseUrl,
    RPC_URL: rpcUrl,
    DATA_DIR: dataDir,
    ...variables,
  }
  return new Promise((done) =>
    execFile(process.execPath, [SCRIPT, ...args], { env, timeout: 60_000 }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    ),
  )
}

describe('audit:verify', () => {
  test('says a line for each check, and ends with 0', async () => {
    const { code, out, err } = await run([])
    assert.deepEqual([code, err], [0, ''])
    const lines = out.trim().split('\n')
    assert.deepEqual(
      lines.slice(0, 4).map((line) => line.slice(0, 9)),
      ['✔ chain  ', '✔ key    ', '✔ sealing', '✔ anchors'],
    )
    assert.match(lines[4] ?? '', /^The log main is whole\. Entry 6: [0-9a-f]{64}$/)
    assert.match(lines[3] ?? '', /1 anchor on chain, the last of entry 6/)
  })

  test('as JSON says the same', async () => {
    const { code, out } = await run(['--json'])
    const report = JSON.parse(out)
    assert.deepEqual([code, report.ok, report.size, report.findings], [0, true, 6, []])
  })

  test('names what it found, and ends with 1', async () => {
    const context = withLog(market.context, { log: 'cut', key: someSeed() })
    await sealedLog(context, 6)
    await createRunner(
      anchorJob(context, createChainWriter(context, relayer.privateKey), Date.now),
      pino({ level: 'silent' }),
    )(Date.now())
    const owner = await connectAs(market.ownerUrl)
    await cutOff(owner, context, 4)
    await owner.end()
    const args = ['--log', 'cut', '--key', `0x${context.auditor.key().publicKey.toUpperCase()}`]
    const { code, out } = await run(args)
    assert.equal(code, 1)
    assert.match(out, /^✖ anchors {2}truncated: in block \d+ the log had 6 entries; from 5 on they were cut off$/m)
    assert.match(out, /^The log cut is NOT whole\. First: entry 5 \(truncated\)\./m)
    assert.equal(JSON.parse((await run([...args, '--json'])).out).findings[0].what, 'truncated')
    assert.equal((await run([...args, '--no-anchors'])).code, 0, 'what only the chain knows')
  })

  test('says why it cannot look, in one line without secrets, and ends with 2', async () => {
    const away = await run([], { RPC_URL: 'http://127.0.0.1:1' })
    assert.equal(away.code, 2)
    assert.match(away.err, /^The audit log could not be checked: .+\n$/)
    const url = 'postgresql://fairhold_api:hush@127.0.0.1:1/none'
    const lost = await run(['--no-anchors', '--json'], { API_DATABASE_URL: url })
    assert.equal(lost.code, 2)
    assert.equal(JSON.parse(lost.out).ok, null)
    assert.doesNotMatch(lost.out + lost.err, /hush/)
    assert.equal((await run(['--patience', 'soon'])).code, 2)
  })

  test('does not make a key where there is none', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'fairhold-test-audit-'))
    const { code, out } = await run([], { DATA_DIR: dataDir })
    assert.equal(code, 0)
    assert.match(out, /^– key {6}not compared/m)
    assert.equal(existsSync(join(dataDir, 'audit-key')), false)
    rmSync(dataDir, { recursive: true })
  })
})

describe('the key', () => {
  const options = { caip2: 'eip155:1', escrow: '0xab', log: 'main', key: undefined, previousKey: undefined }

  test('is made once, for its owner’s eyes, and is the same for all who share the folder', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'fairhold-test-audit-'))
    const [first, second] = [createAuditor({ ...options, dataDir }), createAuditor({ ...options, dataDir })]
    assert.equal(first.hasKey(), false)
    assert.equal(first.key().publicKey, second.key().publicKey)
    assert.equal(second.hasKey(), true)
    const file = join(dataDir, 'audit-key')
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.match(readFileSync(file, 'utf8'), /^[0-9a-f]{64}\n$/)
    rmSync(dataDir, { recursive: true })
  })

  test('that is configured goes before the file, and what is none is refused without being shown', () => {
    const key = someSeed()
    assert.equal(createAuditor({ ...options, dataDir: '/nowhere', key }).key().publicKey.length, 64)
    assert.throws(
      () => createAuditor({ ...options, dataDir: '/nowhere', key: `${key}z` }).key(),
      (error: Error) => !error.message.includes(key),
    )
  })

  test('is that of RFC 8032, section 7.1, test 2', () => {
    const { publicKey } = auditKeyOf('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
    assert.equal(publicKey, '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
  })
})
