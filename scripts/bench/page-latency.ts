/**
 * `npm run bench:page`: how long it takes until what a seller did is on the buyer's open page: all of Fairhold as `npm start`
 * runs it, a real browser, and the seller's transactions sent by script. `-- --help` lists the switches.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { devAccountOf } from '@fairhold/protocol/dev-accounts'
import type { Page } from 'playwright-core'
import type { Hex } from 'viem'
import { signIn } from '../../test/e2e/support/acts.ts'
import { launchBrowser, newPerson, type Person } from '../../test/e2e/support/browser.ts'
import { createRpc } from '../chain/json-rpc.ts'
import { query } from './database.ts'
import { machine, writeSection } from './page.ts'
import { buyer, type OpenDeal, openDeals } from './page-latency/deals.ts'
import { type Product, startProduct } from './page-latency/product.ts'
import { type Change, phaseTable, summarisePhases } from './page-latency/report.ts'
import { assertSameClock, noted, now, openDealPage, untilEntries, watch } from './page-latency/watch.ts'

const HELP = `npm run bench:page [-- switches]
  --changes N     how many changes are measured (60)
  --json          print the figures as JSON
  --write         put them into docs/benchmarks/indexer.md too`

const MOST_MS = 250 // what p95 must not exceed
const CHANGES_PER_DEAL = 6 // about as many as happen to a real one
const SHORTEST_GAP_MS = 600 // longer than the api remembers the chain's time, as between two changes of a real deal
const LONGEST_GAP_MS = 1_100
const TIMEOUT_MS = 15_000

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    changes: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

if (values.help) console.log(HELP)
else await run(Number(values.changes))

async function run(wanted: number): Promise<void> {
  if (!Number.isInteger(wanted) || wanted < 1) throw new Error(`--changes is ${values.changes}: give a whole number above 0`)
  const where = machine()
  const changes = await measure(wanted, (line) => console.error(line))
  const spreads = summarisePhases(changes)
  const table = `${where} ${changes.length} changes.\n\n${phaseTable(spreads)}`
  if (values.write) writeSection('page', table)
  console.log(values.json ? JSON.stringify({ machine: where, changes: changes.length, spreads }, null, 2) : `${table}\n`)
  const p95 = spreads[0]?.p95 ?? Number.NaN
  if (!(p95 <= MOST_MS)) throw new Error(`p95 is ${p95.toFixed(1)} ms and must not be above ${MOST_MS}`)
}

async function measure(wanted: number, say: (line: string) => void): Promise<Change[]> {
  const product = await startProduct(say)
  const browser = await launchBrowser()
  try {
    const count = Math.ceil(wanted / CHANGES_PER_DEAL)
    const deals = await openDeals(product.market, count + 1)
    const person = await newPerson(browser.browser, 'buyer', product.origin)
    await signIn(person, devAccountOf(buyer.account.address)?.name ?? '')
    await watch(person.page)
    const changes: Change[] = []
    for (const [k, deal] of deals.entries()) {
      const measured = await changesOn(product, person, deal)
      if (k > 0) changes.push(...measured) // on the first page all code runs for the first time
      say(`page ${k} of ${count}`)
    }
    return changes.slice(0, wanted)
  } finally {
    await browser.close()
    await product.stop()
  }
}

async function changesOn(product: Product, { page }: Person, deal: OpenDeal): Promise<Change[]> {
  let entries = await openDealPage(page, deal.id)
  await assertSameClock(page)
  const changes: Change[] = []
  for (let k = 0; k < CHANGES_PER_DEAL; k += 1) {
    const transaction = await deal.nextChange()
    await sleep(SHORTEST_GAP_MS + Math.random() * (LONGEST_GAP_MS - SHORTEST_GAP_MS))
    entries += 1
    changes.push(await change(product, page, { id: deal.id, transaction, entries }))
  }
  return changes
}

async function change(
  { rpcUrl, databaseUrl }: Product,
  page: Page,
  { id, transaction, entries }: { id: Hex; transaction: Hex; entries: number },
): Promise<Change> {
  const rpc = createRpc(rpcUrl)
  const showing = within(untilEntries(page, entries))
  const sent = now()
  const hash = await rpc<Hex>('eth_sendRawTransaction', [transaction]) // the node mines it before it answers
  const mined = now()
  const receipt = await rpc<{ status: Hex } | null>('eth_getTransactionReceipt', [hash])
  if (receipt?.status !== '0x1') throw new Error(`the transaction ${hash} was not mined, or was undone`)
  const shown = await showing
  const { notices, requests } = await noted(page, { id, from: sent })
  const last = requests.filter(({ end }) => end <= shown).at(-1)
  if (last === undefined) throw new Error('the page shows a change that it did not ask for')
  const noticed = notices.filter((at) => at <= last.start).at(0) ?? null
  const [row] = await query<{ at: number }>(
    databaseUrl,
    'select extract(epoch from min(created_at))::float8 * 1000 as at from bus.outbox where tx_hash = $1',
    [hash],
  )
  return { sent, mined, stored: Number(row?.at), noticed, asked: last.start, answered: last.end, shown }
}

/** @throws if the change does not come at all. */
async function within(showing: Promise<number>): Promise<number> {
  const late = sleep(TIMEOUT_MS, null, { ref: false }).then(() => {
    throw new Error(`the page did not show the change within ${TIMEOUT_MS} ms`)
  })
  return Promise.race([showing, late])
}
