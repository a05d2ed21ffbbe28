import { createServer, type Server, type ServerResponse } from 'node:http'
import { type CounterName, counterNames, type Status } from './status.ts'

const counterHelp = {
  events: 'Events stored.',
  steps: 'Transactions committed.',
  reorgs: 'Reorganisations undone.',
  reorgBlocks: 'Blocks taken back by reorganisations.',
  withheldLogs: 'Blocks whose logs the node left out of its first answer.',
  unknownLogs: 'Logs of our contracts that their ABI does not know.',
  failures: 'Times the node or Postgres failed and the indexer started over.',
} as const satisfies Record<CounterName, string>

/**
 * Serves GET /health (the process lives), /ready (200 only where the tables end at the node's latest block, by hash)
 * and /metrics (Prometheus text) on 127.0.0.1. Rejects if the port is taken.
 */
export async function serveHealth(port: number, status: Status): Promise<Server> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]
    if (path === '/health') return sendJson(response, 200, { status: 'ok' })
    if (path === '/ready') {
      const snapshot = status.snapshot()
      return sendJson(response, snapshot.ready ? 200 : 503, snapshot)
    }
    if (path === '/metrics') return send(response, 200, 'text/plain; version=0.0.4; charset=utf-8', metricsText(status))
    return sendJson(response, 404, { status: 'not found' })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return server
}

/** The metrics in Prometheus' text format. */
export function metricsText(status: Status): string {
  const { ready, indexed, head, lagBlocks, lagSeconds, headAgeSeconds, haltedDeals, webSocket } = status.snapshot()
  const { sum, count } = status.commitSeconds
  const lines = [
    gauge('ready', 'Whether the tables end at the latest block.', ready ? 1 : 0),
    gauge('block_number', 'Last block stored.', indexed?.number),
    gauge('head_block_number', "Node's latest block.", head?.number),
    gauge('lag_blocks', 'Blocks behind the head.', lagBlocks),
    gauge('lag_seconds', 'Seconds of chain time behind the head.', lagSeconds),
    gauge('head_age_seconds', 'Seconds since the node last gave a head.', headAgeSeconds),
    gauge('halted_deals', 'Deals whose events contradict the machine.', haltedDeals.length),
    gauge('websocket_connected', 'Whether new heads are announced.', webSocket ? 1 : 0),
    ...counterNames.map((name) => metric('counter', `${snakeCase(name)}_total`, counterHelp[name], status.counters.get(name))),
    ...[...status.requests].map(([method, calls]) => `fairhold_indexer_rpc_requests_total{method="${method}"} ${calls}`),
    `# TYPE fairhold_indexer_commit_seconds summary`,
    `fairhold_indexer_commit_seconds_sum ${sum}`,
    `fairhold_indexer_commit_seconds_count ${count}`,
  ]
  return `${lines.filter((line) => line !== null).join('\n')}\n`
}

function gauge(name: string, help: string, value: number | null | undefined): string | null {
  return metric('gauge', name, help, value)
}

function metric(type: 'gauge' | 'counter', name: string, help: string, value: number | null | undefined): string | null {
  if (value === null || value === undefined) return null
  const full = `fairhold_indexer_${name}`
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${full} ${value}`
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function sendJson(response: ServerResponse, code: number, body: object): void {
  send(response, code, 'application/json', JSON.stringify(body))
}

function send(response: ServerResponse, code: number, type: string, body: string): void {
  response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}
