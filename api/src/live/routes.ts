import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { RawData, WebSocket } from 'ws'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { networkOf } from '../http/network.ts'
import { type LiveMessage, positionShape, subscribeShape } from './contract.ts'
import { LiveHub, type Subscriber } from './hub.ts'

const PING_MS = 25_000
/** Open pages of one network, and what one page may ask in ten seconds: each question reads from Postgres. */
const MOST_PAGES = 100
const MOST_MESSAGES = 20
const WINDOW_MS = 10_000
const MAX_BUFFERED = 1 << 20 // a page that does not read what it asked for is let go

/** The WebSocket of live changes. It carries nothing private: a message says that something changed, not what. */
export function liveRoutes(app: FastifyInstance, context: Context): void {
  const hub = new LiveHub(context, app.log)
  const pages = new Map<string, number>()
  app.addHook('onReady', () => hub.open())
  app.addHook('onClose', () => hub.close())

  app.withTypeProvider<ZodTypeProvider>().get(
    '/live/position',
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: {
        tags: ['live'],
        summary: 'Where the stream of changes is. A page asks first, so that it can subscribe from there on',
        response: { 200: positionShape },
      },
    },
    async () => hub.position(),
  )

  app.get(
    '/live',
    { websocket: true, config: { access: { who: 'anyone', data: 'public' } }, schema: { hide: true } },
    async (socket, request) => {
      const { origin } = request.headers
      if (origin !== undefined && !context.env.origins.includes(origin)) return socket.close(1008, 'foreign origin')
      const giveBack = takePage(pages, networkOf(request.ip))
      if (!giveBack) return socket.close(1013, 'too many pages are open')
      const send = (message: LiveMessage) =>
        socket.bufferedAmount > MAX_BUFFERED ? socket.terminate() : socket.send(JSON.stringify(message))
      const subscriber: Subscriber = { topics: new Set(), send }
      const ends = [giveBack, hub.add(subscriber), keepAlive(socket)]
      socket.on('close', () => ends.map((end) => end()))
      socket.on('error', () => socket.terminate())
      listen(socket, (text) => subscribe(hub, subscriber, text))
      send({ type: 'hello', ...(await hub.position()) })
    },
  )
}

/** Counts an open page of a network. Returns what counts it off again; null if there are too many. */
function takePage(pages: Map<string, number>, network: string): (() => void) | null {
  const open = pages.get(network) ?? 0
  if (open >= MOST_PAGES) return null
  pages.set(network, open + 1)
  return () => {
    const left = (pages.get(network) ?? 1) - 1
    if (left > 0) pages.set(network, left)
    else pages.delete(network)
  }
}

/** Hands on what a page asks, one after the other, and hangs up on one that asks without an end or in no language of ours. */
function listen(socket: WebSocket, ask: (text: string) => Promise<void>): void {
  const isTooMuch = countIn(WINDOW_MS, MOST_MESSAGES)
  let asked = Promise.resolve()
  socket.on('message', (data: RawData) => {
    if (isTooMuch()) return socket.close(1008, 'too many messages')
    asked = asked
      .then(() => ask(String(data)))
      .catch(() => socket.close(1007, 'send {"subscribe": ["market", "deal:0x…", "account:0x…"]}'))
  })
}

async function subscribe(hub: LiveHub, subscriber: Subscriber, text: string): Promise<void> {
  const parsed = subscribeShape.safeParse(JSON.parse(text))
  if (!parsed.success) throw new AppError('VALIDATION', 'not a subscription')
  subscriber.topics = new Set(parsed.data.subscribe)
  for (const message of await hub.missed(parsed.data, subscriber.topics)) subscriber.send(message)
}

/** Counts its calls; true from the one on that is more than `most` within so many milliseconds. */
function countIn(windowMs: number, most: number): () => boolean {
  let [began, count] = [performance.now(), 0]
  return () => {
    const now = performance.now()
    if (now - began > windowMs) [began, count] = [now, 0]
    count += 1
    return count > most
  }
}

/** A connection that died without a word is noticed by its silence. */
function keepAlive(socket: WebSocket): () => void {
  let heard = true
  socket.on('pong', () => (heard = true))
  const timer = setInterval(() => {
    if (!heard) return socket.terminate()
    heard = false
    socket.ping()
  }, PING_MS)
  return () => clearInterval(timer)
}
