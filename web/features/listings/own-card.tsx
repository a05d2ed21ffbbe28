'use client'

import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { Address } from 'viem'
import { problemOf } from '@/features/deals/problem'
import { SendStatus } from '@/features/deals/send-status'
import { useSend } from '@/features/deals/use-send'
import { api, type Listing } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { dateTime } from '@/lib/format'
import { Button, ButtonLink } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { useToast } from '@/ui/toast'

/** For the seller: edit, offer again, off the market at once, and void on the chain for who wants to be certain. */
export default function OwnCard({ listing }: { listing: Listing }) {
  const t = useTranslations('listing')
  const locale = useLocale()
  const state = listing.replacedBy ? 'replaced' : listing.status
  const date = dateTime(listing.expiry, locale)
  const takeable = listing.free > 0 && listing.status !== 'expired'
  return (
    <Card>
      <CardHeader title={t('own.title')} hint={t(`own.state.${state}`, { date })} />
      <div className="flex flex-wrap gap-2">
        {!listing.replacedBy && (
          <ButtonLink href={`/listings/${listing.id}/edit`}>
            {listing.status === 'active' ? t('own.edit') : t('own.renew')}
          </ButtonLink>
        )}
        {listing.status === 'active' && <Withdraw listing={listing} />}
      </div>
      {takeable && <Voiding listing={listing} date={date} />}
      {listing.status === 'withdrawn' && !takeable && <Void />}
    </Card>
  )
}

function Void() {
  const t = useTranslations('listing')
  return <p className="mt-3 text-muted text-sm">{t('own.void')}</p>
}

function Withdraw({ listing }: { listing: Listing }) {
  const t = useTranslations('listing')
  const router = useRouter()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const withdraw = async () => {
    setBusy(true)
    try {
      await api.listings.withdraw(listing.id)
      toast(t('own.withdrawn'), 'success')
      router.refresh()
    } catch (error) {
      toast(problemOf(error).title, 'danger')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button variant="secondary" loading={busy} onClick={withdraw}>
      {t('own.withdraw')}
    </Button>
  )
}

/** How many other listings of the seller share the group of this one; null until that is known. */
function useOthers({ offer, seller }: Listing): number | null {
  const [others, setOthers] = useState<number | null>(null)
  useEffect(() => {
    let stale = false
    api.listings
      .groups(seller.address)
      .then((groups) => !stale && setOthers(Math.max(0, (groups.find(({ nonce }) => nonce === offer.nonce)?.listings ?? 1) - 1)))
      .catch(() => !stale && setOthers(1)) // voiding each unit is right in any case
    return () => {
      stale = true
    }
  }, [offer.nonce, seller.address])
  return others
}

function Voiding({ listing, date }: { listing: Listing; date: string }) {
  const t = useTranslations('listing')
  const { escrow } = useMarketConfig()
  const router = useRouter()
  const others = useOthers(listing)
  const kind = listing.status === 'active' ? 'end' : 'open'
  const indexed = async () => (await api.listings.get(listing.id))?.free === 0
  const onDone = () => router.refresh()
  const { state, send, busy } = useSend(`void:${listing.id}`, { indexed, onDone })
  const start = () =>
    send({
      indexed,
      onDone,
      prepare: async () => {
        const { voidGroup, voidUnits } = await import('./voiding')
        return (others === 0 ? voidGroup : voidUnits)(listing, escrow as Address)
      },
    })
  return (
    <div className="mt-5 border-line border-t pt-4">
      <h3 className="font-medium">{t(`own.${kind}.title`)}</h3>
      <p className="mt-1 mb-3 text-muted text-sm">{t(`own.${kind}.text`, { date })}</p>
      <Button variant="secondary" loading={busy || others === null} onClick={start}>
        {others ? t('own.voidUnits') : t('own.voidGroup')}
      </Button>
      {others !== null && (
        <p className="mt-2 text-muted text-sm">{others === 0 ? t('own.groupAlone') : t('own.groupShared', { others })}</p>
      )}
      <div className="mt-3 empty:hidden">
        <SendStatus state={state} done={t('own.isVoid')} />
      </div>
    </div>
  )
}
