import { type IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

const REFUSAL = [
  'HTTP/1.1 426 Upgrade Required',
  'Connection: close',
  'Content-Length: 0',
  'Content-Type: text/plain',
  'X-Content-Type-Options: nosniff',
  '',
  '',
].join('\r\n')

/** In development Next tells the browser of changed files over a WebSocket of its own. */
const isForNext = ({ url = '' }: IncomingMessage): boolean => url.startsWith('/_next/')

/**
 * Answers requests to become something else, such as a WebSocket, with 426. Live changes come from the API itself, and Next would
 * pass an upgrade on with whatever address the visitor claims to have, or leave the connection open without an answer. Next makes its
 * server before this runs and lets nobody at it, so what is changed is what every server does when it hears of an upgrade.
 */
export function refuseUpgrades(): void {
  const emit = Server.prototype.emit
  Server.prototype.emit = function (this: Server, event: string | symbol, ...given: unknown[]) {
    const [request, socket] = given as [IncomingMessage, Duplex]
    if (event !== 'upgrade' || isForNext(request)) return Reflect.apply(emit, this, [event, ...given]) as boolean
    socket.on('error', () => socket.destroy()) // gone before it was told
    socket.end(REFUSAL)
    return true
  } as typeof emit
}
