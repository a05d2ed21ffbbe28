import { createReadStream, globSync } from 'node:fs'
import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'

const TYPES: Record<string, string> = { js: 'application/javascript; charset=UTF-8', css: 'text/css; charset=UTF-8' }
const PREFIX = '/_next/'

/** The brotli beside the files of a build (scripts/start/compress.ts), by the path that browsers ask for. */
function compressedIn(build: string): Map<string, string> {
  const files = globSync('static/**/*.br', { cwd: build })
  return new Map(files.map((file) => [PREFIX + file.replaceAll('\\', '/').slice(0, -'.br'.length), join(build, file)]))
}

const takesBrotli = ({ headers }: IncomingMessage): boolean =>
  /\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(headers['accept-encoding']))

/**
 * Answers with brotli where a browser takes it and the build has it: scripts and styles are a seventh smaller than as the gzip that Next
 * makes on the fly. Only what was there when the server started is looked for, by its whole path; all else is Next's to answer. Next
 * makes its server before this runs and lets nobody at it, as with upgrades (refuse-upgrades.ts).
 */
export function serveBrotli(build: string): void {
  const known = compressedIn(build)
  if (known.size === 0) return
  const emit = Server.prototype.emit
  Server.prototype.emit = function (this: Server, event: string | symbol, ...given: unknown[]) {
    const [request, response] = given as [IncomingMessage, ServerResponse]
    const file =
      event === 'request' && request.method === 'GET' ? known.get(String(request.url).split('?', 1)[0] ?? '') : undefined
    if (file === undefined || request.headers.range !== undefined || !takesBrotli(request)) {
      return Reflect.apply(emit, this, [event, ...given]) as boolean
    }
    send(file, response)
    return true
  } as typeof emit
}

function send(file: string, response: ServerResponse): void {
  response.setHeader('content-type', TYPES[file.split('.').at(-2) ?? ''] ?? 'application/octet-stream')
  response.setHeader('content-encoding', 'br')
  response.setHeader('vary', 'Accept-Encoding')
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('cache-control', 'public, max-age=31536000, immutable') // their names change with their content
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response)
}
