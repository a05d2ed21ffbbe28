import type { FastifyInstance } from 'fastify'
import type { RawData, WebSocket } from 'ws'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { type LiveMessage, subscribeShape } from './contract.ts'
import { LiveHub, type Subscriber } from './hub.ts'

const PING_MS = 25_000
const MAX_BUFFERED = 1 << 20 // a page that does not read what it asked for is let go

/** The WebSocket of live changes. It carries nothing private: a message says that something changed, not what. */
export function liveRoutes(app: FastifyInstance, context: Context): void {
  const hub = new LiveHub(context, app.log)
  app.addHook('onReady', () => hub.open())
  app.addHook('onClose', () => hub.close())

  app.get(
    '/live',
    { websocket: true, config: { access: { who: 'anyone', data: 'public' } }, schema: { hide: true } },
    async (socket, request) => {
      const { origin } = request.headers
      if (origin !== undefined && !context.env.origins.includes(origin)) return socket.close(1008, 'foreign origin')
      const send = (message: LiveMessage) =>
        socket.bufferedAmount > MAX_BUFFERED ? socket.terminate() : socket.send(JSON.stringify(message))
      const subscriber: Subscriber = { topics: new Set(), send }
      const leave = hub.add(subscriber)
      const stopPinging = keepAlive(socket)
      socket.on('close', () => {
        leave()
        stopPinging()
      })
      socket.on('error', () => socket.terminate())
      socket.on('message', (data: RawData) => {
        subscribe(hub, subscriber, String(data)).catch(() =>
          socket.close(1007, 'send {"subscribe": ["market", "deal:0x…", "account:0x…"]}'),
        )
      })
      send({ type: 'hello', lastId: await hub.lastId() })
    },
  )
}

async function subscribe(hub: LiveHub, subscriber: Subscriber, text: string): Promise<void> {
  const parsed = subscribeShape.safeParse(JSON.parse(text))
  if (!parsed.success) throw new AppError('VALIDATION', 'not a subscription')
  subscriber.topics = new Set(parsed.data.subscribe)
  if (parsed.data.lastId === undefined) return
  for (const message of await hub.missed(parsed.data.lastId, subscriber.topics)) subscriber.send(message)
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
