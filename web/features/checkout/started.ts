'use client'

import { useEffect, useRef } from 'react'
import { recallPending } from '@/features/deals/pending'
import { useSession } from '@/features/identity/session'
import type { Listing } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import type { Choice } from './choices'

/** Under which name a payment that opens a deal is remembered. */
export const payingKey = (dealId: string): string => `open:${dealId}`

/** Whether one of these accounts is opening the deal in this browser. */
export function isUnderWay(dealId: string, chainId: number, accounts: readonly string[]): boolean {
  return recallPending(payingKey(dealId), chainId, accounts) !== null
}

/** A way and a unit of a listing that are being paid. */
export interface Started {
  choice: number
  unit: Choice['units'][number]
}

/** Finds what of a listing was being paid when a page was left, so that it is followed and not paid once more in another way. */
export function useStarted({ choices }: Pick<Listing, 'choices'>, onFound: (started: Started) => void): void {
  const { chainId } = useMarketConfig()
  const { session } = useSession()
  const wallets = session?.wallets.join(' ') ?? ''
  const found = useRef(onFound)
  useEffect(() => {
    const all = choices.flatMap(({ choice, units }) => units.map((unit) => ({ choice, unit })))
    const started = all.find(({ unit }) => isUnderWay(unit.dealId, chainId, wallets.split(' ')))
    if (started) found.current(started)
  }, [choices, chainId, wallets])
}
