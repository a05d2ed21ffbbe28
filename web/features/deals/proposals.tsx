'use client'

import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import type { SettlementOffer } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { dateTime, money } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import type { DealPart } from './deal-part'
import { payoutOf } from './payout-of'

/** Splits that one side signed. The other accepts with one transaction: sending it is its consent. */
export function Proposals({ deal, viewer, now, action }: DealPart) {
  const t = useTranslations('deals')
  const locale = useLocale()
  const zone = useTimeZone()
  const token = tokenOf(useMarketConfig(), deal.token)
  const open = deal.settlements.filter(
    ({ remaining, expiry }) => deal.endedAt === null && remaining === deal.remaining && expiry > now,
  )
  if (open.length === 0 || !token || (viewer !== 'buyer' && viewer !== 'seller')) return null
  const accept = (offer: SettlementOffer) =>
    action.act({
      verb: 'settle',
      args: () => [
        BigInt(offer.toBuyer),
        BigInt(offer.remaining),
        offer.expiry,
        offer.buyerSignature ?? '0x',
        offer.sellerSignature ?? '0x',
      ],
    })
  return (
    <Card>
      <CardHeader title={t('proposals.title')} hint={t('proposals.hint')} />
      <ul className="flex flex-col gap-3">
        {open.map((offer) => {
          const mine = viewer === 'buyer' ? offer.buyerSignature : offer.sellerSignature
          const theirs = viewer === 'buyer' ? offer.sellerSignature : offer.buyerSignature
          const payout = payoutOf(deal, 'settle', BigInt(offer.toBuyer))
          if (!payout) return null
          return (
            <li
              key={offer.id}
              className="flex flex-wrap items-center justify-between gap-3 rounded-xl border border-line p-4 text-sm"
            >
              <div>
                <p>
                  {t.rich('proposals.split', {
                    toBuyer: money(BigInt(offer.toBuyer), token, locale),
                    toSeller: money(payout.toSeller, token, locale),
                    b: (chunks) => <b className="font-semibold">{chunks}</b>,
                  })}
                </p>
                {payout.operatorFee > 0n && (
                  <p className="text-muted">{t('proposals.fee', { fee: money(payout.operatorFee, token, locale) })}</p>
                )}
                <p className="text-muted">{t('proposals.until', { time: dateTime(offer.expiry, locale, zone) })}</p>
              </div>
              {theirs ? (
                <Button onClick={() => accept(offer)} loading={action.busy}>
                  {t('proposals.accept')}
                </Button>
              ) : (
                mine && <Badge tone="info">{t('proposals.signed')}</Badge>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
