import { type Header, parseHeader } from './wire.ts'

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 10_000
const MISSES_BEFORE_RECONNECT = 3 // a socket that stays open but says nothing is not noticed otherwise

/** Announcements of new blocks. They are hints: whoever hears one still checks it against the node. */
export type Heads = {
  /** The newest announced header, or null after `timeoutMs` of silence or when the signal aborts. */
  next: (timeoutMs: number, signal: AbortSignal) => Promise<Header | null>
  /** Says that a poll found a head that was never announced. */
  missed: () => void
  isConnected: () => boolean
  close: () => void
}

/** Subscribes to newHeads by WebSocket and reconnects for ever; without a URL nothing is ever announced. */
export function createHeads(url: string | null): Heads {
  let socket: WebSocket | null = null
  let latest: Header | null = null
  let wake: () => void = () => {}
  let misses = 0
  let retryMs = FIRST_RETRY_MS
  let retry: NodeJS.Timeout | undefined
  let closed = false

  const connect = (): void => {
    if (url === null || closed) return
    const opened = new WebSocket(url)
    socket = opened
    const subscribe = { jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] }
    opened.onopen = () => opened.send(JSON.stringify(subscribe))
    opened.onmessage = ({ data }) => {
      const header = announced(data)
      if (header === null) return
      latest = header
      misses = 0
      retryMs = FIRST_RETRY_MS
      wake()
    }
    opened.onclose = () => {
      if (socket !== opened || closed) return
      socket = null
      retry = setTimeout(connect, retryMs)
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
    }
  }

  connect()
  return {
    next: async (timeoutMs, signal) => {
      if (latest === null && !signal.aborted) await wakened(timeoutMs, signal, (listener) => (wake = listener))
      const header = latest
      latest = null
      return header
    },
    missed: () => {
      misses += 1
      if (misses < MISSES_BEFORE_RECONNECT) return
      misses = 0
      socket?.close()
    },
    isConnected: () => socket?.readyState === WebSocket.OPEN,
    close: () => {
      closed = true
      clearTimeout(retry)
      socket?.close()
    },
  }
}

function wakened(timeoutMs: number, signal: AbortSignal, listen: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, timeoutMs)
    signal.addEventListener('abort', done)
    listen(done)
  })
}

function announced(data: unknown): Header | null {
  try {
    const message: unknown = JSON.parse(String(data))
    if (typeof message !== 'object' || message === null || !('params' in message)) return null
    const { params } = message
    if (typeof params !== 'object' || params === null || !('result' in params)) return null
    return parseHeader(params.result)
  } catch {
    return null // not a header: the poll will find the block
  }
}
