import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/**
 * Adds the address of whoever is connected to the end of X-Forwarded-For, of every request before Next sees it. Next itself hands
 * on what the visitor wrote there, so that anybody could seem to be somebody else and no limit would hold. The api believes the
 * last address that is not one of our proxies: what a visitor writes stands before that, and counts for nothing.
 */
export function appendVisitorAddress(): void {
  subscribe('http.server.request.start', (message) => {
    // Node publishes this with each request, before anybody hears of it.
    const { headers, socket } = (message as { request: IncomingMessage }).request
    const peer = socket.remoteAddress ?? 'unknown'
    const given = headers['x-forwarded-for']
    headers['x-forwarded-for'] = given === undefined ? peer : `${given}, ${peer}`
  })
}
