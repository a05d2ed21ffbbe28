/**
 * A process of `AT_ONCE` visitors that sign in again and again for `SECONDS`, each with a wallet that takes `WALLET_MS` to answer.
 * Prints as JSON, for each sign-in, how long its two requests took together, in milliseconds; the wallet's time is not counted.
 */
import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { createSiweMessage } from 'viem/siwe'

const url = new URL(String(process.env.API_URL))
const [atOnce, seconds, walletMs] = [process.env.AT_ONCE, process.env.SECONDS, process.env.WALLET_MS].map(Number) as [
  number,
  number,
  number,
]
const ORIGIN = 'http://localhost:3000'
const WARM_UP_MS = 3_000
const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce })

interface Answer {
  status: number
  body: Record<string, string>
  cookies: string
}

function ask(method: string, path: string, { body, cookies = '' }: { body?: object; cookies?: string } = {}): Promise<Answer> {
  const payload = body && JSON.stringify(body)
  const headers = {
    cookie: cookies,
    ...(payload ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) } : {}),
  }
  return new Promise((resolve, reject) => {
    const request = http.request({ host: url.hostname, port: url.port, method, path, headers, agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => {
        const given = (response.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ')
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text || '{}'), cookies: given })
      })
    })
    request.on('error', reject)
    request.end(payload)
  })
}

/** Both requests of one sign-in; the clock stands while the wallet signs. */
async function signIn(account: PrivateKeyAccount): Promise<number> {
  const began = performance.now()
  const asked = await ask('POST', '/v1/identity/nonce')
  const given = performance.now()
  const now = Date.now()
  const message = createSiweMessage({
    ...{ address: account.address, chainId: 31337, version: '1', domain: new URL(ORIGIN).host, uri: ORIGIN },
    ...{ nonce: asked.body.nonce ?? '', requestId: asked.body.requestId, statement: asked.body.statement },
    ...{ issuedAt: new Date(now), expirationTime: new Date(now + 300_000) },
  })
  const [signature] = await Promise.all([account.signMessage({ message }), sleep(walletMs * (0.5 + Math.random()))]) // nobody keeps step with others
  const signed = performance.now()
  const { status, body } = await ask('POST', '/v1/identity/session', { body: { message, signature }, cookies: asked.cookies })
  if (status !== 200) throw new Error(`signing in was answered with ${status}: ${JSON.stringify(body)}`)
  return given - began + (performance.now() - signed)
}

const took: number[] = []
const begun = performance.now()
async function visitor(_: unknown, at: number): Promise<void> {
  await sleep((walletMs * at) / atOnce) // not all in step
  const account = privateKeyToAccount(generatePrivateKey())
  while (performance.now() - begun < WARM_UP_MS + seconds * 1_000) {
    const ms = await signIn(account)
    if (performance.now() - begun > WARM_UP_MS) took.push(ms)
  }
}
await Promise.all(Array.from({ length: atOnce }, visitor))
console.log(JSON.stringify(took))
agent.destroy()
