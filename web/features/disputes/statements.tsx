'use client'

import { textHash } from '@fairhold/protocol/text'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import type { DealPart } from '@/features/deals/deal-part'
import { type Problem, problemOf } from '@/features/deals/problem'
import { api } from '@/lib/api'
import { faultAt, isAllAt } from '@/lib/faults'
import { useFormat } from '@/lib/use-format'
import { Alert } from '@/ui/alert'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Field } from '@/ui/field'
import { focusInvalid } from '@/ui/focus-invalid'
import { Textarea } from '@/ui/textarea'

/** What the parties say happened. While the dispute is open each can add to it. */
export function Statements({ deal, viewer, refresh }: DealPart) {
  const t = useTranslations('disputes.statements')
  const format = useFormat()
  if (!deal.statements || (deal.statements.length === 0 && deal.state !== 'disputed')) return null
  const onChain = deal.timeline.find(({ name }) => name === 'Disputed')?.args.statementHash
  const canWrite = deal.state === 'disputed' && (viewer === 'buyer' || viewer === 'seller')
  return (
    <Card>
      <CardHeader title={t('title')} />
      <ul className="flex flex-col gap-4">
        {deal.statements.map((statement) => {
          const who = statement.author === deal.buyer.address ? t('buyer') : t('seller')
          const intact = textHash(statement.text) === statement.textHash
          return (
            <li key={statement.textHash + statement.author} className="rounded-xl bg-sunken p-4">
              <p className="mb-1 flex flex-wrap items-center gap-2 font-medium text-sm">
                {who}, {format.date(statement.createdAt)}
                {intact && statement.textHash === onChain && <Badge tone="success">{t('onChain')}</Badge>}
              </p>
              <p className="whitespace-pre-line break-words text-sm leading-relaxed" dir="auto">
                {statement.text}
              </p>
            </li>
          )
        })}
      </ul>
      {canWrite && <StatementForm dealId={deal.id} onSaved={refresh} />}
    </Card>
  )
}

/** In characters: less says nothing. */
const SHORTEST = 10

function StatementForm({ dealId, onSaved }: { dealId: string; onSaved: () => Promise<void> }) {
  const t = useTranslations('disputes.statements')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Problem | null>(null)
  const isShort = text.trim().length < SHORTEST
  const save = async () => {
    try {
      await api.disputes.state(dealId, text)
      setText('')
      setTried(false)
      setFailure(null)
      await onSaved()
    } catch (error) {
      setFailure(problemOf(error))
    }
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (isShort) focusInvalid(event.currentTarget)
    else void save()
  }
  return (
    <form noValidate onSubmit={submit} className="mt-4 flex flex-col gap-3">
      <Field label={t('label')} hint={t('hint')} error={tried && isShort ? t('missing') : faultAt(failure, 'text')}>
        <Textarea rows={4} value={text} onChange={(event) => setText(event.target.value)} maxLength={5000} />
      </Field>
      <Button type="submit" variant="secondary" className="self-start">
        {t('add')}
      </Button>
      {failure && !isAllAt(failure, ['text']) && (
        <Alert tone="danger" title={t('failed')} live>
          {failure.detail} {failure.whatToDo}
        </Alert>
      )}
    </form>
  )
}
