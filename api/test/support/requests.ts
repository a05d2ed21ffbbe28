import { randomUUID } from 'node:crypto'
import { bruno } from '@fairhold/protocol/dev-accounts'
import { type Fixture, STAFF_PASSKEY } from './everybody.ts'
import { someHash } from './rows.ts'

type Request = { body?: object | string; headers?: Record<string, string> }

const signature = `0x${'11'.repeat(65)}`
const AGENT = 'did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169'
const key = { publicKey: `0x${'09'.repeat(32)}`, sequence: 1, origin: 'signature', signedAt: 1, bundle: '{}' }
const encryptionKey = { ...key, address: bruno.address }

const credential = { id: 'aa', rawId: 'aa', type: 'public-key' }
const attestation = { ...credential, response: { clientDataJSON: 'aa', attestationObject: 'aa' } }
const assertion = { ...credential, response: { clientDataJSON: 'aa', authenticatorData: 'aa', signature: 'aa' } }

const terms = {
  ...{
    seller: bruno.address,
    buyer: bruno.address,
    token: bruno.address,
    price: '1',
    arbiter: bruno.address,
    operator: bruno.address,
  },
  ...{
    operatorFeeBps: 0,
    arbiterFeeBps: 0,
    silentAwardBps: 0,
    depositBps: 0,
    fundingSeconds: 0,
    shipSeconds: 1,
    deliverySeconds: 1,
  },
  ...{ inspectionSeconds: 1, rulingSeconds: 1, itemHash: someHash(), salt: '1' },
}
const offer = { terms, expiry: 4_000_000_000, counter: '0', nonce: 0, quantity: 1 }
const authorization = { method: 'authorization', tip: '0', validAfter: 0, validBefore: 4_000_000_000, signature }
const act = {
  dealId: someHash(),
  signer: bruno.address,
  action: 'release',
  value: '0',
  hash: someHash(),
  expiry: 4_000_000_000,
  signature,
}

