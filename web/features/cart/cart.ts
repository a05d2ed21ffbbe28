'use client'

import { useCallback, useSyncExternalStore } from 'react'

const KEY = 'fairhold.cart.v1'
const MOST_LINES = 20

/** Some pieces of a listing, to be had in one of its ways. */
export interface CartLine {
  listingId: string
  choice: number
  quantity: number
}

const NONE: readonly CartLine[] = []
const listeners = new Set<() => void>()
let read: { text: string; lines: readonly CartLine[] } = { text: '', lines: NONE }

function isLine(value: unknown): value is CartLine {
  const { listingId, choice, quantity } = (value ?? {}) as Partial<CartLine>
  return typeof listingId === 'string' && Number.isInteger(choice) && Number.isInteger(quantity) && (quantity ?? 0) > 0
}

function current(): readonly CartLine[] {
  const text = window.localStorage.getItem(KEY) ?? '[]'
  if (text === read.text) return read.lines
  try {
    const stored: unknown = JSON.parse(text)
    read = { text, lines: Array.isArray(stored) ? stored.filter(isLine) : NONE }
  } catch {
    read = { text, lines: NONE }
  }
  return read.lines
}

function write(lines: readonly CartLine[]): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(lines.slice(0, MOST_LINES)))
  } catch {
    // A forbidden storage: the cart lasts as long as nothing is in it.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  const hear = (event: StorageEvent) => event.key === KEY && listener()
  listeners.add(listener)
  window.addEventListener('storage', hear)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', hear)
  }
}

const isSame = (a: Pick<CartLine, 'listingId' | 'choice'>, b: Pick<CartLine, 'listingId' | 'choice'>): boolean =>
  a.listingId === b.listingId && a.choice === b.choice

/** What is in the cart of this browser; the same in all of its tabs. */
export function useCart() {
  const lines = useSyncExternalStore(subscribe, current, () => NONE)
  /** Sets how many of something there are; none takes it out. */
  const put = useCallback((line: CartLine) => {
    const others = current().filter((one) => !isSame(one, line))
    write(line.quantity > 0 ? [...others, line] : others)
  }, [])
  const remove = useCallback((gone: readonly Pick<CartLine, 'listingId' | 'choice'>[]) => {
    write(current().filter((one) => !gone.some((line) => isSame(one, line))))
  }, [])
  return { lines, put, remove }
}
