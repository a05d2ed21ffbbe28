import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type Answer, Visitor } from './visitor.ts'

export const CALLBACK = 'https://app.example/back'

/** An app of others, as it knows itself. */
export interface App {
  id: string
  secret: string | null
  redirectUri: string
}

type Params = Record<string, string | undefined>

/** Registers an app for who is signed in. */
export async function registerApp(
  owner: Visitor,
  { confidential = true, name = 'Ship Shape', redirectUris = [CALLBACK] } = {},
): Promise<App> {
  const body = { name, homepage: 'https://app.example/', redirectUris, confidential }
  const answer = await owner.send('POST', '/v1/oauth/clients', body)
  if (answer.status !== 201) throw new Error(`could not register: ${JSON.stringify(answer.body)}`)
  return { id: answer.body.id, secret: answer.body.secret, redirectUri: redirectUris[0] ?? '' }
}

export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** Where an app sends a person; `undefined` leaves a parameter out. */
export function authorizeUrl(app: App, changes: Params = {}): string {
  const params: Params = {
    client_id: app.id,
    redirect_uri: app.redirectUri,
    response_type: 'code',
    scope: 'openid profile deals:read',
    code_challenge: pkce().challenge,
    code_challenge_method: 'S256',
    ...changes,
  }
  return `/oauth/auth?${encoded(params)}`
}

function encoded(params: Params): string {
  return new URLSearchParams(
    Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString()
}

/** Where an answer sends the browser. */
export function locationOf({ status, headers, body }: Answer): URL {
  if (status !== 303) throw new Error(`no redirect but ${status}: ${String(body).slice(0, 500)}`)
  return new URL(String(headers.location), 'http://localhost:3000')
}

/** Goes on from the answer of the provider to the one that sends the person back, saying yes or no where asked. */
export async function decide(visitor: Visitor, first: Answer, allow = true): Promise<URL> {
  const asked = locationOf(first)
  if (!/^\/oauth\/[\w-]{21,}$/.test(asked.pathname)) return asked
  const decided = await visitor.send('POST', `${asked.pathname}/decision`, { allow })
  if (decided.status !== 200) throw new Error(`could not decide: ${JSON.stringify(decided.body)}`)
  return locationOf(await visitor.get(decided.body.location))
}

/** A person logs in to an app: the answer that the app gets, and its PKCE verifier. */
export async function logIn(
  visitor: Visitor,
  app: App,
  changes: Params = {},
): Promise<{ code: string; verifier: string; back: URL }> {
  const { verifier, challenge } = pkce()
  const first = await visitor.get(authorizeUrl(app, { code_challenge: challenge, ...changes }))
  const back = await decide(visitor, first)
  const code = back.searchParams.get('code')
  if (!code) throw new Error(`no code in ${back}`)
  return { code, verifier, back }
}

/** A request of an app to the provider, with its secret where it has one. */
export function ask(
  api: FastifyInstance,
  app: App,
  path: string,
  params: Params,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const basic = Buffer.from(`${app.id}:${app.secret}`).toString('base64')
  const form = encoded(app.secret ? params : { client_id: app.id, ...params })
  return new Visitor(api).send('POST', `/oauth/${path}`, form, {
    'content-type': 'application/x-www-form-urlencoded',
    ...(app.secret ? { authorization: `Basic ${basic}` } : {}),
    ...headers,
  })
}

/** An app hands in the code that a person came back with. */
export function exchange(
  api: FastifyInstance,
  app: App,
  { code, verifier, redirectUri = app.redirectUri }: { code: string; verifier: string | undefined; redirectUri?: string },
): Promise<Answer> {
  return ask(api, app, 'token', { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier })
}

export function refresh(api: FastifyInstance, app: App, token: string, changes: Params = {}): Promise<Answer> {
  return ask(api, app, 'token', { grant_type: 'refresh_token', refresh_token: token, ...changes })
}

/** Logs a person in and gets the app its tokens. */
export async function tokensFor(api: FastifyInstance, visitor: Visitor, app: App, changes: Params = {}) {
  const answer = await exchange(api, app, await logIn(visitor, app, changes))
  if (answer.status !== 200) throw new Error(`no tokens: ${JSON.stringify(answer.body)}`)
  return answer.body as { access_token: string; refresh_token?: string; id_token?: string; scope: string }
}

/** Asks our api with an access token or a key. */
export function withToken(api: FastifyInstance, token: string, url: string): Promise<Answer> {
  return new Visitor(api).send('GET', url, undefined, { authorization: `Bearer ${token}` })
}

/** Scope and prompt of an app that goes on while the person is away. */
export const OFFLINE = { scope: 'openid profile deals:read offline_access', prompt: 'consent' }
