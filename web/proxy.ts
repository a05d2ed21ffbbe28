import { type NextRequest, NextResponse } from 'next/server'

const API_URL = process.env.API_URL ?? 'http://127.0.0.1:4000'
const RPC_URL = process.env.RPC_URL ?? 'http://127.0.0.1:8545'
const LIVE_ORIGIN = API_URL.replace(/^http/, 'ws')
const NONCE_BYTES = 16

/**
 * Only this site, its API and the chain's node may be talked to; nothing may frame us; no script runs but our own files and the
 * inline ones that carry this answer's nonce (Next puts it on its own). Styles may be inline: the attributes of avatars are.
 */
function policy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '' // React tells more of errors there
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${development}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${RPC_URL} ${LIVE_ORIGIN}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** What of OAuth the API answers; the consent page and the page of problems are ours. */
const OAUTH = /^\/oauth\/(?:(?:auth|token|userinfo|jwks|revoke|introspect)(?:\/|$)|[^/]+\/(?:request|decision)$)/
const DISCOVERY = /^\/\.well-known\/(?:openid-configuration|oauth-authorization-server)$/

const isForApi = (path: string): boolean => path.startsWith('/v1/') || OAUTH.test(path) || DISCOVERY.test(path)

/** Hands `/v1` and OAuth to the API under this site's own origin, and puts the security headers on every page. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  // The server answers those itself (lib/refuse-upgrades.ts). Should one get here, it goes no further.
  if (request.headers.has('upgrade')) return new NextResponse(null, { status: 426 })
  if (isForApi(pathname)) return NextResponse.rewrite(new URL(pathname + search, API_URL))
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString('base64')
  const content = policy(nonce)
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', content) // where Next looks for the nonce
  headers.set('x-nonce', nonce) // where app/layout.tsx does
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', content)
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'same-origin')
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  return response
}

export const config = { matcher: ['/((?!_next/static|_next/image|favicon|icon).*)'] }
