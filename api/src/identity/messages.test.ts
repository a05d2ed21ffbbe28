/**
 * The cases of the published ERC-4361 vectors (parsing and verification), each put into a message that is otherwise good: for
 * this site, with a fresh nonce, signed as it stands. So nothing but the fault that a case is named after can be why it is refused.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, type DevAccount } from '@fairhold/protocol/dev-accounts'
import fc from 'fast-check'
import { bytesToHex, type Hex, hexToBytes } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { type Answer, Visitor } from '../../test/support/visitor.ts'

let market: Market
before(async () => {
  market = await startMarket(undefined, { PUBLIC_ORIGIN: 'http://localhost:3000,http://127.0.0.1:8080,http://127.0.0.1' })
})
after(() => market?.stop())

interface Parts {
  head: string
  address: string
  statement: string
  fields: string[]
}

const HEAD = ' wants you to sign in with your Ethereum account:'
const iso = (ms: number) => new Date(Date.now() + ms).toISOString()

/** A message with every field there is, but the resources where they are not asked for. */
function goodParts(nonce: string): Parts {
  return {
    head: `localhost:3000${HEAD}`,
    address: ada.address,
    statement: 'Take part in the market: http://localhost:3000/how-it-works',
    fields: [
      'URI: http://localhost:3000/login',
      'Version: 1',
      'Chain ID: 31337',
      `Nonce: ${nonce}`,
      `Issued At: ${iso(0)}`,
      `Expiration Time: ${iso(300_000)}`,
      `Not Before: ${iso(-1_000)}`,
      'Resources:',
      '- http://localhost:3000/terms',
      '- ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi',
    ],
  }
}

const textOf = ({ head, address, statement, fields }: Parts) => `${head}\n${address}\n\n${statement}\n\n${fields.join('\n')}`

/** Changes the parts; or says, as text, what the message is. */
type Edit = (parts: Parts) => unknown

async function handIn(edit: Edit, signer: DevAccount = ada): Promise<Answer> {
  const visitor = new Visitor(market.app)
  const parts = goodParts(await visitor.nonce())
  const edited = edit(parts)
  const message = typeof edited === 'string' ? edited : textOf(parts)
  return visitor.handIn(message, await privateKeyToAccount(signer.privateKey).signMessage({ message }))
}

const replace = (name: string, line: string | null) => (parts: Parts) => {
  const at = parts.fields.findIndex((field) => field.startsWith(name))
  assert.ok(at >= 0, name)
  parts.fields.splice(at, 1, ...(line === null ? [] : [line]))
}
const put = (part: 'head' | 'address' | 'statement', of: (was: string) => string) => (parts: Parts) => {
  parts[part] = of(parts[part])
}
const blank = (name: string) => replace(name, '')
/** Takes a field out and puts it in again elsewhere. */
const move = (name: string, by: number) => (parts: Parts) => {
  const at = parts.fields.findIndex((field) => field.startsWith(name))
  const [line = ''] = parts.fields.splice(at, 1)
  parts.fields.splice(at + by, 0, line)
}
const without =
  (...names: string[]) =>
  (parts: Parts) => {
    parts.fields = parts.fields.filter((field) => !names.some((name) => field.startsWith(name)))
  }

describe('a message is taken', () => {
  const good: [name: string, edit: Edit][] = [
    ['with every field', () => undefined],
    ['with no optional field but its end', without('Not Before', 'Resources', '- ')],
    ['without a statement', (parts) => textOf(parts).replace(`\n\n${parts.statement}\n\n`, '\n\n\n')],
    ['with times that have no fraction of a second', replace('Issued At', `Issued At: ${iso(0).replace(/\.\d+Z/, 'Z')}`)],
    [
      'with times of another zone',
      replace('Issued At', `Issued At: ${new Date(Date.now() + 7_200_000).toISOString().replace('Z', '+02:00')}`),
    ],
    [
      'for a domain that is an address',
      (parts) => {
        parts.head = `127.0.0.1${HEAD}`
        replace('URI', 'URI: http://127.0.0.1')(parts)
      },
    ],
    [
      'for a domain with a port',
      (parts) => {
        parts.head = `127.0.0.1:8080${HEAD}`
        replace('URI', 'URI: http://127.0.0.1:8080/')(parts)
      },
    ],
    [
      'with the scheme before the domain',
      (parts) => {
        parts.head = `http://${parts.head}`
      },
    ],
  ]
  for (const [name, edit] of good) {
    test(name, async () => {
      const { status, body } = await handIn(edit)
      assert.equal(status, 200, JSON.stringify(body))
      assert.equal(body.address, ada.address.toLowerCase())
    })
  }

  test('with a signature whose last byte is 0 or 1 instead of 27 or 28', async () => {
    const visitor = new Visitor(market.app)
    const message = textOf(goodParts(await visitor.nonce()))
    const bytes = hexToBytes(await privateKeyToAccount(ada.privateKey).signMessage({ message }))
    bytes[64] = (bytes[64] ?? 27) - 27
    assert.equal((await visitor.handIn(message, bytesToHex(bytes))).status, 200)
  })
})

