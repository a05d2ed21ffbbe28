'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import type { Address } from 'viem'
import { type Problem, problemOf } from '@/features/deals/problem'
import { useWallet } from '@/features/deals/use-wallet'
import { ApiError, api } from '@/lib/api'
import { useToast } from '@/ui/toast'
import { sellCopy as copy } from './copy'
import type { PublishBody } from './sign-offer'
import { type DraftErrors, errorsFromApi, type Sale } from './validate'

export type PublishState =
  | { at: 'idle' | 'preparing' | 'signing' | 'publishing' | 'done' }
  | { at: 'failed'; problem: Problem; errors: DraftErrors }

interface Signed {
  /** What was signed and by whom: the signature serves again only for the very same. */
  about: string
  body: PublishBody
  key: string
}

const aboutOf = (sale: Sale, seller: Address): string =>
  JSON.stringify([seller, sale], (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))

const ownArbiter: PublishState = { at: 'failed', problem: { ...copy.ownArbiter, moneyMoved: false }, errors: {} }

const refused = (error: unknown): boolean => error instanceof ApiError && error.status >= 400 && error.status < 500

/** Signs a sale and publishes it. After no answer from the API the same signature is sent again, so nothing is listed twice. */
export function usePublish(onPublished: () => void) {
  const router = useRouter()
  const queries = useQueryClient()
  const wallet = useWallet()
  const toast = useToast()
  const [state, setState] = useState<PublishState>({ at: 'idle' })
  const running = useRef(false)
  const signed = useRef<Signed | null>(null)

  const sign = async (sale: Sale, seller: Address): Promise<Signed> => {
    const about = aboutOf(sale, seller)
    if (signed.current?.about === about) return signed.current
    const market = await api.meta.config() // the chain's time now, not when the page was made
    const [{ signOffer }, { config }] = await Promise.all([import('./sign-offer'), wallet.open()])
    setState({ at: 'signing' })
    signed.current = { about, body: await signOffer(config, market, sale, seller), key: crypto.randomUUID() }
    return signed.current
  }

  const run = async (sale: Sale) => {
    setState({ at: 'preparing' })
    const seller = await wallet.ready()
    if (!seller) return setState({ at: 'idle' })
    // Known only now to somebody who signed in just now; the form has moved on to another arbiter by itself.
    if (seller.toLowerCase() === sale.arbiter.address.toLowerCase()) return setState(ownArbiter)
    const { body, key } = await sign(sale, seller)
    setState({ at: 'publishing' })
    const { id } = await api.listings.publish(body, key)
    setState({ at: 'done' })
    onPublished()
    toast(copy.published, 'success')
    await queries.invalidateQueries({ queryKey: ['listings'] })
    router.push(`/listings/${id}`)
  }

  const publish = async (sale: Sale) => {
    if (running.current) return
    running.current = true
    try {
      await run(sale)
    } catch (error) {
      if (refused(error)) signed.current = null
      const errors = error instanceof ApiError ? errorsFromApi(error.fields) : {}
      setState({ at: 'failed', problem: problemOf(error), errors })
    } finally {
      running.current = false
    }
  }

  const busy = state.at !== 'idle' && state.at !== 'failed'
  return { state, publish, busy, reset: () => setState({ at: 'idle' }) }
}
