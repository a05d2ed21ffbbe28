'use client'

import { type Verification, verifyListing } from '@fairhold/protocol/listing/verify'
import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useState } from 'react'
import type { Listing } from '@/lib/api'
import { dateTime } from '@/lib/format'
import { Address } from '@/ui/address'

type Verdict = 'good' | 'bad' | 'contract'

interface CheckProps {
  listing: Listing
  running: ReactNode
  onVerdict: (words: ReactNode) => void
}

/** Checks a listing here and now, and shows what holds. */
export default function ProofCheck({ listing, running, onVerdict }: CheckProps) {
  const t = useTranslations('listing')
  const found = useVerification(listing)
  const verdict = found && verdictOf(listing, found)
  const words = verdict && t(`proof.${verdict}`)
  useEffect(() => {
    if (!verdict) return
    onVerdict(
      <>
        <VerdictIcon verdict={verdict} /> {words}
      </>,
    )
  }, [verdict, words, onVerdict])
  return (
    <>
      {found ? <Checks found={found} withdrawnAt={listing.withdrawal?.issuedAt ?? 0} /> : running}
      <p>
        {t('proof.hash')} <Address value={listing.itemHash} label={t('proof.copy')} />
      </p>
      {found && <p>{t('proof.how')}</p>}
    </>
  )
}

function useVerification(listing: Listing): Verification | null {
  const [found, setFound] = useState<Verification | null>(null)
  useEffect(() => {
    let stale = false
    const { chainId, escrow } = listing.domain
    verifyListing(listing, { chainId, escrow: escrow as `0x${string}` }).then(
      (checked) => !stale && setFound(checked),
      (error: unknown) => console.error('the listing could not be checked', error),
    )
    return () => {
      stale = true
    }
  }, [listing])
  return found
}
/** What the page shows beside the content must be what the content says. */
function verdictOf(listing: Listing, { content, id, offers, signatures, withdrawal }: Verification): Verdict {
  const shown = listing.title === listing.content.title && listing.description === listing.content.description
  if (!shown || !content || !offers || !id) return 'bad'
  return signatures.every((by) => by === 'seller') && withdrawal !== 'unknown' ? 'good' : 'contract'
}

function VerdictIcon({ verdict }: { verdict: Verdict }) {
  if (verdict === 'good') return <CircleCheck aria-hidden="true" className="size-5 text-success" />
  if (verdict === 'bad') return <CircleAlert aria-hidden="true" className="size-5 text-danger" />
  return <CircleHelp aria-hidden="true" className="size-5 text-warning" />
}

function Checks({ found, withdrawnAt }: { found: Verification; withdrawnAt: number }) {
  const t = useTranslations('listing')
  const locale = useLocale()
  const zone = useTimeZone()
  const count = found.signatures.length
  const checks = [
    { holds: found.content, words: t('proof.content') },
    { holds: found.offers, words: t('proof.offers', { count }) },
    { holds: found.signatures.every((by) => by === 'seller'), words: t('proof.signatures', { count }) },
    { holds: found.id, words: t('proof.id') },
  ]
  if (found.withdrawal !== 'none')
    checks.push({
      holds: found.withdrawal === 'seller',
      words: t('proof.withdrawn', { date: dateTime(withdrawnAt, locale, zone) }),
    })
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