describe('a message is refused', () => {
  const bad: [name: string, edit: Edit][] = [
    ['without the chain', without('Chain ID')],
    ['with a line too many', (parts) => textOf(parts).replace(`\n\n${parts.statement}`, `\n\n\n${parts.statement}`)],
    ['with a time that is not ISO 8601', replace('Issued At', 'Issued At: Wed Oct 05 2011 16:48:00 GMT+0200 (CEST)')],
    ['with an end that is not ISO 8601', replace('Expiration', 'Expiration Time: Wed Oct 05 2061 16:48:00 GMT+0200 (CEST)')],
    ['with a beginning that is not ISO 8601', replace('Not Before', 'Not Before: Wed Oct 05 2011 16:48:00 GMT+0200 (CEST)')],
    ['with the address written wrongly (EIP-55)', put('address', (was) => was.replace('Fd6e', 'fd6e'))],
    ['with a line break in the statement', put('statement', (was) => was.replace(': ', ': \n'))],
    ['with a URI that is none', replace('URI', 'URI: _no_uri_')],
    ['with version 2', replace('Version', 'Version: 2')],
    ['with a chain that is no number', replace('Chain ID', 'Chain ID: ?')],
    ['with a chain in other digits', replace('Chain ID', 'Chain ID: 0x7a69')],
    ['with a short nonce', replace('Nonce', 'Nonce: 1234567')],
    ['with a nonce that is none', replace('Nonce', 'Nonce: a b c d e f g')],
    [
      'with resources on one line',
      (parts) => {
        const [second = '', first = ''] = [parts.fields.pop(), parts.fields.pop()]
        parts.fields.push(`${first} ${second}`)
      },
    ],
    ['with a first resource that is no URI', replace('- http', '- _no_uri_')],
    ['with a second resource that is no URI', replace('- ipfs', '- _no_uri_')],
    ['without a domain', put('head', () => HEAD)],
    ['with a domain that is none', put('head', () => `local host${HEAD}`)],
    ['with a user in the domain', put('head', (was) => `ada@${was}`)],
    ['without an address', put('address', () => '')],
    ['with other words', put('head', (was) => was.replace('wants you', 'would like you'))],
    ['with Windows line breaks', (parts) => textOf(parts).replaceAll('\n', '\r\n')],
    ['with something after its end', (parts) => `${textOf(parts)}\nWith love`],
    ['with something before its beginning', (parts) => `\n${textOf(parts)}`],
    ['with a field twice', (parts) => void parts.fields.splice(3, 0, 'Chain ID: 31337')],
    ['with a field that does not exist', (parts) => void parts.fields.splice(5, 0, 'Owner: ada')],
    ['with a name in other letters', replace('Nonce', 'NONCE: 0123456789abcdef')],
    ['with a nonce nobody gave out', replace('Nonce', 'Nonce: 0123456789abcdef')],
    ['after its end', replace('Expiration', `Expiration Time: ${iso(-1_000)}`)],
    ['before its beginning', replace('Not Before', `Not Before: ${iso(60_000)}`)],
    ['that is good for a day', replace('Expiration', `Expiration Time: ${iso(86_400_000)}`)],
    ['for another domain', put('head', () => `example.com${HEAD}`)],
    ['for a domain that ends like this one', put('head', () => `evil-localhost:3000${HEAD}`)],
    ['for a domain that begins like this one', put('head', () => `localhost:3000.evil.example${HEAD}`)],
    ['for the address of another site', replace('URI', 'URI: http://localhost:3000@evil.example/')],
    ['for the other site of this market', put('head', () => `127.0.0.1:8080${HEAD}`)],
    ['for another chain', replace('Chain ID', 'Chain ID: 1')],
    ['that answers another request', (parts) => void parts.fields.splice(7, 0, 'Request ID: some-other')],
    ...['URI', 'Version', 'Nonce', 'Issued At'].map((name): [string, Edit] => [`without ${name}`, blank(name)]),
    ...['URI', 'Version', 'Chain ID', 'Nonce', 'Issued At', 'Expiration Time'].map((name): [string, Edit] => [
      `with ${name} in another place`,
      move(name, 1),
    ]),
    ['with the resources in another place', (parts) => void parts.fields.splice(5, 0, ...parts.fields.splice(7, 3))],
  ]
  for (const [name, edit] of bad) {
    test(name, async () => {
      const { status, body } = await handIn(edit)
      assert.deepEqual([status, body.code], [401, 'SIGN_IN_REFUSED'], JSON.stringify(body))
    })
  }

  test('signed by another', async () => {
    assert.notEqual((await handIn(() => undefined, bruno)).status, 200)
  })

  test('changed after it was signed, wherever that is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 33, max: 126 }), async (at, code) => {
        const visitor = new Visitor(market.app)
        const message = textOf(goodParts(await visitor.nonce()))
        const signature = await privateKeyToAccount(ada.privateKey).signMessage({ message })
        const place = at % message.length
        const changed = message.slice(0, place) + String.fromCharCode(code) + message.slice(place + 1)
        const { status } = await visitor.handIn(changed, signature)
        // 503: it may be of a contract's, and there is no chain here to ask.
        assert.ok(changed === message ? status === 200 : [401, 503].includes(status), String(status))
      }),
      { numRuns: 150 },
    )
  })

  test('with a signature that is cut, padded or of another curve point', async () => {
    const visitor = new Visitor(market.app)
    const edits: ((signature: Hex) => string)[] = [
      (signature) => signature.slice(0, -2),
      (signature) => `${signature}00`,
      (signature) => `0x${'00'.repeat(65)}`.slice(0, signature.length),
      (signature) => `0x${'ff'.repeat(64)}1b`.slice(0, signature.length),
      () => '0x00',
    ]
    for (const edit of edits) {
      const message = textOf(goodParts(await visitor.nonce()))
      const signature = await privateKeyToAccount(ada.privateKey).signMessage({ message })
      assert.notEqual((await visitor.handIn(message, edit(signature))).status, 200)
    }
  })
})
