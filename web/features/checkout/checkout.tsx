'use client'

import { depositOf } from '@fairhold/protocol/deal/amount'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { PayChoice, type PayPlan } from '@/features/deals/pay-choice'
import { useSession } from '@/features/identity/session'
import type { RateView } from '@/features/rates/rate-view'
import type { Listing } from '@/lib/api'
import type { Bid } from '@/lib/api/bids'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { Alert } from '@/ui/alert'
import { Card, CardHeader } from '@/ui/card'
import { focusInvalid } from '@/ui/focus-invalid'
import { AddressField, addressProblem } from './address-field'
import { freeUnits } from './choices'
import { keepDraft, readDraft } from './draft'
import { ItemLine } from './item-line'
import { PayButton } from './pay-button'
import { type Sender, SenderChoice } from './sender-choice'
import { ShippingChoice } from './shipping-choice'
import { type Started, useStarted } from './started'
import { Summary } from './summary'
import { WhatHappens } from './what-happens'

export interface CheckoutProps {
  listing: Listing
  /** The seller's counter that is being taken; null to buy as asked. */
  counter: Bid | null
  initialChoice: number
  rates: RateView | null
}

/** All that is asked and said before the wallet opens: how it comes, where to, how it is paid, what happens to the money. */
export function Checkout({ listing, counter, initialChoice, rates }: CheckoutProps) {
  const t = useTranslations('checkout')
  const market = useMarketConfig()
  const { session } = useSession()
  const { choices } = listing
  const [picked, setPicked] = useState(counter?.choice ?? initialChoice)
  const [started, setStarted] = useState<Started | null>(null)
  useStarted(listing, (found) => {
    if (counter) return // a counter is a deal of its own
    setStarted(found)
    setPicked(found.choice)
  })
  const choice = choices.find((one) => one.choice === picked) ?? choices[0]
  const [address, setAddress] = useState('')
  const [tried, setTried] = useState(false)
  const [plan, setPlan] = useState<PayPlan>('whole')
  const [sender, setSender] = useState<Sender>('self')
  const [isPaying, setPaying] = useState(false)
  useEffect(() => setAddress((typed) => typed || (readDraft(listing.id)?.address ?? '')), [listing.id])
  const token = tokenOf(market, counter?.token ?? listing.token)
  const [free] = choice ? freeUnits(choice) : []
  const unit = started?.choice === picked ? started.unit : free
  if (!token || !choice) return <Alert tone="warning" title={t('unknownToken')} />
  if (!unit || (listing.status !== 'active' && !started))
    return (
      <Alert tone="neutral" title={t('gone.title')}>
        {t('gone.text')}
      </Alert>
    )
  if (session?.wallets.includes(listing.seller.address)) return <Alert tone="info" title={t('own')} />

  const price = BigInt(counter?.price ?? choice.price)
  const { depositBps, fundingSeconds } = choice.offer.terms
  const splits = counter === null && fundingSeconds > 0
  const deposit = splits && plan === 'deposit' ? depositOf(price, depositBps) : null
  const pick = (way: number) => {
    setPicked(way)
    window.history.replaceState(null, '', `?choice=${way}`) // for who loads the page anew
  }
  const write = (text: string) => {
    setAddress(text)
    keepDraft(listing.id, { address: text })
  }
  const isShipped = choice.kind === 'ship'
  const problem = isShipped ? addressProblem(address) : null
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <fieldset disabled={isPaying} className="flex min-w-0 flex-col gap-6">
        <Card>
          <ItemLine listing={listing} />
        </Card>
        <Card>
          <CardHeader title={t('delivery')} />
          <div className="flex flex-col gap-5">
            {choices.length > 1 && (
              <ShippingChoice
                choices={counter ? choices.filter((one) => one.choice === counter.choice) : choices}
                token={token}
                value={choice.choice}
                onChange={pick}
              />
            )}
            {isShipped ? (
              <AddressField value={address} onChange={write} error={tried && problem !== null} />
            ) : (
              <p className="text-muted text-sm">{t('pickup')}</p>
            )}
          </div>
        </Card>
        <Card>
          <CardHeader title={t('payment')} />
          <div className="flex flex-col gap-5">
            {splits && <PayChoice offer={choice.offer} price={price} token={token} plan={plan} onChange={setPlan} />}
            <SenderChoice token={token} available={deposit === null} sender={sender} onChange={setSender} />
          </div>
        </Card>
        <WhatHappens terms={choice.offer.terms} pickup={!isShipped} />
      </fieldset>
      <aside className="flex min-w-0 flex-col gap-6 lg:sticky lg:top-24 lg:self-start">
        <Summary {...{ choice, price, counter, token, deposit, sender, rates }} />
        <PayButton
          key={`${choice.choice} ${unit.dealId}`}
          {...{ listing, counter, choice, unit, token, price, deposit, sender, address }}
          blocked={problem !== null}
          onBusy={setPaying}
          onBlocked={() => {
            setTried(true)
            focusInvalid(document)
          }}
        />
      </aside>
    </div>
  )
}
