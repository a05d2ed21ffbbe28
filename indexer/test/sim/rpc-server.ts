import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Chain, ChainBlock } from './chain.ts'
import { callFaults, createFaults, type FaultPlan, type Faults, logFaults, socketFaults, transportFaults } from './faults.ts'
import { onFork, spoilLogs } from './lies.ts'
import type { Random } from './random.ts'
import { type Abilities, answer, type Call, headerJson, RpcFailure, type View } from './rpc-methods.ts'

const LAG_MOST = 6
const LOG_FAULT_WEIGHT = 3 // there are far fewer questions for logs than for headers

export type RpcServerOptions = {
  chain: Chain
  /** The height below which no node may be on another branch. */
  promised: () => number
  random: Random
  plan: FaultPlan
  abilities: Abilities
  /** How long a request that hangs is kept before its socket is closed, in milliseconds. */
  hangMs: number
  /** Told of each call before it is answered. */
  onCall: (method: string) => void
}

/** A node on 127.0.0.1, by HTTP and WebSocket, that is right as long as no fault strikes. */
export type RpcServer = Awaited<ReturnType<typeof startRpcServer>>

/** Serves the chain on a free port. Rejects if it cannot listen. */
export async function startRpcServer(options: RpcServerOptions) {
  const faults = createFaults(options.plan, options.random)
  const hanging = new Set<() => void>()
  const server = createServer((request, response) => {
    serve(request, response, { ...options, faults, hanging }).catch(() => response.destroy()) // the client went away
  })
  const sockets = serveSockets(new WebSocketServer({ server }), { ...options, faults })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}`,
    faultsSeen: faults.seen,
    /** From now on everything is answered, and rightly. */
    heal: (): void => {
      faults.heal()
      for (const release of hanging) release()
      sockets.heal()
    },
    stop: async (): Promise<void> => {
      for (const release of hanging) release()
      sockets.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

type Serving = RpcServerOptions & { faults: Faults; hanging: Set<() => void> }

async function serve(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer) // an IncomingMessage without encoding yields Buffers
  const asked = JSON.parse(Buffer.concat(chunks).toString()) as Call | Call[]
  const fault = serving.faults.draw(transportFaults)
  response.setHeader('content-type', 'application/json')
  if (fault === 'status429' || fault === 'status503') {
    response.writeHead(fault === 'status429' ? 429 : 503).end('{"error":"try again later"}')
    return
  }
  if (fault === 'garbage') {
    response.end('<html>no node here</html>')
    return
  }
  if (fault === 'hang') {
    await held(serving.hangMs, serving.hanging)
    response.destroy()
    return
  }
  if (fault === 'slow') await held(serving.random.int(5, 60), serving.hanging)
  const answers = [asked].flat().map((call) => answerCall(call, serving))
  if (fault === 'shuffle') answers.reverse()
  const body = JSON.stringify(Array.isArray(asked) ? answers : answers[0])
  if (fault !== 'cut') {
    response.end(body)
    return
  }
  response.setHeader('content-length', Buffer.byteLength(body))
  response.write(body.slice(0, body.length / 2), () => response.destroy())
}

function answerCall(call: Call, { chain, promised, faults, random, abilities, onCall }: Omit<Serving, 'hanging'>): object {
  onCall(call.method)
  const honest: View = { chain, head: chain.head(), finalized: chain.finalized() }
  try {
    if (call.method === 'eth_chainId') return { jsonrpc: '2.0', id: call.id, result: answer(call, honest, abilities) }
    const fault = faults.draw(callFaults)
    if (fault === 'rateLimited') throw new RpcFailure(-32005, 'too many requests')
    const view = fault === 'lag' ? lagging(honest, random) : fault === 'stale' ? stale(honest, promised(), random) : honest
    const result = answer(call, view, abilities)
    const lie = call.method === 'eth_getLogs' ? faults.draw(logFaults, LOG_FAULT_WEIGHT) : null
    if (lie === 'fork') {
      const other = stale(honest, promised(), random)
      return { jsonrpc: '2.0', id: call.id, result: answer(onFork(call, other), other, abilities) }
    }
    return { jsonrpc: '2.0', id: call.id, result: lie === null ? result : spoilLogs(result as object[], lie, view, random) }
  } catch (error) {
    if (!(error instanceof RpcFailure)) throw error
    return { jsonrpc: '2.0', id: call.id, error: { code: error.code, message: error.message } }
  }
}

function lagging(view: View, random: Random): View {
  const height = Math.max(0, view.head.number - random.int(1, LAG_MOST))
  return asOf(view, view.chain.ancestor(view.head, height) ?? view.head)
}

/** As a node that did not hear of a reorganisation; no node is behind finality. */
function stale(view: View, promised: number, random: Random): View {
  const orphans = view.chain.orphans().filter((one) => view.chain.forkOf(one, view.head) >= promised)
  return orphans.length === 0 ? view : asOf(view, random.pick(orphans))
}

function asOf(view: View, head: ChainBlock): View {
  return { ...view, head, finalized: Math.min(view.finalized, head.number) }
}

function held(ms: number, hanging: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const release = (): void => {
      clearTimeout(timer)
      hanging.delete(release)
      resolve()
    }
    const timer = setTimeout(release, ms)
    hanging.add(release)
  })
}

function serveSockets(server: WebSocketServer, serving: Omit<Serving, 'hanging'>) {
  const { chain, promised, faults, random } = serving
  const subscribers = new Set<WebSocket>()
  const silent = new Set<WebSocket>()
  server.on('connection', (socket) => {
    socket.on('error', () => socket.terminate())
    socket.on('close', () => subscribers.delete(socket))
    socket.on('message', (data) => {
      const call = JSON.parse(String(data)) as Call
      const isSubscription = call.method === 'eth_subscribe'
      if (isSubscription) subscribers.add(socket)
      const reply = isSubscription ? { jsonrpc: '2.0', id: call.id, result: '0x1' } : answerCall(call, serving)
      socket.send(JSON.stringify(reply))
    })
  })
  const send = (socket: WebSocket, block: ChainBlock | null): void => {
    const params = { subscription: '0x1', result: headerJson(block) }
    socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params }))
  }
  const announce = (head: ChainBlock): void => {
    for (const socket of subscribers) {
      const fault = faults.draw(socketFaults)
      if (fault === 'silent') silent.add(socket)
      if (silent.has(socket)) continue
      if (fault === 'noise') socket.send('{"jsonrpc": nothing')
      if (fault === 'old') send(socket, chain.ancestor(head, Math.max(0, head.number - random.int(1, LAG_MOST))))
      if (fault === 'forked') send(socket, stale({ chain, head, finalized: 0 }, promised(), random).head)
      if (fault === 'disconnect') socket.terminate()
      else send(socket, head)
      if (fault === 'repeat') send(socket, head)
    }
  }
  const stopListening = chain.onHead(announce)
  return {
    heal: () => silent.clear(),
    close: () => {
      stopListening()
      for (const socket of server.clients) socket.terminate()
      server.close()
    },
  }
}
