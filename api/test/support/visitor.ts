import type { DevAccount } from '@fairhold/protocol/dev-accounts'
import type { FastifyInstance } from 'fastify'
import { privateKeyToAccount } from 'viem/accounts'
import { createSiweMessage } from 'viem/siwe'
import { ORIGIN } from './market.ts'

export interface Answer {
  status: number
  // The tests know what they asked for.
  body: ReturnType<typeof JSON.parse>
  headers: Record<string, string | number | string[] | undefined>
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type SiweChanges = Partial<Parameters<typeof createSiweMessage>[0]>

/** Somebody's browser: it keeps its cookies. */
export class Visitor {
  readonly cookies: Record<string, string> = {}
  /** What the api told of the session, and wants to see with writes. */
  csrf = ''
  readonly #app: FastifyInstance

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  get(url: string): Promise<Answer> {
    return this.send('GET', url)
  }

  async send(method: Method, url: string, body?: object | string, headers: Record<string, string> = {}): Promise<Answer> {
    const payload = body === undefined ? {} : { payload: body }
    const all = this.csrf ? { 'x-csrf-token': this.csrf, ...headers } : headers
    const answer = await this.#app.inject({ method, url, headers: all, cookies: this.cookies, ...payload })
    for (const { name, value } of answer.cookies) this.cookies[name] = value
    const isJson = String(answer.headers['content-type'] ?? '').includes('json')
    const given = isJson ? answer.json() : answer.rawPayload
    if (typeof given?.csrf === 'string') this.csrf = given.csrf
    return { status: answer.statusCode, body: given, headers: answer.headers }
  }

  async nonce(): Promise<string> {
    return (await this.send('POST', '/v1/identity/nonce')).body.nonce
  }

  /** A message (ERC-4361) of `signer` that the api takes, but for `changes`. */
  messageToSign(signer: DevAccount, changes: SiweChanges & { nonce: string }): string {
    return siweMessage({ address: signer.address, ...changes })
  }

  async sign(signer: DevAccount, message: string) {
    return { message, signature: await privateKeyToAccount(signer.privateKey).signMessage({ message }) }
  }

  /** Signs, with the wallet of `signer`, what `purpose` asks for, and hands it in at `url`. */
  async signFor(purpose: 'prove' | 'link-wallet', url: string, signer: DevAccount, changes: SiweChanges = {}): Promise<Answer> {
    const { body } = await this.send('POST', '/v1/identity/nonce', { purpose })
    const message = siweMessage({ address: signer.address, ...body, ...changes })
    return this.send('POST', url, await this.sign(signer, message))
  }

  /** Asks for a nonce, signs and hands it in. Says how that went. */
  async signIn(account: DevAccount, changes: SiweChanges = {}): Promise<Answer> {
    const message = siweMessage({ address: account.address, nonce: await this.nonce(), ...changes })
    return this.send('POST', '/v1/identity/session', await this.sign(account, message))
  }

  handIn(message: string, signature: string): Promise<Answer> {
    return this.send('POST', '/v1/identity/session', { message, signature })
  }

  /** A multipart upload of one file. */
  upload(url: string, file: Buffer, name = 'photo.jpg'): Promise<Answer> {
    const boundary = 'a-boundary-of-the-tests'
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/jpeg\r\n\r\n`
    const payload = Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)])
    return this.send('POST', url, payload, { 'content-type': `multipart/form-data; boundary=${boundary}` })
  }
}

/** Somebody who is signed in. */
export async function signedIn(app: FastifyInstance, account: DevAccount): Promise<Visitor> {
  const visitor = new Visitor(app)
  const { status, body } = await visitor.signIn(account)
  if (status !== 200) throw new Error(`could not sign in: ${JSON.stringify(body)}`)
  return visitor
}

/** A message that the api takes, but for `changes`. */
export function siweMessage(changes: SiweChanges & Pick<Parameters<typeof createSiweMessage>[0], 'address' | 'nonce'>): string {
  const now = Date.now()
  return createSiweMessage({
    domain: new URL(ORIGIN).host,
    uri: ORIGIN,
    version: '1',
    chainId: 31337,
    issuedAt: new Date(now),
    expirationTime: new Date(now + 300_000),
    ...changes,
  })
}
