'use client'

import type { LiveMessage, Position } from '@fairhold/api/contract/live'
import { useEffect, useRef } from 'react'
import { useMarketConfig } from './chain'

type Listener = (message: LiveMessage) => void

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 15_000

/** One connection of the page, opened once somebody listens and shared by all who do; reconnects, subscribes again and asks for what it missed. */
class LiveConnection {
  readonly #url: string
  readonly #listeners = new Map<Listener, readonly string[]>()
  #socket: WebSocket | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #retryMs = FIRST_RETRY_MS
  #lastId: number | undefined
  #lastSeq: number | undefined

  constructor(url: string) {
    this.#url = url
  }

  /** `since`: where the stream was when the page was made that listens. */
  listen(topics: readonly string[], listener: Listener, since?: Position): () => void {
    this.#listeners.set(listener, topics)
    if (since) {
      this.#lastId = Math.min(this.#lastId ?? since.lastId, since.lastId)
      this.#lastSeq = Math.min(this.#lastSeq ?? since.lastSeq, since.lastSeq)
    }
    if (this.#socket) this.#subscribe()
    else this.#connect()
    return () => {
      this.#listeners.delete(listener)
    }
  }

  #connect(): void {
    clearTimeout(this.#timer)
    const socket = new WebSocket(this.#url)
    this.#socket = socket
    socket.addEventListener('open', () => {
      this.#retryMs = FIRST_RETRY_MS
      this.#subscribe()
    })
    socket.addEventListener('message', (event) => this.#receive(String(event.data)))
    socket.addEventListener('close', () => {
      this.#socket = null
      if (this.#listeners.size === 0) return
      this.#timer = setTimeout(() => this.#connect(), this.#retryMs)
      this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS)
    })
  }

  #subscribe(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    const subscribe = [...new Set([...this.#listeners.values()].flat())]
    // What is not known yet is left out of the JSON.
    this.#socket.send(JSON.stringify({ subscribe, lastId: this.#lastId, lastSeq: this.#lastSeq }))
  }

  #receive(data: string): void {
    const message = JSON.parse(data) as LiveMessage
    if (message.type === 'hello') {
      this.#lastId ??= message.lastId
      // A lower number is of a database that was begun anew.
      this.#lastSeq = Math.min(this.#lastSeq ?? message.lastSeq, message.lastSeq)
    } else if ('id' in message) this.#lastId = message.id
    else if (message.type === 'listing') this.#lastSeq = Math.max(this.#lastSeq ?? 0, message.seq ?? 0)
    for (const listener of this.#listeners.keys()) listener(message)
  }
}

let shared: LiveConnection | undefined

/**
 * Calls `listener` for each message on these topics: `market`, `deal:<id>`, `account:<address>`, `inbox:<secret>`. With `since`, for those
 * too that came after the page was made and before it was connected; one may then come twice.
 */
export function useLive(topics: readonly string[], listener: Listener, since?: Position): void {
  const { liveUrl } = useMarketConfig()
  const latest = useRef(listener)
  latest.current = listener
  const position = useRef(since)
  position.current = since
  const key = topics.join(' ')
  useEffect(() => {
    if (key === '') return
    shared ??= new LiveConnection(liveUrl)
    return shared.listen(key.split(' '), (message) => latest.current(message), position.current)
  }, [liveUrl, key])
}
