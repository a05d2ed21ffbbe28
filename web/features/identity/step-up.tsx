'use client'

import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useRef, useState } from 'react'
import type { Session } from '@/lib/api'
import { useSession } from './session'
import { StepUpCancelled } from './step-up-cancelled'

const StepUpDialog = lazy(() => import('./step-up-dialog'))
type Run = <T>(work: () => Promise<T>) => Promise<T>
const StepUpContext = createContext<Run | null>(null)

/** Holds the one dialog in which people prove again who they are. */
export function StepUpProvider({ children }: { children: ReactNode }) {
  const { setSession } = useSession()
  const [open, setOpen] = useState(false)
  const waiting = useRef<((proved: boolean) => void)[]>([])

  const finish = useCallback((proved: boolean) => {
    setOpen(false)
    for (const resolve of waiting.current.splice(0)) resolve(proved)
  }, [])

  const onProved = async (session: Session) => {
    setSession(session)
    finish(true)
  }

  const run = useCallback<Run>(async (work) => {
    try {
      return await work()
    } catch (error) {
      if (!isProofNeeded(error)) throw error
      setOpen(true)
      const proved = await new Promise<boolean>((resolve) => waiting.current.push(resolve))
      if (!proved) throw new StepUpCancelled('It was not proved again who the person is.')
      return work()
    }
  }, [])

  return (
    <StepUpContext.Provider value={run}>
      {children}
      {open && (
        <Suspense>
          <StepUpDialog open onProved={onProved} onClose={() => finish(false)} />
        </Suspense>
      )}
    </StepUpContext.Provider>
  )
}

/** The API's refusal, known by its code: its class is not loaded before something is asked. */
const isProofNeeded = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'STEP_UP_NEEDED'

/**
 * Runs something sensitive. Where the api asks for a proof of who the person is, the dialog opens and it is run once more.
 * Rejects with StepUpCancelled when the person closes the dialog.
 */
export const useStepUp = (): Run => {
  const run = useContext(StepUpContext)
  if (!run) throw new Error('useStepUp needs Providers above it')
  return run
}
