import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Gate {
  url: string
  /** Calls `then` once, when a request for this method comes: before it is passed on, or after the node has answered. */
  when: (method: string, moment: 'before' | 'after', then: () => void) => void
  stop: () => Promise<void>
}

/** Stands between a process and a node: what the process asks is seen, and can be made to go wrong. */
export async function openGate(target: string): Promise<Gate> {
  let watched: { method: string; moment: 'before' | 'after'; then: () => void } | null = null
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const body = Buffer.concat(chunks).toString()
      const hit = watched !== null && body.includes(`"${watched.method}"`) ? watched : null
      if (hit) watched = null
      if (hit?.moment === 'before') {
        hit.then()
        return response.destroy()
      }
      const answer = await fetch(target, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
      const text = await answer.text()
      if (hit) {
        hit.then()
        return response.destroy()
      }
      return response.writeHead(200, { 'content-type': 'application/json' }).end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    when: (method, moment, then) => {
      watched = { method, moment, then }
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
