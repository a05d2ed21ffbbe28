'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useMemo, useRef, useState } from 'react'
import { api, rememberCsrf, type Session } from '@/lib/api'
import { useWalletCode } from '@/lib/use-wallet-code'

/** With all that wallets take, so it comes when somebody wants to sign in. */
const SignInDialog = lazy(() => import('./sign-in-dialog'))

export const SESSION_KEY = ['session'] as const

type SessionContextValue = {
  session: Session | null
  /** True until it is known whether somebody is signed in. */
  loading: boolean
  openSignIn: () => void
  signOut: () => Promise<void>
  /** Resolves with the session, after asking to sign in where there is none; null when the person closes the dialog. */
  requireSession: () => Promise<Session | null>
}

const SessionContext = createContext<SessionContextValue | null>(null)

type SessionProviderProps = { initial: Session | null | undefined; children: ReactNode }

/** Holds the session, and the one sign-in dialog of the page. */
export const SessionProvider = ({ initial, children }: SessionProviderProps) => {
  const openWallet = useWalletCode()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [everOpened, setEverOpened] = useState(false)
  if (open && !everOpened) setEverOpened(true)
  useState(() => rememberCsrf(initial)) // before anything below writes
  const waiting = useRef<((session: Session | null) => void)[]>([])
  const query = useQuery({
    queryKey: SESSION_KEY,
    queryFn: () => api.identity.session(),
    initialData: initial,
    staleTime: 60_000,
  })

  const finish = useCallback((session: Session | null) => {
    for (const resolve of waiting.current.splice(0)) resolve(session)
  }, [])

  const onSignedIn = useCallback(
    async (session: Session) => {
      queries.setQueryData(SESSION_KEY, session)
      setOpen(false)
      finish(session)
      await queries.invalidateQueries({ predicate: (entry) => entry.queryKey[0] !== SESSION_KEY[0] })
    },
    [queries, finish],
  )

  const value = useMemo<SessionContextValue>(
    () => ({
      session: query.data ?? null,
      loading: query.isPending,
      openSignIn: () => setOpen(true),
      signOut: async () => {
        await api.identity.signOut()
        await forgetWallet(openWallet)
        queries.setQueryData(SESSION_KEY, null)
        await queries.invalidateQueries({ predicate: (entry) => entry.queryKey[0] !== SESSION_KEY[0] })
      },
      requireSession: () => {
        if (query.data) return Promise.resolve(query.data)
        setOpen(true)
        return new Promise((resolve) => waiting.current.push(resolve))
      },
    }),
    [query.data, query.isPending, openWallet, queries],
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
