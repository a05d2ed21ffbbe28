import http from 'node:http'
import { ask } from './generate.ts'

/**
 * Visitors that search one thing after the other: a process of its own, so that it does not share its time with what it measures.
 * Settings come by the environment: API_URL, VISITORS, SECONDS, THINK_MS (how long each looks at what was found, on average), FIRST.
 * Prints the times of all answers in milliseconds as JSON.
 */
const { API_URL = '', VISITORS = '50', SECONDS = '20', THINK_MS = '0', FIRST = '0' } = process.env
const agent = new http.Agent({ keepAlive: true, maxSockets: Number(VISITORS) })
const WARM_UP_MS = 3_000
const began = performance.now()
const until = began + WARM_UP_MS + Number(SECONDS) * 1_000
const times: number[] = []
let number = Number(FIRST)

await Promise.all(Array.from({ length: Number(VISITORS) }, (_, which) => visit(which)))
agent.destroy()
console.log(JSON.stringify(times))

async function visit(which: number): Promise<void> {
  if (THINK_MS !== '0') await pause(Math.random() * Number(THINK_MS))
  for (let search = 0; performance.now() < until; search += 1) {
    const query = new URLSearchParams({ ...ask(number++) })
    const start = performance.now()
    await get(`${API_URL}/v1/listings?${query}`, addressOf(which, search))
    if (start > began + WARM_UP_MS) times.push(performance.now() - start)
    if (THINK_MS !== '0') await pause(-Math.log(1 - Math.random()) * Number(THINK_MS))
  }
}

/** Nobody searches more than some ten times in a row: then somebody else comes, from another address. */
function addressOf(which: number, search: number): string {
  const who = which * 4_001 + Math.floor(search / 10)
  return `10.${(who >> 16) & 255}.${(who >> 8) & 255}.${who & 255}`
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}

function get(url: string, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent, headers: { 'x-forwarded-for': address } }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${url} was answered with ${response.statusCode}`))
        response.resume().on('end', resolve)
      })
      .on('error', reject)
  })
}
