'use client'

import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Session } from '@/lib/api'
import { rememberCsrf } from '@/lib/api/csrf'
import { useWalletCode } from '@/lib/use-wallet-code'

/** With all that wallets take, so it comes when somebody wants to sign in. */
const SignInDialog = lazy(() => import('./sign-in-dialog'))

/** Nothing is asked of the API before somebody does something. */
const loadIdentity = async () => (await import('@/lib/api/identity')).identity

const STALE_MS = 60_000

type SessionContextValue = {
  session: Session | null
  /** What the API has just answered about the session; null once it has ended. */
  setSession: (session: Session | null) => void
  /** Asks the API again: a name or a wallet has changed, or the session may have ended. */
  reloadSession: () => Promise<void>
  openSignIn: () => void
  signOut: () => Promise<void>
  /** Resolves with the session, after asking to sign in where there is none; null when the person closes the dialog. */
  requireSession: () => Promise<Session | null>
}

const SessionContext = createContext<SessionContextValue | null>(null)

type SessionProviderProps = { initial: Session | null; children: ReactNode }

/** Holds the session, which comes with the page, and the one sign-in dialog of the page. */
export const SessionProvider = ({ initial, children }: SessionProviderProps) => {
  const openWallet = useWalletCode()
  const [open, setOpen] = useState(false)
  const [everOpened, setEverOpened] = useState(false)
  if (open && !everOpened) setEverOpened(true)
  useState(() => rememberCsrf(initial)) // before anything below writes
  const [session, setSession] = useState(initial)
  const waiting = useRef<((session: Session | null) => void)[]>([])
  const reloadSession = useCallback(async () => setSession(await (await loadIdentity()).session()), [])
  useReloadOnReturn(reloadSession)

  const finish = useCallback((next: Session | null) => {
    for (const resolve of waiting.current.splice(0)) resolve(next)
  }, [])

  const onSignedIn = useCallback(
    async (next: Session) => {
      setSession(next)
      setOpen(false)
      finish(next)
    },
    [finish],
  )

  const value = useMemo<SessionContextValue>(
    () => ({
      session,
      setSession,
      reloadSession,
      openSignIn: () => setOpen(true),
      signOut: async () => {
        await (await loadIdentity()).signOut()
        await forgetWallet(openWallet)
        setSession(null)
      },
      requireSession: () => {
        if (session) return Promise.resolve(session)
        setOpen(true)
        return new Promise((resolve) => waiting.current.push(resolve))
      },
    }),
    [session, openWallet, reloadSession],
  )

  const onOpenChange = (next: boolean) => {
    setOpen(next)
    if (!next) finish(null)
  }

  return (
    <SessionContext.Provider value={value}>
      {children}
      {everOpened && (
        <Suspense>
          <SignInDialog open={open} onOpenChange={onOpenChange} onSignedIn={onSignedIn} />
        </Suspense>
      )}
    </SessionContext.Provider>
  )
}

/** Whoever comes back to this tab after a while may have signed out in another one. */
function useReloadOnReturn(reload: () => Promise<void>): void {
  useEffect(() => {
    let asked = Date.now()
    const onVisible = () => {
      if (document.visibilityState !== 'visible' || Date.now() - asked < STALE_MS) return
      asked = Date.now()
      reload().catch(() => undefined) // what is known stays until the API answers
    }
    document.addEventListener('visibilitychange', onVisible)
    return () => document.removeEventListener('visibilitychange', onVisible)
  }, [reload])
}

/** The next person at this browser must not find the wallet still connected. */
async function forgetWallet(openWallet: ReturnType<typeof useWalletCode>): Promise<void> {
  try {
    const { config, disconnect } = await openWallet()
    await disconnect(config)
  } catch {
    // It was not connected, or its code cannot be had: there is nothing to take back.
  }
}

/** Who is signed in, and the ways to change that. */
export const useSession = (): SessionContextValue => {
  const value = useContext(SessionContext)
  if (!value) throw new Error('useSession needs Providers above it')
  return value
}

/** A function that resolves with a session, asking the person to sign in first where needed. */
export const useRequireSession = (): (() => Promise<Session | null>) => useSession().requireSession
