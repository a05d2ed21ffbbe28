'use client'

import { Clock, Gavel, PackageCheck, Truck, Wallet } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { Listing } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { duration, percent, shortHex } from '@/lib/format'
import { Card, CardHeader } from '@/ui/card'

/** Every deadline of the deal, what each means for the money, and who judges: in the order in which they come. */
export function WhatHappens({ terms, pickup }: { terms: Listing['offer']['terms']; pickup: boolean }) {
  const t = useTranslations('checkout')
  const locale = useLocale()
  const { arbiters } = useMarketConfig()
  const name = arbiters.find(({ address }) => address === terms.arbiter)?.name ?? shortHex(terms.arbiter)
  const time = (seconds: number) => duration(seconds, locale)
  const judged = { name, time: time(terms.rulingSeconds), fee: percent(terms.arbiterFeeBps, locale) }
  const steps = [
    { icon: Wallet, title: t('then.held'), text: t('then.heldText') },
    {
      icon: Truck,
      title: t('then.ship', { time: time(terms.shipSeconds) }),
      text: pickup ? t('then.fetchText') : t('then.shipText'),
    },
    { icon: Clock, title: t('then.deliver', { time: time(terms.deliverySeconds) }), text: t('then.deliverText') },
    { icon: PackageCheck, title: t('then.inspect', { time: time(terms.inspectionSeconds) }), text: t('then.inspectText') },
    {
      icon: Gavel,
      title: t('then.dispute', { name }),
      text: t('then.disputeText', { ...judged, silent: percent(terms.silentAwardBps, locale) }),
    },
  ]
  return (
    <Card>
      <CardHeader title={t('then.title')} hint={t('then.hint')} />
      <ol className="flex flex-col gap-4 text-sm">
        {steps.map(({ icon: Icon, title, text }) => (
          <li key={title} className="flex gap-3">
            <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-primary" />
            <div>
              <p className="font-medium">{title}</p>
              <p className="text-muted leading-relaxed">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}
