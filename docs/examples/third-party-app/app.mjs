import { randomBytes } from 'node:crypto'
import * as oidc from 'openid-client'
import { page } from './page.mjs'

const SCOPE = 'openid profile deals:read offline_access'

/**
 * An app that logs people in with Fairhold and lists their deals: a handler for Node's http server.
 * Sessions are kept in memory; a real app has a database.
 */
export async function createApp({ fairhold, clientId, clientSecret, origin }) {
  const local = new URL(fairhold).protocol === 'http:' // a market on this machine
  const config = await oidc.discovery(
    new URL(fairhold),
    clientId,
    undefined,
    clientSecret ? oidc.ClientSecretBasic(clientSecret) : oidc.None(),
    local ? { execute: [oidc.allowInsecureRequests] } : undefined,
  )
  const callback = `${origin}/callback`
  const sessions = new Map()

  /** Sends the browser to Fairhold. What has to come back is kept here, bound to this browser by its cookie. */
  async function login({ session }) {
    session.pending = { verifier: oidc.randomPKCECodeVerifier(), state: oidc.randomState(), nonce: oidc.randomNonce() }
    const { verifier, state, nonce } = session.pending
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: SCOPE,
      prompt: 'consent', // without it there is no refresh token
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    return { redirect: url.href }
  }

  /** Back from Fairhold. The library checks state, nonce, issuer, signature and audience, and hands in code and verifier. */
  async function finish({ url, session, renew }) {
    const { pending } = session
    delete session.pending // one answer to one question
    if (!pending) return { status: 400, body: page({ problem: 'Nobody began to log in here.' }) }
    try {
      const tokens = await oidc.authorizationCodeGrant(config, url, {
        pkceCodeVerifier: pending.verifier,
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        idTokenExpected: true,
      })
      const { sub } = tokens.claims()
      const person = await oidc.fetchUserInfo(config, tokens.access_token, sub)
      Object.assign(renew(), { tokens, person }) // a new session: whoever knew the old one's cookie has nothing
      return { redirect: '/' }
    } catch (error) {
      return { status: 400, body: page({ problem: `Logging in did not work: ${error.error ?? error.message}` }) }
    }
  }

  async function home({ session }) {
    if (!session.person) return { body: page({}) }
    try {
      return { body: page({ person: session.person, deals: await dealsOf(session) }) }
    } catch {
      end(session)
      return { body: page({ problem: 'Fairhold does not let us in any more. Log in again.' }) }
    }
  }

  /** The person's deals. An access token lasts an hour; when it is refused the refresh token gets another, once. */
  async function dealsOf(session) {
    const address = session.person.wallet.split(':').at(-1)
    const { items } = await ask(session, `/v1/deals?account=${address}&limit=10`)
    return Promise.all(items.map(({ id }) => ask(session, `/v1/deals/${id}`)))
  }

  async function ask(session, path) {
    const once = () => fetch(new URL(path, fairhold), { headers: { authorization: `Bearer ${session.tokens.access_token}` } })
    let response = await once()
    if (response.status === 401) {
      await refresh(session)
      response = await once()
    }
    if (!response.ok) throw new Error(`Fairhold answered ${response.status}`)
    return response.json()
  }

  /** Each refresh token is good once: of requests at the same time only one may use it. */
  function refresh(session) {
    session.refreshing ??= oidc
      .refreshTokenGrant(config, session.tokens.refresh_token)
      .then((tokens) => Object.assign(session, { tokens }))
      .finally(() => delete session.refreshing)
    return session.refreshing
  }

  async function renewTokens({ session }) {
    if (session.tokens) await refresh(session).catch(() => end(session))
    return { redirect: '/' }
  }

  async function logout({ session }) {
    if (session.tokens) await oidc.tokenRevocation(config, session.tokens.refresh_token).catch(() => undefined)
    end(session)
    return { redirect: '/' }
  }

  function end(session) {
    for (const key of Object.keys(session)) delete session[key]
  }

  const routes = {
    'GET /': home,
    'POST /login': login,
    'GET /callback': finish,
    'POST /refresh': renewTokens,
    'POST /logout': logout,
  }

  return async (request, response) => {
    const url = new URL(request.url ?? '/', origin)
    const route = routes[`${request.method} ${url.pathname}`]
    if (!route) return void response.writeHead(404).end()
    const cookie = /(?:^|; )app=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]
    const renew = () => {
      sessions.delete(cookie)
      const id = randomBytes(32).toString('base64url')
      const session = {}
      sessions.set(id, session)
      response.setHeader('set-cookie', `app=${id}; HttpOnly; SameSite=Lax; Path=/`)
      return session
    }
    const session = sessions.get(cookie) ?? renew()
    const { redirect, status = 200, body } = await route({ url, session, renew })
    if (redirect) return void response.writeHead(303, { location: redirect }).end()
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body)
  }
}
