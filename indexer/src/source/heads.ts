import { WebSocket } from 'ws'
import { type Header, parseHeader } from './wire.ts'

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 20_000
const STABLE_AFTER_MS = 30_000 // a connection that broke sooner does not reset the pause before the next
const ANSWER_MS = 10_000 // to connect, and to confirm the subscription
const LARGEST_MESSAGE = 1_000_000 // bytes; a header has about two thousand
const MISSES_BEFORE_RECONNECT = 3 // a socket that stays open but says nothing is not noticed otherwise
const SUBSCRIBE = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] })

/** Announcements of new blocks. They are hints: whoever hears one still checks it against the node. */
export type Heads = {
  /** The newest announced header, or null after `timeoutMs` of silence or when the signal aborts. */
  next: (timeoutMs: number, signal: AbortSignal) => Promise<Header | null>
  /** Says that a poll found a head that was never announced. */
  missed: () => void
  /** Whether a node has confirmed the subscription and the connection stands. */
  isConnected: () => boolean
  close: () => void
}

/** Does something after so many milliseconds; what it returns calls it off. */
export type After = (ms: number, act: () => void) => () => void

/**
 * Subscribes to newHeads by WebSocket, at one URL after the other, and reconnects for ever, after growing pauses. Without
 * a URL nothing is ever announced.
 */
export function createHeads(urls: string | readonly string[] | null, after: After = afterTimeout): Heads {
  const all = [urls ?? []].flat()
  let latest: Header | null = null
  let wake: () => void = () => {}
  let [attempt, misses, retryMs] = [0, 0, FIRST_RETRY_MS]
  let isSubscribed = false
  let drop: () => void = () => {}
  let callOff: () => void = () => {} // the next attempt, or what a connection that lasts is waiting for

  const connect = (): void => {
    const url = all[attempt % all.length]
    if (url === undefined) return
    attempt += 1
    drop = subscribe(url, after, {
      onReady: () => {
        ;[isSubscribed, misses] = [true, 0]
        callOff()
        callOff = after(STABLE_AFTER_MS, () => (retryMs = FIRST_RETRY_MS))
      },
      onHeader: (header) => {
        ;[latest, misses] = [header, 0]
        wake()
      },
      onEnd: () => {
        callOff()
        isSubscribed = false
        callOff = after(retryMs, connect)
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
      },
    })
  }

  connect()
  return {
    next: async (timeoutMs, signal) => {
      if (latest === null && !signal.aborted) await wakened(after, { timeoutMs, signal, listen: (done) => (wake = done) })
      const header = latest
      latest = null
      return header
    },
    missed: () => {
      misses += 1
      if (isSubscribed && misses >= MISSES_BEFORE_RECONNECT) drop()
    },
    isConnected: () => isSubscribed,
    close: () => {
      drop()
      callOff()
    },
  }
}

type Subscriber = { onReady: () => void; onHeader: (header: Header) => void; onEnd: () => void }

/** One connection, until it ends for whatever reason; returns what ends it. It is cut: a peer may never say goodbye. */
function subscribe(url: string, after: After, { onReady, onHeader, onEnd }: Subscriber): () => void {
  const socket = open(url)
  let isOver = false
  const end = (): void => {
    if (isOver) return
    isOver = true
    callOff()
    socket?.terminate()
    onEnd()
  }
  const callOff = after(socket === null ? 0 : ANSWER_MS, end)
  socket?.on('open', () => socket.send(SUBSCRIBE))
  socket?.on('message', (data) => {
    const message = read(String(data))
    if (isOver || message === null) return
    if (message.kind === 'header') onHeader(message.header)
    else if (message.kind === 'refused') end()
    else {
      callOff()
      onReady()
    }
  })
  socket?.on('error', end)
  socket?.on('close', end)
  return end
}

/** Null where the URL is none that a WebSocket can have. */
function open(url: string): WebSocket | null {
  try {
    return new WebSocket(url, { maxPayload: LARGEST_MESSAGE, perMessageDeflate: false })
  } catch {
    return null
  }
}

type Message = { kind: 'subscribed' } | { kind: 'refused' } | { kind: 'header'; header: Header }

/** Null for what is none of these: the poll will find the block. */
function read(data: string): Message | null {
  try {
    const message: unknown = JSON.parse(data)
    if (typeof message !== 'object' || message === null) return null
    if ('params' in message) return headerIn(message.params)
    if ('error' in message) return { kind: 'refused' }
    return 'result' in message ? { kind: 'subscribed' } : null
  } catch {
    return null
  }
}

function headerIn(params: unknown): Message | null {
  if (typeof params !== 'object' || params === null || !('result' in params)) return null
  return { kind: 'header', header: parseHeader(params.result) }
}

type WakenedOptions = { timeoutMs: number; signal: AbortSignal; listen: (wake: () => void) => void }

function wakened(after: After, { timeoutMs, signal, listen }: WakenedOptions): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      callOff()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const callOff = after(timeoutMs, done)
    signal.addEventListener('abort', done)
    listen(done)
  })
}

function afterTimeout(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}
