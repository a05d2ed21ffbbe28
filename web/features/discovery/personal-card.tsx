'use client'

import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { discovery, type PersonalState } from '@/lib/api/discovery'
import { dateOf } from '@/lib/format'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'

/** Whether somebody wants recommendations, and so a history of what they look at. */
export function PersonalCard() {
  const t = useTranslations('personal')
  const toast = useToast()
  const [state, setState] = useState<PersonalState | 'loading' | 'failed'>('loading')
  useEffect(() => {
    discovery.personal().then(setState, () => setState('failed'))
  }, [])
  const change = async (wanted: boolean) => {
    try {
      setState(await discovery.want(wanted))
      toast(wanted ? t('begun') : t('ended'), 'success')
    } catch {
      toast(t('failed'), 'danger')
    }
  }
  return (
    <Card>
      <CardHeader title={t('title')} hint={t('hint')} />
      {state === 'loading' && <Skeleton className="h-11 w-64" />}
      {state === 'failed' && <p className="text-muted text-sm">{t('failed')}</p>}
      {typeof state === 'object' && <Choice state={state} onChange={change} />}
    </Card>
  )
}

function Choice({ state: { wanted, since, views }, onChange }: { state: PersonalState; onChange: (wanted: boolean) => void }) {
  const t = useTranslations('personal')
  const locale = useLocale()
  const zone = useTimeZone()
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-sm">{wanted ? t('on', { date: dateOf(since ?? '', locale, zone), count: views }) : t('off')}</p>
      <Button variant={wanted ? 'danger' : 'secondary'} onClick={() => onChange(!wanted)}>
        {wanted ? t('end') : t('begin')}
      </Button>
    </div>
  )
}
