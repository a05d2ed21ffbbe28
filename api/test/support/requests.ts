import { bruno } from '@fairhold/protocol/dev-accounts'
import type { Fixture } from './everybody.ts'
import { someHash } from './rows.ts'

type Request = { body?: object | string; headers?: Record<string, string> }

const signature = `0x${'11'.repeat(65)}`

/** A request that is well formed, so that whether it is let in depends on who sends it. Its signatures are nobody's. */
const requests: Record<string, Request> = {
  'POST /v1/identity/nonce': { body: {} },
  'POST /v1/identity/session': { body: { message: 'x', signature } },
  'POST /v1/identity/proof/wallet': { body: { message: 'x', signature } },
  'POST /v1/identity/wallets': { body: { message: 'x', signature } },
  'PUT /v1/identity/profile': { body: { name: 'Somebody', bio: '' } },
  'PUT /v1/identity/sessions/:id': { body: { name: 'Phone' } },
  'PUT /v1/identity/roles/:address': { body: { roles: [] } },
  'DELETE /v1/identity/account': { body: { confirm: 'no' } },
  'PUT /v1/deals/:id/shipping-address': { body: { text: 'Mill lane 4' } },
  'PUT /v1/deals/:id/tracking': { body: { carrier: 'Post', number: 'A1' } },
  'POST /v1/deals/:id/settlements': { body: { toBuyer: '1', remaining: '1', expiry: 4_000_000_000, signature } },
  'POST /v1/disputes/:dealId/statements': { body: { text: 'It arrived broken.' } },
  'POST /v1/disputes/:dealId/rulings': { body: { buyerBps: 1, reason: 'Because of that.', reasonHash: someHash(), signature } },
  'POST /v1/reputation/reviews': { body: {} },
  'POST /v1/listings': { body: {} },
  'POST /v1/listings/photos': { body: '--b--\r\n', headers: { 'content-type': 'multipart/form-data; boundary=b' } },
}

export function requestOf(method: string, url: string, { dealId }: Fixture): Request {
  const known = requests[`${method} ${url}`]
  if (url === '/v1/reputation/reviews')
    return { body: { dealId, score: 5, text: '', secret: someHash(), publishSignature: signature, commitSignature: signature } }
  if (known) return known
  if (method === 'GET' || method === 'DELETE') return {}
  throw new Error(`api/test/support/requests.ts has no request for ${method} ${url}`)
}

/** The path of a route, about what is the fixture's. */
export function pathOf(url: string, fixture: Fixture): string {
  const values: [RegExp, string | (() => string)][] = [
    [/^(\/v1\/deals\/):id/, fixture.dealId],
    [/^(\/v1\/disputes\/):dealId/, fixture.disputeId],
    [/^(\/v1\/listings\/):id/, fixture.listingId],
    [/^(\/v1\/identity\/sessions\/):id/, fixture.sessionId],
    [/^(.*\/):address/, bruno.address],
    [/^(.*\/):sha256/, 'a'.repeat(64)],
  ]
  const path = values.reduce(
    (text, [sign, value]) => text.replace(sign, (_, head) => head + (typeof value === 'string' ? value : value())),
    url,
  )
  if (path.includes(':')) throw new Error(`api/test/support/requests.ts does not know what to put into ${url}`)
  return path
}