const app = { name: 'An app', homepage: 'https://app.example/', redirectUris: ['https://app.example/back'] }
const form = { body: 'token=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }

/** A request that is well formed, so that whether it is let in depends on who sends it. Its signatures are nobody's. */
const requests: Record<string, Request> = {
  'POST /v1/identity/nonce': { body: {} },
  'POST /v1/identity/session': { body: { message: 'x', signature } },
  'POST /v1/identity/proof/wallet': { body: { message: 'x', signature } },
  'POST /v1/identity/wallets': { body: { message: 'x', signature } },
  'PUT /v1/identity/profile': { body: { name: 'Somebody', bio: '' } },
  'PUT /v1/identity/sessions/:id': { body: { name: 'Phone' } },
  'PUT /v1/identity/roles/:address': { body: { roles: [] } },
  'POST /v1/identity/proof/passkey/options': {},
  'POST /v1/identity/proof/passkey': { body: { response: assertion } },
  'POST /v1/identity/proof/totp': { body: { code: '000000' } },
  'POST /v1/identity/proof/recovery': { body: { code: '0'.repeat(16) } },
  'POST /v1/identity/factors/passkeys/options': {},
  'POST /v1/identity/factors/passkeys': { body: { name: 'Key', response: attestation } },
  'PUT /v1/identity/factors/passkeys/:id': { body: { name: 'Key' } },
  'POST /v1/identity/factors/app': {},
  'POST /v1/identity/factors/app/confirmation': { body: { code: '000000' } },
  'POST /v1/identity/factors/recovery-codes': {},
  'DELETE /v1/identity/account': { body: { confirm: 'no' } },
  'PUT /v1/deals/:id/shipping-address': { body: { text: 'Mill lane 4' } },
  'PUT /v1/deals/:id/tracking': { body: { carrier: 'Post', number: 'A1' } },
  'POST /v1/deals/:id/settlements': { body: { toBuyer: '1', remaining: '1', expiry: 4_000_000_000, signature } },
  'POST /v1/bids': { body: { listingId: someHash(), offer, signature } },
  'POST /v1/bids/:id/acceptance': {},
  'POST /v1/bids/:id/refusal': {},
  'POST /v1/relay/openings': { body: { offer, unit: 0, signature, buyer: bruno.address, payment: authorization } },
  'POST /v1/relay/acts': { body: act },
  'POST /v1/relay/voidings': { body: { how: 'group', listingId: someHash(), expiry: 4_000_000_000, signature } },
  'POST /v1/disputes/:dealId/statements': { body: { text: 'It arrived broken.' } },
  'POST /v1/disputes/:dealId/rulings': { body: { buyerBps: 1, reason: 'Because of that.', reasonHash: someHash(), signature } },
  'POST /v1/reputation/reviews': { body: {} },
  'POST /v1/identity/tokens': { body: { request: 'x' } },
  'POST /v1/identity/agent-keys': { body: { did: AGENT, name: 'Agent', scopes: ['deals:read'] } },
  'PUT /v1/identity/encryption-key': { body: { ...encryptionKey, signature } },
  'PUT /v1/identity/key-bundles/:address': { body: { sequence: 1, bundle: '{}' } },
  'POST /v1/credentials': { body: {} },
  'POST /v1/credentials/imported': { body: { token: 'x' } },
  'POST /v1/identity/keys': { body: { name: 'Script', scopes: ['deals:read'], days: 30 } },
  'POST /v1/oauth/clients': { body: { ...app, confidential: false } },
  'PUT /v1/oauth/clients/:id': { body: app },
  'POST /v1/oauth/clients/:id/secret': {},
  'PUT /v1/oauth/clients/:id/disabled': { body: { disabled: true } },
  'POST /oauth/:uid/decision': { body: { allow: true } },
  'POST /oauth/token': form,
  'POST /oauth/revoke': form,
  'POST /oauth/introspect': form,
  'POST /oauth/userinfo': form,
  'PUT /v1/listings/:id/withdrawal': { body: { issuedAt: 1_700_000_000, signature } },
  'PUT /v1/cart/lines': { body: { lines: [{ listingId: someHash(), choice: 0, quantity: 0 }] } },
  'POST /v1/cart/guest': { body: { lines: [{ listingId: someHash(), choice: 0, quantity: 1 }] } },
  'PUT /v1/saved/listings/:id': {},
  'POST /v1/saved/searches': { body: { name: 'Cameras', query: { category: 'cameras' } } },
  'PUT /v1/saved/searches/:id': { body: { name: 'Cameras', frequency: 'daily' } },
  'POST /v1/saved/searches/:id/seen': {},
  'POST /v1/alerts/read': {},
  'PUT /v1/personal': { body: { wanted: true } },
  'POST /v1/personal/views': { body: { listingId: someHash() } },
  'POST /v1/listings': { body: {} },
  'POST /v1/drafts': { body: { form: {} } },
  'PUT /v1/drafts/:id': { body: { form: {}, revision: 1 } },
  'POST /v1/listings/photos': { body: '--b--\r\n', headers: { 'content-type': 'multipart/form-data; boundary=b' } },
}

export function requestOf(method: string, url: string, { dealId }: Fixture): Request {
  const known = requests[`${method} ${url}`]
  if (url === '/v1/reputation/reviews')
    return { body: { dealId, score: 5, text: '', secret: someHash(), publishSignature: signature, commitSignature: signature } }
  if (known) return known
  if (method === 'GET' || method === 'DELETE' || method === 'OPTIONS') return {}
  throw new Error(`api/test/support/requests.ts has no request for ${method} ${url}`)
}

/** The path of a route, about what is the fixture's. */
export function pathOf(url: string, fixture: Fixture): string {
  const values: [RegExp, string | (() => string)][] = [
    [/^(\/v1\/deals\/):id/, fixture.dealId],
    [/^(\/v1\/disputes\/):dealId/, fixture.disputeId],
    [/^(\/v1\/drafts\/):id/, '00000000-0000-4000-8000-000000000000'],
    [/^(\/v1\/listings\/):id/, fixture.listingId],
    [/^(\/v1\/bids\/):id/, someHash],
    [/^(\/v1\/relay\/deals\/):id/, fixture.dealId],
    [/^(\/v1\/relay\/requests\/):id/, () => randomUUID()],
    [/^(\/v1\/relay\/voidings\/):id/, fixture.listingId],
    [/^(\/v1\/identity\/sessions\/):id/, fixture.sessionId],
    [/^(\/v1\/identity\/factors\/passkeys\/):id/, STAFF_PASSKEY],
    [/^(.*\/):address/, bruno.address],
    [/^(.*\/):did/, encodeURIComponent(AGENT)],
    [/^(\/v1\/credentials\/(?:imported\/)?):id/, '00000000-0000-4000-8000-000000000000'],
    [/^(\/v1\/oauth\/(?:clients|connections)\/):id/, 'app_000000000000000000000000'],
    [/^(\/v1\/identity\/keys\/):id/, '0000000000000000'],
    [/^(\/v1\/saved\/searches\/):id/, '00000000-0000-4000-8000-000000000000'],
    [/^(\/v1\/saved\/listings\/):id/, fixture.listingId],
    [/^(\/v1\/personal\/views\/):id/, fixture.listingId],
    [/^(.*\/):uid/, 'nobody-asked-this'],
    [/^(.*\/):number/, '1'],
    [/^(.*\/):sha256/, 'a'.repeat(64)],
  ]
  const path = values.reduce(
    (text, [sign, value]) => text.replace(sign, (_, head) => head + (typeof value === 'string' ? value : value())),
    url,
  )
  if (path.includes(':')) throw new Error(`api/test/support/requests.ts does not know what to put into ${url}`)
  return path
}
