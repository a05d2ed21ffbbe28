'use client'

import { allowed } from '@fairhold/protocol/deal/machine'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { ActionDialog } from './action-dialog'
import type { DealPart } from './deal-part'
import type { DealVerb } from './deal-verbs'
import { SendStatus } from './send-status'
import { stepsFor } from './steps'

/** What the viewer can do now: one obvious step, and the others. The list comes from the state machine. */
export function DealActions(part: DealPart) {
  const t = useTranslations('deals')
  const { deal, viewer, now, action } = part
  const [open, setOpen] = useState<DealVerb | null>(null)
  if (deal.endedAt !== null) return <SendStatus state={action.state} />
  if (viewer === 'stranger') return <Alert tone="neutral">{t('steps.signIn')}</Alert>
  const facts = { state: deal.state, deadline: deal.deadline }
  const { main, others } = stepsFor(deal.state, viewer, allowed(facts, viewer, now))
  const shown = others.filter((verb) => verb !== 'rule')
  const obvious = main === 'rule' ? null : main
  if (!obvious && shown.length === 0) return viewer === 'arbiter' ? null : <Alert tone="neutral">{t('steps.nothing')}</Alert>
  return (
    <Card className="not-on-paper">
      <CardHeader
        title={obvious ? t('steps.title') : t('steps.nothing')}
        hint={obvious ? t(`action.${obvious}.explain`) : t('steps.calm')}
      />
      <div className="flex flex-wrap gap-2">
        {obvious && (
          <Button size="lg" className="w-full sm:w-auto" onClick={() => setOpen(obvious)} disabled={action.busy}>
            {t(`action.${obvious}.button`)}
          </Button>
        )}
        {shown.map((verb) => (
          <Button key={verb} variant="secondary" onClick={() => setOpen(verb)} disabled={action.busy}>
            {t(`action.${verb}.button`)}
          </Button>
        ))}
      </div>
      {open === null && (
        <div className="mt-4 has-[>[role=status]:only-child:empty]:mt-0">
          <SendStatus state={action.state} />
        </div>
      )}
      {open && (
        <ActionDialog
          key={open}
          verb={open}
          part={part}
          onClose={() => {
            setOpen(null)
            action.reset()
          }}
        />
      )}
    </Card>
  )
}
