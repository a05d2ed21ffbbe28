'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { useMarketConfig } from '@/lib/chain'
import { shortHex } from '@/lib/format'

const TransactionDialog = lazy(() => import('./transaction-dialog').then((module) => ({ default: module.TransactionDialog })))

/** A transaction by its hash: to the block explorer where there is one, else to what our node knows of it. */
export function TransactionLink({ hash, children }: { hash: string; children?: React.ReactNode }) {
  const t = useTranslations('send')
  const { explorer } = useMarketConfig()
  const [open, setOpen] = useState(false)
  const label = children ?? (
    <>
      {t('transaction')} <span className="font-mono">{shortHex(hash)}</span>
    </>
  )
  const looks = 'underline underline-offset-4 hover:text-ink'
  if (explorer) {
    return (
      <a href={explorer.replace('{hash}', hash)} target="_blank" rel="noreferrer" className={looks}>
        {label}
      </a>
    )
  }
  return (
    <>
      <button type="button" className={looks} onClick={() => setOpen(true)}>
        {label}
      </button>
      {open && (
        <Suspense>
          <TransactionDialog hash={hash} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
