'use client'

import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useMemo, useRef, useState } from 'react'
import { forgetAllDrafts } from '@/features/checkout/draft'
import type { Session } from '@/lib/api'
import { rememberSession } from '@/lib/api/known-session'
import { useWalletCode } from '@/lib/use-wallet-code'
import { useFollowedSession } from './use-followed-session'

/** With all that wallets take, so it comes when somebody wants to sign in. */
const SignInDialog = lazy(() => import('./sign-in-dialog'))

/** Nothing is asked of the API before somebody does something. */
const loadIdentity = async () => (await import('@/lib/api/identity')).identity

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
  useState(() => rememberSession(initial)) // before anything below writes
  const [session, show] = useState(initial)
  const setSession = useCallback((next: Session | null) => {
    rememberSession(next)
    show(next)
  }, [])
  const waiting = useRef<((session: Session | null) => void)[]>([])
  const reloadSession = useCallback(async () => setSession(await (await loadIdentity()).session()), [setSession])
  useFollowedSession(session, { setSession, reload: reloadSession })

  const finish = useCallback((next: Session | null) => {
    for (const resolve of waiting.current.splice(0)) resolve(next)
  }, [])

  const onSignedIn = useCallback(
    async (next: Session) => {
      setSession(next)
      setOpen(false)
      finish(next)
    },
    [finish, setSession],
  )

  const value = useMemo<SessionContextValue>(
    () => ({
      session,
      setSession,
      reloadSession,
      openSignIn: () => setOpen(true),
      signOut: async () => {
        await (await loadIdentity()).signOut()
        forgetAllDrafts()
        setSession(null) // before the wallet's code is fetched: what is private must not stand there so long
        await forgetWallet(openWallet)
      },
      requireSession: () => {
        if (session) return Promise.resolve(session)
        setOpen(true)
        return new Promise((resolve) => waiting.current.push(resolve))
      },
    }),
    [session, setSession, openWallet, reloadSession],
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
