'use client'

import { parseAmount } from '@fairhold/protocol/money'
import { textHash } from '@fairhold/protocol/text'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { useState } from 'react'
import { api } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { faultAt } from '@/lib/faults'
import { dateTime } from '@/lib/format'
import { readNumber } from '@/lib/typed-number'
import { Alert } from '@/ui/alert'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { Textarea } from '@/ui/textarea'
import type { ActionFormProps } from './action-dialog'
import { FormButtons } from './form-buttons'
import { PayoutPreview } from './payout-preview'
import { type Problem, problemOf } from './problem'
import { usePropose } from './use-propose'

const DAY = 86_400

const problemIn = ({ action: { state } }: ActionFormProps['part']) => (state.at === 'failed' ? state.problem : null)

/** Carrier and number: kept for the two parties; the chain gets their salted hash. */
export function ShipForm({ part, verb, submit, onClose }: ActionFormProps) {
  const t = useTranslations('deals')
  const problem = problemIn(part)
  const [carrier, setCarrier] = useState('')
  const [number, setNumber] = useState('')
  const [tried, setTried] = useState(false)
  const ready = carrier.trim() !== '' && number.trim() !== ''
  const send = () => {
    setTried(true)
    if (ready)
      submit(async () => [
        (await api.deals.setTracking(part.deal.id, { carrier: carrier.trim(), number: number.trim() })).trackingHash,
      ])
  }
  return (
    <>
      <Field label={t('form.carrier')} error={tried && !carrier.trim() ? t('form.carrierMissing') : faultAt(problem, 'carrier')}>
        <Input value={carrier} onChange={(event) => setCarrier(event.target.value)} maxLength={80} />
      </Field>
      <Field label={t('form.number')} error={tried && !number.trim() ? t('form.numberMissing') : faultAt(problem, 'number')}>
        <Input value={number} onChange={(event) => setNumber(event.target.value)} maxLength={80} />
      </Field>
      <FormButtons busy={part.action.busy} label={t(`action.${verb}.button`)} onSubmit={send} onClose={onClose} />
    </>
  )
}

/** An amount smaller than what is left. */
export function PartForm({ part, verb, submit, onClose }: ActionFormProps) {
  const t = useTranslations('deals')
  const amount = useAmountInput(part.deal.token, { min: 1n, max: BigInt(part.deal.remaining) - 1n })
  const send = () => {
    const value = amount.check()
    if (value !== null) submit(() => [value])
  }
  return (
    <>
      <Field label={t('form.amount')} error={amount.error}>
        <Input
          inputMode="decimal"
          suffix={amount.symbol}
          value={amount.text}
          onChange={(event) => amount.setText(event.target.value)}
        />
      </Field>
      <PayoutPreview deal={part.deal} verb={verb} amount={amount.read()} />
      <FormButtons busy={part.action.busy} label={t(`action.${verb}.button`)} onSubmit={send} onClose={onClose} />
    </>
  )
}

/** How much later the deadline is to be. */
export function ExtendForm({ part, verb, submit, onClose }: ActionFormProps) {
  const t = useTranslations('deals')
  const locale = useLocale()
  const zone = useTimeZone()
  const [days, setDays] = useState('3')
  const until = Math.max(part.deal.deadline, part.now) + Number(days) * DAY
  const options = [1, 3, 7, 14, 30].map((count) => ({
    value: String(count),
    label: t('form.days', { count }),
  }))
  return (
    <>
      <Field label={t('form.longer')} hint={t('form.newDeadline', { time: dateTime(until, locale, zone) })}>
        <Select options={options} value={days} onChange={(event) => setDays(event.target.value)} />
      </Field>
      <FormButtons
        busy={part.action.busy}
        label={t(`action.${verb}.button`)}
        onSubmit={() => submit(() => [until])}
        onClose={onClose}
      />
    </>
  )
}

/** What happened, in writing: stored for the parties and the arbiter, its hash on chain. */
export function DisputeForm({ part, verb, submit, onClose }: ActionFormProps) {
  const t = useTranslations('deals')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const send = () => {
    setTried(true)
    if (text.trim().length < 10) return
    submit(async () => {
      await api.disputes.state(part.deal.id, text)
      return [textHash(text)]
    })
  }
  return (
    <>
      <Field
        label={t('form.happened')}
        hint={t('form.happenedHint')}
        error={tried && text.trim().length < 10 ? t('form.happenedMissing') : faultAt(problemIn(part), 'text')}
      >
        <Textarea rows={6} value={text} onChange={(event) => setText(event.target.value)} maxLength={5000} />
      </Field>
      <FormButtons busy={part.action.busy} label={t(`action.${verb}.button`)} danger onSubmit={send} onClose={onClose} />
    </>
  )
}

/** A split to sign: it goes to the other side, and moves money only when both have signed the same. */
export function SplitForm({ part, onClose }: ActionFormProps) {
  const t = useTranslations('deals')
  const { deal } = part
  const remaining = BigInt(deal.remaining)
  const amount = useAmountInput(deal.token, { min: 0n, max: remaining })
  const propose = usePropose(part)
  const [problem, setProblem] = useState<Problem | null>(null)
  const toBuyer = amount.read()
  const send = async () => {
    if (amount.check() === null || toBuyer === null) return
    try {
      await propose.sign({ toBuyer, remaining, expiry: part.now + 14 * DAY })
      onClose()
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  return (
    <>
      <Field label={t('form.toBuyer')} error={amount.error} hint={t('form.toBuyerHint')}>
        <Input
          inputMode="decimal"
          suffix={amount.symbol}
          value={amount.text}
          onChange={(event) => amount.setText(event.target.value)}
        />
      </Field>
      <PayoutPreview deal={deal} verb="settle" amount={toBuyer} />
      {problem && (
        <Alert tone="danger" title={problem.title} live>
          {problem.detail} {problem.whatToDo}
        </Alert>
      )}
      <FormButtons busy={propose.busy} label={t('form.sign')} onSubmit={send} onClose={onClose} />
    </>
  )
}

/** An input for an amount of a token, from `min` to `max` base units. */
export function useAmountInput(tokenAddress: string, { min, max }: { min: bigint; max: bigint }) {
  const t = useTranslations('deals')
  const locale = useLocale()
  const token = tokenOf(useMarketConfig(), tokenAddress)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const decimals = token?.decimals ?? 0
  const symbol = token?.symbol ?? ''
  const typed = readNumber(text, locale)
  const read = (): bigint | null => {
    if ('whole' in typed) return null
    try {
      const value = parseAmount(typed.plain, decimals)
      return value >= min && value <= max ? value : null
    } catch {
      return null
    }
  }
  /** The amount, to be sent; where it is none, the field says so from now on. */
  const check = (): bigint | null => {
    setTried(true)
    return read()
  }
  const isWrong = (tried || text !== '') && read() === null
  const tooMuch = text.trim() === '' ? t('form.amountMissing') : t('form.tooMuch')
  const wrong = 'whole' in typed ? t('form.unclear', typed) : tooMuch
  const error = isWrong ? wrong : undefined
  return { text, setText, read, check, error, isUnclear: 'whole' in typed, decimals, symbol }
}
