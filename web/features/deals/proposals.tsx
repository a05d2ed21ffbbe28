'use client'

import type { SettlementOffer } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { dateTime } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Money } from '@/ui/money'
import { dealCopy } from './copy'
import type { DealPart } from './deal-part'
import { payoutOf } from './payout-of'

/** Splits that one side signed. The other accepts with one transaction: sending it is its consent. */
export function Proposals({ deal, viewer, now, action }: DealPart) {
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
      <CardHeader title={dealCopy.proposals} hint="Nothing moves until both have agreed to the same split." />
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
                  <Money className="font-semibold" amount={offer.toBuyer} decimals={token.decimals} symbol={token.symbol} /> to
                  the buyer,{' '}
                  <Money className="font-semibold" amount={payout.toSeller} decimals={token.decimals} symbol={token.symbol} /> to
                  the seller
                  {payout.operatorFee > 0n && (
                    <>
                      , <Money amount={payout.operatorFee} decimals={token.decimals} symbol={token.symbol} /> marketplace fee
                    </>
                  )}
                </p>
                <p className="text-muted">Good until {dateTime(offer.expiry)} UTC</p>
              </div>
              {theirs ? (
                <Button onClick={() => accept(offer)} loading={action.busy}>
                  Accept this split
                </Button>
              ) : (
                mine && <Badge tone="info">You signed; waiting for the other side</Badge>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
