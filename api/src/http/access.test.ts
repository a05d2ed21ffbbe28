/**
 * Walks every route as everybody who might call it, and compares with docs/security/access.md. After a change that is meant, write
 * the page anew: `UPDATE_ACCESS=1 npm test -- api`, and read what has changed in it.
 */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import Fastify from 'fastify'
import { type Fixture, makeFixture, type Who, whos } from '../../test/support/everybody.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { pathOf, requestOf } from '../../test/support/requests.ts'
import { registerAccess } from './access.ts'

const PAGE = join(import.meta.dirname, '../../../docs/security/access.md')
const BEGIN = '<!-- table: written by api/src/http/access.test.ts -->\n'
const refusals = ['NOT_SIGNED_IN', 'FORBIDDEN', 'SCOPE_MISSING', 'STEP_UP_NEEDED', 'SECOND_FACTOR_MISSING', 'NOT_FOUND']
const END = '\n<!-- end of table -->'

let market: Market
let fixture: Fixture
before(async () => {
  market = await startMarket()
  fixture = await makeFixture(market)
})
after(() => market?.stop())

test('every route answers everybody as docs/security/access.md says', { timeout: 300_000 }, async () => {
  const rows: string[] = []
  const routes = market.app.accessTable.toSorted((a, b) => a.url.localeCompare(b.url) || a.method.localeCompare(b.method))
  for (const { method, url, access } of routes) {
    const answers: string[] = []
    for (const who of whos) answers.push(await answerTo(who, method, url))
    const needs = [access.scope ?? '–', access.stepUp ? 'proof' : '']
    rows.push(`| ${method} | \`${url}\` | ${access.who} | ${access.data} | ${needs.join(' | ')} | ${answers.join(' | ')} |`)
  }
  const head = ['method', 'route', 'who', 'data', 'scope', 'proof', ...whos]
  const table = `| ${head.join(' | ')} |\n|${head.map(() => ' --- |').join('')}\n${rows.join('\n')}`
  const page = readFileSync(PAGE, 'utf8')
  const [before = '', rest = ''] = page.split(BEGIN)
  const written = `${before}${BEGIN}\n${table}\n${END}${rest.slice(rest.indexOf(END) + END.length)}`
  if (process.env.UPDATE_ACCESS) writeFileSync(PAGE, written)
  assert.equal(written, process.env.UPDATE_ACCESS ? written : page)
})

test('an app with a route that does not say who may call it is not started', async () => {
  const app = Fastify()
  registerAccess(app, market.context)
  assert.throws(() => app.get('/x', async () => 'x'), /GET \/x does not say who may call it/)
  await app.close()
})

/** `yes` for whoever is let in, whatever is then wrong with the request; else why not. */
async function answerTo(who: Who, method: string, url: string): Promise<string> {
  const visitor = await fixture.as(who)
  const { body, headers } = requestOf(method, url, fixture)
  const answer = await visitor.send(method as 'GET', pathOf(url, fixture), body, headers)
  assert.notEqual(answer.status, 500, `${method} ${url} as ${who}: ${JSON.stringify(answer.body)}`)
  const no = refusals.includes(answer.body?.code)
  return no ? answer.body.code.toLowerCase().replaceAll('_', ' ') : 'yes'
}
