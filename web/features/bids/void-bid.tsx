'use client'

import { useTranslations } from 'next-intl'
import { SendStatus } from '@/features/deals/send-status'
import { RelayCheckbox } from '@/features/relay/relay-checkbox'
import type { Bid } from '@/lib/api/bids'
import { Button } from '@/ui/button'
import { useVoidBid } from './use-void-bid'

/** For the maker of an offer whose other side had its signature: ends it where nobody can undo that. */
export function VoidBid({ bid, disabled }: { bid: Bid; disabled: boolean }) {
  const t = useTranslations('bids')
  const { start, state, busy, offered, relayed, setRelayed } = useVoidBid(bid)
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted text-sm">{offered ? t('voidHintRelayed') : t('voidHint')}</p>
      {offered && (
        <RelayCheckbox title={t('relay')} hint={t('relayHint')} checked={relayed} disabled={busy} onChange={setRelayed} />
      )}
      <Button size="sm" variant="secondary" className="self-start" loading={busy} disabled={disabled} onClick={start}>
        {t('void')}
      </Button>
      <SendStatus state={state} onRetry={start} />
    </div>
  )
}
