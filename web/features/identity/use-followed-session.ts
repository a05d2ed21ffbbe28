import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import type { Session } from '@/lib/api'
import { SESSION_EVENT } from '@/lib/api/known-session'

const STALE_MS = 60_000
const CHANNEL = 'fairhold.session'

type Ways = {
  setSession: (session: Session | null) => void
  /** Asks the API who is signed in. */
  reload: () => Promise<void>
}

/**
 * Keeps the whole page to who is signed in: what the server drew for somebody else goes, and so does what the browser would show of
 * it on the way back. Tabs of one browser share a session, so they tell each other.
 */
export function useFollowedSession(session: Session | null, { setSession, reload }: Ways): void {
  const account = session?.address ?? null
  useDrawnAnew(account)
  useOtherTabs(account, reload)
  useReloadOnReturn(reload)
  useEffect(() => {
    const hear = (event: Event) => setSession((event as CustomEvent<Session | null>).detail)
    window.addEventListener(SESSION_EVENT, hear)
    return () => window.removeEventListener(SESSION_EVENT, hear)
  }, [setSession])
}

/** Has the server draw the page for the other account. That empties the cache of pages, too. */
function useDrawnAnew(account: string | null): void {
  const router = useRouter()
  const drawnFor = useRef(account)
  useEffect(() => {
    if (drawnFor.current === account) return
    drawnFor.current = account
    router.refresh()
  }, [account, router])
}

function useOtherTabs(account: string | null, reload: () => Promise<void>): void {
  const latest = useRef(account)
  const channel = useRef<BroadcastChannel>(undefined)
  useEffect(() => {
    const opened = new BroadcastChannel(CHANNEL)
    channel.current = opened
    opened.onmessage = ({ data }: MessageEvent<string | null>) => {
      if (data !== latest.current) reload().catch(() => undefined) // what is known stays until the API answers
    }
    return () => opened.close()
  }, [reload])
  useEffect(() => {
    if (latest.current === account) return
    latest.current = account
    channel.current?.postMessage(account)
  }, [account])
}

/** Whoever comes back to this tab after a while may have signed out in another one; a page out of the browser's own memory is older still. */
function useReloadOnReturn(reload: () => Promise<void>): void {
  useEffect(() => {
    let asked = Date.now()
    const ask = () => {
      asked = Date.now()
      reload().catch(() => undefined) // what is known stays until the API answers
    }
    const onVisible = () => document.visibilityState === 'visible' && Date.now() - asked >= STALE_MS && ask()
    const onShow = ({ persisted }: PageTransitionEvent) => persisted && ask()
    document.addEventListener('visibilitychange', onVisible)
    window.addEventListener('pageshow', onShow)
    return () => {
      document.removeEventListener('visibilitychange', onVisible)
      window.removeEventListener('pageshow', onShow)
    }
  }, [reload])
}
