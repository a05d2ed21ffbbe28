import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ada, bruno } from '@fairhold/protocol/dev-accounts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { signedIn } from '../../test/support/visitor.ts'

let market: Market
before(async () => {
  market = await startMarket()
})
after(() => market?.stop())

test('one account publishes so many listings in ten minutes, from however many networks, and others are not kept from it', async () => {
  const seller = await signedIn(market.app, ada)
  const publish = (who: typeof seller, n: number) =>
    who.send('POST', '/v1/listings', {}, { 'x-forwarded-for': `203.0.${n >> 7}.${n & 127}` })
  const statuses: number[] = []
  for (let n = 0; n < 303; n += 1) statuses.push((await publish(seller, n)).status)
  assert.deepEqual(
    [statuses.filter((status) => status === 400).length, statuses.filter((status) => status === 429).length],
    [300, 3],
  )
  assert.equal((await publish(await signedIn(market.app, bruno), 1)).status, 400)
})
