import type { Challenge, Session } from '@fairhold/api/contract/identity'
import { privateKeyToAccount } from 'viem/accounts'
import { createSiweMessage } from 'viem/siwe'
import type { Person } from './people.ts'

export interface ApiOptions {
  /** Base address of the api, such as http://127.0.0.1:4000. */
  apiUrl: string
  /** The dApp's origin: what sign-in messages are for and where writes come from. */
  origin: string
}

/** Speaks to the api as one person (or as a visitor until `signIn`), cookies included, the way the dApp does. */
export class Caller {
  readonly #options: ApiOptions
  readonly #cookies = new Map<string, string>()
  #csrf = ''

  constructor(options: ApiOptions) {
    this.#options = options
  }

  /** As the header that a browser would send. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** What has to come with every write. */
  get csrf(): string {
    return this.#csrf
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>('GET', path)
  }

  send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
    if (body === undefined) return this.#call<T>(method, path)
    return this.#call<T>(method, path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  }

  upload<T>(path: string, file: Uint8Array<ArrayBuffer>): Promise<T> {
    const form = new FormData()
    form.set('file', new Blob([file], { type: 'image/webp' }), 'photo.webp')
    return this.#call<T>('POST', path, { body: form })
  }

  /** Signs in with Ethereum (ERC-4361). */
  async signIn({ account: { privateKey } }: Person, chainId: number): Promise<void> {
    const account = privateKeyToAccount(privateKey)
    const challenge = await this.send<Challenge>('POST', '/v1/identity/nonce')
    const { origin } = this.#options
    const now = Date.now()
    const message = createSiweMessage({
      address: account.address,
      chainId,
      domain: new URL(origin).host,
      uri: origin,
      version: '1',
      ...challenge,
      issuedAt: new Date(now),
      expirationTime: new Date(now + 5 * 60_000),
    })
    const signed = { message, signature: await account.signMessage({ message }) }
    this.#csrf = (await this.send<Session>('POST', '/v1/identity/session', signed)).csrf
  }

  async #call<T>(
    method: string,
    path: string,
    { body, headers }: { body?: string | FormData; headers?: Record<string, string> } = {},
  ): Promise<T> {
    const { apiUrl, origin } = this.#options
    const request: RequestInit = {
      method,
      headers: { origin, cookie: this.cookie, 'x-csrf-token': this.#csrf, ...headers },
      signal: AbortSignal.timeout(30_000),
    }
    const response = await fetch(`${apiUrl}${path}`, body === undefined ? request : { ...request, body })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const text = await response.text()
    if (!response.ok) throw new ApiProblem(response.status, `${method} ${path}`, text)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
}

/** An answer of the api that is no success; `code` is the problem's stable name. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  readonly code: string

  constructor(status: number, request: string, body: string) {
    super(`${request} was answered with ${status}: ${body.slice(0, 600)}`)
    this.status = status
    this.code = /"code":"([A-Z_]+)"/.exec(body)?.[1] ?? ''
  }
}
