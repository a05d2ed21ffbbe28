import { type NextRequest, NextResponse } from 'next/server'

const API_URL = process.env.API_URL ?? 'http://127.0.0.1:4000'
const RPC_URL = process.env.RPC_URL ?? 'http://127.0.0.1:8545'
const LIVE_ORIGIN = API_URL.replace(/^http/, 'ws')

/** Only this site, its API and the chain's node may be talked to; nothing may frame us. Next's own scripts are inline. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  `connect-src 'self' ${RPC_URL} ${LIVE_ORIGIN}`,
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** What of OAuth the API answers; the consent page and the page of problems are ours. */
const OAUTH = /^\/oauth\/(?:(?:auth|token|userinfo|jwks|revoke|introspect)(?:\/|$)|[^/]+\/(?:request|decision)$)/
const DISCOVERY = /^\/\.well-known\/(?:openid-configuration|oauth-authorization-server)$/

const isForApi = (path: string): boolean => path.startsWith('/v1/') || OAUTH.test(path) || DISCOVERY.test(path)

/** Hands `/v1` and OAuth to the API under this site's own origin, and puts the security headers on every page. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  // A WebSocket goes to the API directly. Next would pass one on with whatever address the visitor claims to have.
  if (request.headers.has('upgrade')) return new NextResponse(null, { status: 426 })
  if (isForApi(pathname)) return NextResponse.rewrite(new URL(pathname + search, API_URL))
  const response = NextResponse.next()
  response.headers.set('content-security-policy', POLICY)
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'same-origin')
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  return response
}

export const config = { matcher: ['/((?!_next/static|_next/image|favicon|icon).*)'] }
