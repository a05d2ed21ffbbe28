import { createServer } from 'node:http'
import { freePort } from './chain.ts'

type Call = { id: number; method: string; params: unknown[] }
type Answer = { id: number; result?: unknown }

/** A node that passes everything on to another one, except that `tamper` may change each answer. */
export async function startProxy(target: string, tamper: (call: Call, answer: Answer) => Answer) {
  const port = await freePort()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer) // an IncomingMessage without encoding yields Buffers
    const body = Buffer.concat(chunks).toString()
    const passedOn = await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    const calls = [JSON.parse(body)].flat() as Call[]
    const given: unknown = await passedOn.json()
    const answers = ([given].flat() as Answer[]).map((answer) => {
      const call = calls.find(({ id }) => id === answer.id)
      return call === undefined ? answer : tamper(call, answer)
    })
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(Array.isArray(given) ? answers : answers[0]))
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async (): Promise<void> => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
