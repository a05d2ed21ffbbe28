'use client'

import { useTranslations } from 'next-intl'
import { SendStatus } from '@/features/deals/send-status'
import type { Listing } from '@/lib/api'
import { Button } from '@/ui/button'
import { useVoidListing } from './use-void-listing'

/** Ends a listing on the chain, where nobody can undo it; without coins where the marketplace sends it. */
export function VoidListing({ listing, date }: { listing: Listing; date: string }) {
  const t = useTranslations('listing')
  const { ways, start, state, busy, ...sending } = useVoidListing(listing)
  const kind = listing.status === 'active' ? 'end' : 'open'
  return (
    <div className="mt-5 border-line border-t pt-4">
      <h3 className="font-medium">{t(`own.${kind}.title`)}</h3>
      <p className="mt-1 text-muted text-sm">{t(`own.${kind}.text`, { date })}</p>
      {ways && (
        <p className="mt-2 text-muted text-sm">
          {ways.others === 0 ? t('own.groupAlone') : t('own.groupShared', { others: ways.others })}
        </p>
      )}
      {sending.offered && <RelayChoice {...sending} busy={busy} />}
      <Button variant="secondary" className="mt-3" loading={busy || ways === null} onClick={start}>
        {ways?.others ? t('own.voidUnits') : t('own.voidGroup')}
      </Button>
      <div className="mt-3 empty:hidden">
        <SendStatus state={state} done={t('own.isVoid')} onRetry={start} />
      </div>
    </div>
  )
}

/** Whether the marketplace sends it. */
function RelayChoice({ signatures, relayed, setRelayed, busy }: RelayChoiceProps) {
  const t = useTranslations('listing')
  return (
    <label className="mt-3 flex min-h-11 cursor-pointer items-start gap-3 rounded-xl border border-line p-3.5 text-sm">
      <input
        type="checkbox"
        className="mt-0.5 size-4 accent-primary"
        checked={relayed}
        disabled={busy}
        onChange={(event) => setRelayed(event.target.checked)}
      />
      <span>
        <span className="block font-medium">{t('own.relay')}</span>
        <span className="block text-muted">{t('own.relayHint', { count: signatures })}</span>
      </span>
    </label>
  )
}

interface RelayChoiceProps {
  signatures: number
  relayed: boolean
  setRelayed: (relayed: boolean) => void
  busy: boolean
}
