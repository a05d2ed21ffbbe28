import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { ada } from '@fairhold/protocol/dev-accounts'
import type { TestChain } from '../../test/support/chain.ts'
import { type ListingChanges, signedChoices, signedListing } from '../../test/support/listings.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'

const run = promisify(execFile)
const SCRIPT = join(import.meta.dirname, '../../../scripts/verify-listing.ts')

let market: Market & { chain: TestChain }
let seller: Visitor
let folder: string
before(async () => {
  market = await startMarketOnChain()
  seller = await signedIn(market.app, ada)
  folder = await mkdtemp(join(tmpdir(), 'fairhold-verify-'))
})
after(async () => {
  await market?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** What the script says of a file, and how it ends. */
async function check(listing: object, ...more: string[]): Promise<{ code: number; text: string }> {
  const file = join(folder, 'listing.json')
  await writeFile(file, JSON.stringify(listing))
  return run(process.execPath, [SCRIPT, file, ...more]).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, text: error.stdout + error.stderr }),
  )
}

test('what the api answers of a listing can be checked offline, whatever its version', async () => {
  for (const body of [await signedChoices(market.context, ada), await signedListing(market.context, ada, {} as ListingChanges)]) {
    const { body: listing, status } = await seller.send('POST', '/v1/listings', body)
    assert.equal(status, 201, JSON.stringify(listing))
    const { code, text } = await check(listing)
    assert.equal(code, 0, text)
    assert.doesNotMatch(text, /NO /)
  }
})

test('a lie in it is found, and so is another escrow', async () => {
  const { body: listing } = await seller.send('POST', '/v1/listings', await signedChoices(market.context, ada))
  const lie = await check({ ...listing, content: { ...listing.content, title: 'Something else altogether' } })
  assert.deepEqual([lie.code, /NO {3}the content hashes/.test(lie.text)], [1, true], lie.text)
  const elsewhere = await check(listing, '--escrow', `0x${'12'.repeat(20)}`, '--chain', '31337')
  assert.deepEqual([elsewhere.code, /NO {3}the offer of choice 1/.test(elsewhere.text)], [1, true], elsewhere.text)
  assert.equal((await check({ id: listing.id, content: {}, itemHash: '', choices: [] })).code, 2, 'no escrow is named')
})
