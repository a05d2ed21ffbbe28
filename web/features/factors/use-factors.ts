'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSession } from '@/features/identity/session'
import { useStepUp } from '@/features/identity/step-up'
import { api, type Session } from '@/lib/api'
import { useToast } from '@/ui/toast'

const FACTORS_KEY = 'factors'

/** The person's second factors. */
export function useFactors() {
  const { session } = useSession()
  return useQuery({ queryKey: [FACTORS_KEY, session?.id], queryFn: api.factors.list, enabled: session !== null })
}

/** Changes the factors, asking first for a proof of who the person is, and shows how things stand then. */
export function useChangeFactors<T>(run: (given: T) => Promise<Session | undefined>, done: string, onDone: () => void) {
  const stepUp = useStepUp()
  const toast = useToast()
  const queries = useQueryClient()
  const { setSession } = useSession()
  return useMutation({
    mutationFn: (given: T) => stepUp(() => run(given)),
    onSuccess: async (session) => {
      if (session) setSession(session)
      toast(done, 'success')
      await queries.invalidateQueries({ queryKey: [FACTORS_KEY] })
      onDone()
    },
  })
}

/** Makes new recovery codes. */
export function useMakeCodes(onMade: (codes: string[]) => void) {
  const stepUp = useStepUp()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => stepUp(api.factors.makeRecoveryCodes),
    onSuccess: async ({ codes }) => {
      onMade(codes)
      await queries.invalidateQueries({ queryKey: [FACTORS_KEY] })
    },
  })
}
