import { CalendarClock, Clock, Gavel, PackageCheck, ShieldCheck, Wallet } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Listing } from '@/lib/api'
import { type MarketConfig, tokenOf } from '@/lib/chain-tokens'
import { shortHex } from '@/lib/format'
import { useFormat } from '@/lib/use-format'
import { Card, CardHeader } from '@/ui/card'

/** What protects a buyer, in plain words, all of it from the signed offer. */
export function Protection({ listing, config }: { listing: Listing; config: MarketConfig }) {
  const t = useTranslations('listing')
  const { duration: time, percent } = useFormat()
  const { terms } = listing.offer
  const name = config.arbiters.find(({ address }) => address === terms.arbiter)?.name ?? shortHex(terms.arbiter)
  const parts = { deposit: percent(terms.depositBps), time: time(terms.fundingSeconds) }
  const ruling = {
    name,
    time: time(terms.rulingSeconds),
    fee: percent(terms.arbiterFeeBps),
    award: percent(terms.silentAwardBps),
  }
  const points = [
    { icon: Wallet, text: t('protection.money', { symbol: tokenOf(config, listing.token)?.symbol ?? 'none' }) },
    ...(terms.fundingSeconds > 0 ? [{ icon: CalendarClock, text: t('protection.parts', parts) }] : []),
    { icon: Clock, text: t('protection.ship', { time: time(terms.shipSeconds) }) },
    { icon: PackageCheck, text: t('protection.inspect', { time: time(terms.inspectionSeconds) }) },
    { icon: Gavel, text: t('protection.rule', ruling) },
    { icon: ShieldCheck, text: t('protection.fee', { fee: percent(terms.operatorFeeBps) }) },
  ]
  return (
    <Card>
      <CardHeader title={t('protection.title')} />
      <ul className="flex flex-col gap-3 text-sm leading-relaxed">
        {points.map(({ icon: Icon, text }) => (
          <li key={text} className="flex gap-3">
            <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-primary" />
            {text}
          </li>
        ))}
      </ul>
    </Card>
  )
}
