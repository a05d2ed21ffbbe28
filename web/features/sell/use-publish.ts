'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import type { Address } from 'viem'
import { type Problem, problemOf } from '@/features/deals/problem'
import { useWallet } from '@/features/deals/use-wallet'
import { ApiError, api } from '@/lib/api'
import { type MarketConfig, useMarketConfig } from '@/lib/chain'
import { useToast } from '@/ui/toast'
import type { Signing } from './sign-offers'
import { type DraftErrors, errorsFromApi, type Sale } from './validate'

export type PublishState =
  | { at: 'idle' | 'preparing' | 'publishing' | 'done' }
  | { at: 'signing'; number: number; count: number; name: string }
  | { at: 'failed'; problem: Problem; errors: DraftErrors; signed: number; count: number }

interface Begun {
  /** What is signed and by whom: signatures serve again only for the very same. */
  about: string
  signing: Signing
  key: string
}

const aboutOf = (sale: Sale, seller: Address): string =>
  JSON.stringify([seller, sale], (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))

/** The market takes another fee, or to another account, than the seller was shown. */
class TermsChanged extends Error {
  override readonly name = 'TermsChanged'
}

const changed = (shown: MarketConfig, fresh: MarketConfig): boolean =>
  (['operator', 'operatorFeeBps', 'escrow', 'chainId'] as const).some((term) => shown[term] !== fresh[term])

const refused = (error: unknown): boolean => error instanceof ApiError && error.status >= 400 && error.status < 500

/**
 * Signs a sale, an offer for each way that it can be had, and publishes it. Who says no at the second signature keeps the first;
 * after no answer from the API the same signatures are sent again, so nothing is listed twice.
 */
export function usePublish({ replaces, onPublished }: { replaces: string | null; onPublished: () => Promise<void> }) {
  const t = useTranslations('sell')
  const router = useRouter()
  const shown = useMarketConfig()
  const wallet = useWallet()
  const toast = useToast()
  const [state, setState] = useState<PublishState>({ at: 'idle' })
  const running = useRef(false)
  const begun = useRef<Begun | null>(null)

  const sentence = (of: 'ownArbiter' | 'termsChanged'): Problem => {
    return { title: t(`${of}.title`), whatToDo: t(`${of}.whatToDo`), moneyMoved: false }
  }

  const signAll = async (sale: Sale, seller: Address) => {
    const fresh = await api.meta.config()
    if (changed(shown, fresh)) throw new TermsChanged()
    const market = { ...shown, chainNow: fresh.chainNow } // not the time when the page was made
    const [acts, { config }] = await Promise.all([import('./sign-offers'), wallet.open()])
    const about = aboutOf(sale, seller)
    if (begun.current?.about !== about) {
      const signing = await acts.prepareOffers(config, market, sale, seller)
      begun.current = { about, signing, key: crypto.randomUUID() }
    }
    const { signing, key } = begun.current
    const count = signing.offers.length
    while (signing.signatures.length < count) {
      const at = signing.signatures.length
      setState({ at: 'signing', number: at + 1, count, name: signing.names[at] ?? '' })
      await acts.signNext(config, market, signing)
    }
    return { body: acts.bodyOf(sale, signing, replaces), key }
  }

  const run = async (sale: Sale) => {
    setState({ at: 'preparing' })
    const seller = await wallet.ready()
    if (!seller) return setState({ at: 'idle' })
    // Known only now to somebody who signed in just now; the form has moved on to another arbiter by itself.
    if (seller.toLowerCase() === sale.arbiter.address.toLowerCase()) {
      return setState({ at: 'failed', problem: sentence('ownArbiter'), errors: {}, signed: 0, count: 0 })
    }
    const { body, key } = await signAll(sale, seller)
    setState({ at: 'publishing' })
    const { id } = await api.listings.publish(body, key)
    setState({ at: 'done' })
    await onPublished()
    toast(replaces === null ? t('published') : t('edit.published'), 'success')
    router.push(`/listings/${id}`)
  }

  const publish = async (sale: Sale) => {
    if (running.current) return
    running.current = true
    try {
      await run(sale)
    } catch (error) {
      if (refused(error)) begun.current = null
      const errors = error instanceof ApiError ? errorsFromApi(error.fields) : {}
      const { signatures = [], offers = [] } = begun.current?.signing ?? {}
      const problem = error instanceof TermsChanged ? sentence('termsChanged') : problemOf(error)
      setState({ at: 'failed', problem, errors, signed: signatures.length, count: offers.length })
    } finally {
      running.current = false
    }
  }

  const busy = state.at !== 'idle' && state.at !== 'failed'
  return { state, publish, busy, reset: () => setState({ at: 'idle' }) }
}
