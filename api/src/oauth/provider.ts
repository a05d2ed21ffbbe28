import { timingSafeEqual } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import type { Context } from '../context.ts'
import { sha256 } from '../identity/sessions.ts'
import { createAdapter } from './adapter.ts'
import { claimsOf } from './claims.ts'
import { ACR_PROVED, ACR_SIGNED_IN, oauthScopes } from './contract.ts'
import type { OauthKeys } from './keys.ts'
import { problemPath } from './pages.ts'
import { createPolicy } from './policy.ts'
import { shadowSessions } from './shadow-session.ts'

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400]

/** The provider without answers by a page that posts itself (response_mode=form_post): our pages run no script of others. */
class QueryProvider extends Provider {
  override registerResponseMode(...[name, handler]: Parameters<Provider['registerResponseMode']>): void {
    if (name !== 'form_post') super.registerResponseMode(name, handler)
  }
}

/**
 * The OpenID Connect provider (oidc-provider, OpenID-certified) with everything off that OAuth 2.1 does not need: codes with
 * PKCE only, opaque tokens, no request objects, no client assertions, no dynamic registration.
 */
export function createProvider(context: Context, keys: OauthKeys, log: FastifyBaseLogger): Provider {
  const issuer = issuerOf(context)
  const provider = new QueryProvider(issuer, configurationOf(context, keys, issuer))
  provider.proxy = true // scheme and host are those that mount.ts sets, never those of the request
  const { prototype } = provider.Client as unknown as { prototype: ClientRules }
  prototype.compareClientSecret = function compareClientSecret(secret) {
    const [given, kept] = [Buffer.from(sha256(secret)), Buffer.from(this.clientSecret ?? '')]
    return given.length === kept.length && timingSafeEqual(given, kept)
  }
  prototype.responseModeAllowed = (mode, type) => mode === 'query' || type !== 'code'
  shadowSessions(provider)
  provider.use(async (ctx, next) => {
    await next()
    if (ctx.path.startsWith('/.well-known/') && typeof ctx.body === 'object')
      ctx.body = { ...ctx.body, response_modes_supported: ['query'] }
  })
  provider.on('server_error', (_ctx, err) => log.error({ err }, 'the OAuth provider failed'))
  return provider
}

/** What others call us: the origin of the site. */
export function issuerOf({ env }: Context): string {
  const [origin] = env.origins
  if (!origin) throw new Error('environment: PUBLIC_ORIGIN is missing')
  return origin
}

interface ClientRules {
  clientSecret?: string
  compareClientSecret: (secret: string) => boolean
  responseModeAllowed: (mode: string, type: string) => boolean
}

function configurationOf(context: Context, keys: OauthKeys, issuer: string): Configuration {
  const prefix = (kind: '__Host-' | '__Secure-') => (context.env.secure ? kind : '')
  const on = { enabled: true }
  const off = { enabled: false }
  return {
    adapter: createAdapter(context, issuer),
    jwks: { keys: keys.signing },
    cookies: {
      keys: keys.cookies,
      names: {
        session: `${prefix('__Host-')}fairhold_oauth`,
        interaction: `${prefix('__Secure-')}fairhold_oauth_request`,
        resume: `${prefix('__Secure-')}fairhold_oauth_resume`,
      },
      long: { signed: true, httpOnly: true, sameSite: 'lax', secure: context.env.secure, path: '/' },
      short: { signed: true, httpOnly: true, sameSite: 'lax', secure: context.env.secure },
    },
    routes: {
      authorization: '/oauth/auth',
      token: '/oauth/token',
      userinfo: '/oauth/userinfo',
      jwks: '/oauth/jwks',
      revocation: '/oauth/revoke',
      introspection: '/oauth/introspect',
      end_session: '/oauth/end', // not served: see mount.ts
    },
    scopes: oauthScopes,
    claims: { openid: ['sub', 'did'], profile: ['name', 'wallet'], acr: null, auth_time: null, iss: null },
    acrValues: [ACR_PROVED, ACR_SIGNED_IN],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    clientBasedCORS: (_ctx, origin, client) => (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    findAccount: (_ctx, subject) => claimsOf(context, subject),
    interactions: { policy: createPolicy(), url: (_ctx, interaction) => `/oauth/${interaction.uid}` },
    renderError: (ctx, out, error) => renderError(ctx, out, error),
    ttl: {
      AuthorizationCode: MINUTE,
      AccessToken: HOUR,
      IdToken: HOUR,
      RefreshToken: 30 * DAY, // of each one, anew with every rotation
      Interaction: 30 * MINUTE,
      Session: 14 * DAY,
      Grant: 365 * DAY,
    },
    features: {
      devInteractions: off,
      userinfo: on,
      revocation: { ...on, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      introspection: {
        ...on,
        allowedPolicy: (_ctx, client, token) => client.clientAuthMethod !== 'none' && token.clientId === client.clientId,
      },
      resourceIndicators: off,
      pushedAuthorizationRequests: off,
      requestObjects: off,
      claimsParameter: off,
      rpInitiatedLogout: off,
      dPoP: off,
    },
  }
}

/** A program is told in JSON, a person on a page of ours in our words: what the request said is not repeated to them. */
function renderError(ctx: KoaContextWithOIDC, out: object, error: Error): void {
  if (ctx.accepts('json', 'html') !== 'html') {
    ctx.body = out
    return
  }
  ctx.status = 303
  ctx.redirect(problemPath(error))
}
