'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { discovery } from '@/lib/api/discovery'
import { useLive } from '@/lib/live'

/** Told to the page when alerts were read on it. */
const READ_EVENT = 'fairhold:alerts-read'

/** Has the badge of this page ask again. */
export function markAlertsRead(): void {
  window.dispatchEvent(new Event(READ_EVENT))
}

/** How many alerts of the account are unread; asked again when one comes, and when they were read here. */
export function useInbox(account: string | null): number {
  const [inbox, setInbox] = useState<{ account: string; unread: number; topic: string } | null>(null)
  const wanted = useRef(account)
  wanted.current = account
  const load = useCallback(async () => {
    const asked = wanted.current
    if (asked === null) return
    const answer = await discovery.inbox().catch(() => null) // a badge without a number is no harm
    if (answer && wanted.current === asked) setInbox({ ...answer, account: asked })
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another account has another inbox
  useEffect(() => {
    load()
    window.addEventListener(READ_EVENT, load)
    return () => window.removeEventListener(READ_EVENT, load)
  }, [account, load])
  const isMine = inbox !== null && inbox.account === account
  useLive(isMine ? [`inbox:${inbox.topic}`] : [], (message) => {
    if (message.type !== 'alert' || !isMine || message.topic !== inbox.topic) return
    if (message.about === undefined || message.about === 'alerts') load()
  })
  return isMine ? inbox.unread : 0
}
