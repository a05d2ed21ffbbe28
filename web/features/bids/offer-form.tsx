'use client'

import { parseAmount } from '@fairhold/protocol/money'
import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { AddressField, addressProblem } from '@/features/checkout/address-field'
import type { Choice } from '@/features/checkout/choices'
import { ShippingChoice } from '@/features/checkout/shipping-choice'
import type { Listing } from '@/lib/api'
import type { Bid } from '@/lib/api/bids'
import { type TokenInfo, tokenOf, tokensOf, useMarketConfig, ZERO_ADDRESS } from '@/lib/chain'
import { faultAt, isAllAt } from '@/lib/faults'
import { money } from '@/lib/format'
import { readNumber, type TypedNumber } from '@/lib/typed-number'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { focusInvalid } from '@/ui/focus-invalid'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { Textarea } from '@/ui/textarea'
import { useMakeBid } from './use-make-bid'

const DAYS = [1, 2, 3, 7] as const
const DAY = 86_400
/** As the API: a bid below a fifth of what is asked is not passed on. */
const LEAST_PARTS = 5n

interface OfferFormProps {
  listing: Listing
  /** The ways that can still be chosen; one where an offer is answered. */
  choices: readonly Choice[]
  answers: Bid | null
  onClose: () => void
}

/** Amount, how long it stands, and a word to the other side. */
export function OfferForm({ listing, choices, answers, onClose }: OfferFormProps) {
  const t = useTranslations('bids')
  const locale = useLocale()
  const market = useMarketConfig()
  const [picked, setPicked] = useState(choices[0]?.choice ?? 0)
  const choice = choices.find((one) => one.choice === picked) ?? choices[0]
  const payable = tokensOf(market).filter(({ address }) => address !== ZERO_ADDRESS)
  const asked = tokenOf(market, listing.token)
  const inCoins = listing.token === ZERO_ADDRESS
  const [tokenAddress, setTokenAddress] = useState<string>(
    answers?.token ?? (inCoins ? (payable[0]?.address ?? '') : listing.token),
  )
  const token = tokenOf(market, tokenAddress)
  const [text, setText] = useState('')
  const [days, setDays] = useState<number>(2)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const [address, setAddress] = useState('')
  const { make, at, problem } = useMakeBid({ answers, onDone: onClose })
  if (!choice || !asked || !token) return <Alert tone="warning" title={inCoins ? t('form.coinsOnly') : t('form.unknownToken')} />

  const ask = token.address === asked.address ? BigInt(choice.price) : null
  const typed = readNumber(text, locale)
  const amount = amountIn(typed, token)
  const fault = faultOf(amount, ask)
  const wrong = 'whole' in typed ? t('form.unclear', typed) : fault && t(`form.fault.${fault}`)
  const wantsAddress = answers?.kind !== 'bid' && choice.kind === 'ship'
  const noAddress = wantsAddress && addressProblem(address) !== null
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    focusInvalid(event.currentTarget)
    if (amount === null || fault !== null || noAddress) return
    void make(
      { listingId: listing.id, choice: choice.choice, ask: choice.offer, price: amount, lasts: days * DAY, note: note.trim() },
      token,
      wantsAddress ? address.trim() : null,
    )
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {inCoins && <Alert tone="info">{t('form.coins')}</Alert>}
      {choices.length > 1 && <ShippingChoice choices={choices} token={asked} value={choice.choice} onChange={setPicked} />}
      {inCoins && !answers && payable.length > 1 && (
        <Field label={t('form.token')}>
          <Select
            value={tokenAddress}
            onChange={(event) => setTokenAddress(event.target.value)}
            options={payable.map(({ address, symbol, name }) => ({ value: address, label: `${symbol} (${name})` }))}
          />
        </Field>
      )}
      <Field
        label={t('form.amount', { symbol: token.symbol })}
        hint={t('form.asked', { amount: money(BigInt(choice.price), asked, locale) })}
        error={tried && wrong ? wrong : faultAt(problem, 'price')}
      >
        <Input inputMode="decimal" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Field label={t('form.lasts')} error={faultAt(problem, 'expiry')}>
        <Select
          value={String(days)}
          onChange={(event) => setDays(Number(event.target.value))}
          options={DAYS.map((count) => ({ value: String(count), label: t('form.days', { count }) }))}
        />
      </Field>
      {wantsAddress && <AddressField value={address} onChange={setAddress} error={tried && noAddress} />}
      <Field label={t('form.note')} optional error={faultAt(problem, 'note')}>
        <Textarea rows={2} maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <p className="text-muted text-sm">{t(`form.promise.${promiseOf(answers, token)}`)}</p>
      {problem && !isAllAt(problem, ['price', 'expiry', 'note']) && (
        <Alert tone={problem.mild ? 'neutral' : 'danger'} title={problem.title} live>
          {problem.detail} {problem.whatToDo}
        </Alert>
      )}
      <Button type="submit" size="lg" block loading={at !== null}>
        {at === 'allowing' ? t('form.allowing') : t('form.sign')}
      </Button>
    </form>
  )
}

function amountIn(typed: TypedNumber, { decimals }: TokenInfo): bigint | null {
  if ('whole' in typed) return null
  try {
    return parseAmount(typed.plain, decimals)
  } catch {
    return null
  }
}

function faultOf(amount: bigint | null, ask: bigint | null): 'notANumber' | 'tooMuch' | 'tooLittle' | null {
  if (amount === null || amount === 0n) return 'notANumber'
  if (ask === null) return null
  if (amount >= ask) return 'tooMuch'
  return amount * LEAST_PARTS < ask ? 'tooLittle' : null
}

/** What signing does to the money. */
function promiseOf(answers: Bid | null, token: TokenInfo): 'counter' | 'signature' | 'allowance' {
  if (answers?.kind === 'bid') return 'counter'
  return token.authorization ? 'signature' : 'allowance'
}
