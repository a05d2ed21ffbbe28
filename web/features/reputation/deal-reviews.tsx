'use client'

import { reviewsCloseAt } from '@fairhold/protocol/reputation/review'
import { Star } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import type { DealPart } from '@/features/deals/deal-part'
import { useSession } from '@/features/identity/session'
import type { Deal } from '@/lib/api'
import { faultAt, isAllAt } from '@/lib/faults'
import { useFormat } from '@/lib/use-format'
import { Alert } from '@/ui/alert'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { cx } from '@/ui/cx'
import { Field } from '@/ui/field'
import { Score } from '@/ui/stars'
import { Textarea } from '@/ui/textarea'
import { type ReviewState, useReview } from './use-review'

/** Reviews of an ended deal: yours to write, theirs to read once both are in. */
export function DealReviews(part: DealPart) {
  const t = useTranslations('reputation')
  const { deal, viewer, now } = part
  const { session } = useSession()
  if (deal.endedAt === null || deal.state === 'cancelled') return null
  const isParty = viewer === 'buyer' || viewer === 'seller'
  const mine = deal.reviews.find(({ author }) => session?.wallets.includes(author))
  const closesAt = reviewsCloseAt(deal.endedAt)
  const closed = now > closesAt || deal.reviews.some(({ sealed }) => !sealed)
  if (!isParty && deal.reviews.length === 0) return null
  return (
    <Card>
      <CardHeader title={t('title')} hint={t('hint')} />
      <ul className="flex flex-col gap-3">
        {deal.reviews.map((review) => (
          <ReviewItem key={review.author} review={review} ofBuyer={review.author === deal.buyer.address} opensAt={closesAt} />
        ))}
      </ul>
      {isParty && !mine && !closed && <ReviewForm {...part} />}
      {isParty && !mine && closed && <p className="mt-4 text-muted text-sm first:mt-0">{t('closed')}</p>}
    </Card>
  )
}

function ReviewItem({ review, ofBuyer, opensAt }: { review: Deal['reviews'][number]; ofBuyer: boolean; opensAt: number }) {
  const format = useFormat()
  const t = useTranslations('reputation')
  return (
    <li className="rounded-xl bg-sunken p-4 text-sm">
      <p className="flex flex-wrap items-center gap-2 font-medium">
        {ofBuyer ? t('byBuyer') : t('bySeller')}
        {review.sealed ? <Badge tone="info">{t('sealed')}</Badge> : <Score score={review.score ?? 0} />}
      </p>
      {review.sealed && <p className="mt-1 text-muted">{t('opens', { when: format.dateTime(opensAt) })}</p>}
      {review.text && <p className="mt-1 whitespace-pre-line break-words">{review.text}</p>}
    </li>
  )
}

function ReviewForm(part: DealPart) {
  const t = useTranslations('reputation')
  const { state, write, busy } = useReview(part)
  const [score, setScore] = useState(0)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const problem = state.at === 'failed' ? state.problem : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (score > 0) void write(score, text)
  }
  return (
    <form noValidate onSubmit={submit} className="mt-4 flex flex-col gap-4 first:mt-0">
      <ScoreInput score={score} onChange={setScore} error={tried && score === 0} />
      <Field label={t('label')} optional hint={t('labelHint')} error={faultAt(problem, 'text')}>
        <Textarea rows={4} value={text} onChange={(event) => setText(event.target.value)} maxLength={1000} />
      </Field>
      <Button type="submit" className="self-start" loading={busy}>
        {t('button')}
      </Button>
      <ReviewStatus state={state} />
    </form>
  )
}

function ReviewStatus({ state }: { state: ReviewState }) {
  const t = useTranslations('reputation')
  if (state.at === 'failed' && isAllAt(state.problem, ['text'])) return null
  if (state.at === 'failed') {
    return (
      <Alert tone={state.problem.mild ? 'neutral' : 'danger'} title={state.problem.title} live>
        {state.problem.detail} {state.problem.whatToDo}
      </Alert>
    )
  }
  return (
    <p role="status" className="text-muted text-sm">
      {state.at === 'idle' ? t('free') : t(`steps.${state.at}`)}
    </p>
  )
}

function ScoreInput({ score, onChange, error }: { score: number; onChange: (score: number) => void; error: boolean }) {
  const t = useTranslations('reputation')
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{t('legend')}</legend>
      <div className="flex">
        {[1, 2, 3, 4, 5].map((star) => (
          <label
            key={star}
            className="grid size-11 cursor-pointer place-items-center rounded-lg has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name="score"
              value={star}
              checked={score === star}
              onChange={() => onChange(star)}
              className="sr-only"
            />
            <span className="sr-only">{t('stars', { count: star })}</span>
            <Star aria-hidden="true" className={cx('size-7', star <= score ? 'fill-star text-star' : 'text-line-strong')} />
          </label>
        ))}
      </div>
      {error && (
        <p role="alert" className="font-medium text-danger text-sm">
          {t('missing')}
        </p>
      )}
    </fieldset>
  )
}
