'use client'

import type { Verification } from '@fairhold/protocol/listing/verify'
import { CircleAlert, CircleCheck, CircleHelp, Download, FileSignature } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { Listing } from '@/lib/api'
import { Address } from '@/ui/address'
import { Spinner } from '@/ui/spinner'

type Verdict = 'good' | 'bad' | 'contract'

/**
 * Checks in the reader's browser that what the page shows is what the seller signed: content, every offer, every signature. The
 * code for it comes once the page is idle; without scripts the file can be downloaded and checked.
 */
export function Proof({ listing }: { listing: Listing }) {
  const t = useTranslations('listing')
  const found = useVerification(listing)
  const verdict = found && verdictOf(listing, found)
  return (
    <details className="rounded-2xl border border-line bg-surface p-4 text-sm">
      <summary className="flex min-h-7 cursor-pointer items-center gap-2 font-medium">
        <VerdictIcon verdict={verdict} />
        <span role="status">{verdict ? t(`proof.${verdict}`) : t('proof.title')}</span>
      </summary>
      <div className="mt-3 flex flex-col gap-3 text-muted">
        {found ? (
          <Checks found={found} />
        ) : (
          <p className="flex items-center gap-2">
            <noscript>{t('proof.static')}</noscript>
            <span className="flex items-center gap-2 scripting-none:hidden">
              <Spinner /> {t('proof.running')}
            </span>
          </p>
        )}
        <p>
          {t('proof.hash')} <Address value={listing.itemHash} label={t('proof.copy')} />
        </p>
        <p>{t('proof.how')}</p>
        <a
          href={`/v1/listings/${listing.id}`}
          download={`listing-${listing.id.slice(2, 10)}.json`}
          className="flex min-h-11 items-center gap-2 font-medium text-primary underline underline-offset-4"
        >
          <Download aria-hidden="true" className="size-4" />
          {t('proof.download')}
        </a>
      </div>
    </details>
  )
}

function useVerification(listing: Listing): Verification | null {
  const [found, setFound] = useState<Verification | null>(null)
  useEffect(() => {
    let stale = false
    const check = async () => {
      const { verifyListing } = await import('@fairhold/protocol/listing/verify')
      const { chainId, escrow } = listing.domain
      const checked = await verifyListing(listing, { chainId, escrow: escrow as `0x${string}` })
      if (!stale) setFound(checked)
    }
    const idle = window.requestIdleCallback ?? ((work: () => void) => window.setTimeout(work, 200))
    idle(() => void check().catch(() => undefined)) // without the code the page says that it was not checked
    return () => {
      stale = true
    }
  }, [listing])
  return found
}

/** What the page shows beside the content must be what the content says. */
function verdictOf(listing: Listing, { content, id, offers, signatures }: Verification): Verdict {
  const shown = listing.title === listing.content.title && listing.description === listing.content.description
  if (!shown || !content || !offers || !id) return 'bad'
  return signatures.every((by) => by === 'seller') ? 'good' : 'contract'
}

function VerdictIcon({ verdict }: { verdict: Verdict | null }) {
  if (verdict === 'good') return <CircleCheck aria-hidden="true" className="size-5 text-success" />
  if (verdict === 'bad') return <CircleAlert aria-hidden="true" className="size-5 text-danger" />
  if (verdict === 'contract') return <CircleHelp aria-hidden="true" className="size-5 text-warning" />
  return <FileSignature aria-hidden="true" className="size-5 text-muted" />
}

function Checks({ found }: { found: Verification }) {
  const t = useTranslations('listing')
  const count = found.signatures.length
  const checks = [
    { holds: found.content, words: t('proof.content') },
    { holds: found.offers, words: t('proof.offers', { count }) },
    { holds: found.signatures.every((by) => by === 'seller'), words: t('proof.signatures', { count }) },
    { holds: found.id, words: t('proof.id') },
  ]
  return (
    <ul className="flex flex-col gap-2">
      {checks.map(({ holds, words }) => (
        <li key={words} className="flex gap-2">
          {holds ? (
            <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
          ) : (
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
          )}
          {words}
        </li>
      ))}
    </ul>
  )
}
