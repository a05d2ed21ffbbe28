import { createServer, type Server, type ServerResponse } from 'node:http'
import { metricsText } from './metrics.ts'
import type { Status } from './status.ts'

/**
 * Serves GET /health (the process lives), /ready (200 only where every chain's tables end at its latest block, by hash)
 * and /metrics (Prometheus text) on 127.0.0.1. Rejects if the port is taken.
 */
export async function serveHealth(port: number, chains: readonly Status[]): Promise<Server> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]
    if (path === '/health') return sendJson(response, 200, { status: 'ok' })
    if (path === '/ready') {
      const snapshots = chains.map((status) => status.snapshot())
      const ready = snapshots.every((snapshot) => snapshot.ready)
      return sendJson(response, ready ? 200 : 503, { ready, chains: snapshots })
    }
    if (path === '/metrics') return send(response, 200, 'text/plain; version=0.0.4; charset=utf-8', metricsText(chains))
    return sendJson(response, 404, { status: 'not found' })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return server
}

function sendJson(response: ServerResponse, code: number, body: object): void {
  send(response, code, 'application/json', JSON.stringify(body))
}

function send(response: ServerResponse, code: number, type: string, body: string): void {
  response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}
