import http from 'node:http'
import { ada } from '@fairhold/protocol/dev-accounts'
import { Caller } from '../../seed/api.ts'

const REQUESTS = 3_000
const WARM_UP = 500
/** Reads one small thing from Postgres, and says the same to everybody. */
const PATH = '/v1/deals?limit=1'

export interface Spread {
  p50: number
  p95: number
  p99: number
  count: number
}

/** The same request by a visitor and by somebody signed in, in turns, so that what slows the machine slows both. Milliseconds. */
export async function checkCost(apiUrl: string): Promise<{ without: Spread; with: Spread }> {
  const caller = new Caller({ apiUrl, origin: 'http://localhost:3000' })
  await caller.signIn({ account: ada } as never, 31337)
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const took = { without: [] as number[], with: [] as number[] }
  for (let request = 0; request < REQUESTS; request += 1) {
    for (const [kind, cookie] of [
      ['without', ''],
      ['with', caller.cookie],
    ] as const) {
      const began = performance.now()
      await get(`${apiUrl}${PATH}`, cookie, agent)
      if (request >= WARM_UP) took[kind].push(performance.now() - began)
    }
  }
  agent.destroy()
  return { without: spread(took.without), with: spread(took.with) }
}

function get(url: string, cookie: string, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent, headers: cookie ? { cookie } : {} }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${url} was answered with ${response.statusCode}`))
        response.resume().on('end', resolve)
      })
      .on('error', reject)
  })
}

/** Percentiles of times. */
export function spread(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count: sorted.length }
}
