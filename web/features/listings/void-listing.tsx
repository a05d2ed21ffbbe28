'use client'

import { useTranslations } from 'next-intl'
import { SendStatus } from '@/features/deals/send-status'
import { RelayCheckbox } from '@/features/relay/relay-checkbox'
import type { Listing } from '@/lib/api'
import { Button } from '@/ui/button'
import { useVoidListing } from './use-void-listing'

/** Ends a listing on the chain, where nobody can undo it; without coins where the marketplace sends it. */
export function VoidListing({ listing, date }: { listing: Listing; date: string }) {
  const t = useTranslations('listing')
  const { ways, start, state, busy, signatures, offered, relayed, setRelayed } = useVoidListing(listing)
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
      {offered && (
        <RelayCheckbox
          className="mt-3"
          title={t('own.relay')}
          hint={t('own.relayHint', { count: signatures })}
          checked={relayed}
          disabled={busy}
          onChange={setRelayed}
        />
      )}
      <Button variant="secondary" className="mt-3" loading={busy || ways === null} onClick={start}>
        {ways?.others ? t('own.voidUnits') : t('own.voidGroup')}
      </Button>
      <div className="mt-3 has-[>[role=status]:only-child:empty]:mt-0">
        <SendStatus state={state} done={t('own.isVoid')} onRetry={start} />
      </div>
    </div>
  )
}
