/** What of the settings says where browsers go beside this site (docs/operations.md). */
export interface Settings {
  PUBLIC_RPC_URL?: string | undefined
  RPC_URL?: string | undefined
  LIVE_URL?: string | undefined
  API_URL?: string | undefined
}

const LOCAL_NODE = 'http://127.0.0.1:8545'
export const LOCAL_API = 'http://127.0.0.1:4000'

/**
 * Only this site, its live connection and the chain's node may be talked to; nothing may frame us; no script runs but our own files
 * and the inline ones that carry this answer's nonce (Next puts it on its own). Styles may be inline: the attributes of avatars are.
 */
export function policy(settings: Settings, nonce: string, options: { development: boolean }): string {
  const development = options.development ? " 'unsafe-eval'" : '' // React tells more of errors there
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${development}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${["'self'", ...origins(settings)].join(' ')}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Where the API sends browsers: its own defaults stand in for what is not set. */
function origins({ PUBLIC_RPC_URL, RPC_URL, LIVE_URL, API_URL }: Settings): Set<string> {
  const live = LIVE_URL || (API_URL || LOCAL_API).replace(/^http/, 'ws')
  return new Set([PUBLIC_RPC_URL || RPC_URL || LOCAL_NODE, live].flatMap((urls) => urls.split(',').flatMap(originOf)))
}

/** No more of an address than says where it is: the path of a node's is often its key, and everybody reads this header. */
function originOf(text: string): string[] {
  const url = text.trim()
  if (!URL.canParse(url)) return []
  const { origin } = new URL(url)
  return /^(https?|wss?):\/\//.test(origin) ? [origin] : []
}
