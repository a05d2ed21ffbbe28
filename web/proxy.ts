import { type NextRequest, NextResponse } from 'next/server'
import { LOCAL_API, policy, type Settings } from './lib/policy'

const API_URL = process.env.API_URL ?? LOCAL_API
const NONCE_BYTES = 16
const settings: Settings = {
  PUBLIC_RPC_URL: process.env.PUBLIC_RPC_URL,
  RPC_URL: process.env.RPC_URL,
  LIVE_URL: process.env.LIVE_URL,
  API_URL,
}
const development = process.env.NODE_ENV === 'development'

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
  const content = policy(settings, nonce, { development })
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
