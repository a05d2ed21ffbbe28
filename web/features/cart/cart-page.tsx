'use client'

import { ShoppingCart } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { AddressField, addressProblem } from '@/features/checkout/address-field'
import { keepDraft, readDraft } from '@/features/checkout/draft'
import { useSession } from '@/features/identity/session'
import type { RateView } from '@/features/rates/rate-view'
import { Alert } from '@/ui/alert'
import { ButtonLink } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { EmptyState } from '@/ui/empty-state'
import { focusInvalid } from '@/ui/focus-invalid'
import { Skeleton } from '@/ui/skeleton'
import { useCart, useChangeCart } from './cart'
import { CartRow } from './cart-row'
import { CartSummary } from './cart-summary'
import { quantityOf } from './changed'
import { useCartDeals } from './use-cart-deals'
import { usePayCart } from './use-pay-cart'

const DRAFT = 'cart'

/** Things of several sellers, paid in one transaction: all or none. */
export function CartPage({ rates }: { rates: RateView | null }) {
  const t = useTranslations('cart')
  const { session } = useSession()
  const { account, kept, lines } = useCart()
  const change = useChangeCart()
  const isCartLoading = account !== null && lines.length === 0 && kept.owner !== account && !kept.away
  const loaded = useCartDeals(lines, session?.wallets ?? [])
  const { pay, state, busy, gone, reset } = usePayCart()
  const [address, setAddress] = useState('')
  const [tried, setTried] = useState(false)
  useEffect(() => setAddress((typed) => typed || (readDraft(DRAFT)?.address ?? '')), [])
  const write = (text: string) => {
    setAddress(text)
    keepDraft(DRAFT, { address: text })
  }
  const deals = loaded.flatMap((one) => one.deals)
  const wanted = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const isLoading = loaded.some(({ listing }) => listing === undefined)
  const missing = isLoading ? [] : loaded.filter((one) => one.deals.length < one.line.quantity)
  if (isCartLoading) return <Skeleton className="h-64" />
  if (lines.length === 0 && !busy) {
    return (
      <EmptyState
        icon={<ShoppingCart aria-hidden="true" />}
        title={t('empty.title')}
        action={<ButtonLink href="/">{t('empty.browse')}</ButtonLink>}
      >
        {t('empty.text')}
      </EmptyState>
    )
  }
  const needsAddress = deals.some(({ isShipped }) => isShipped)
  const blocked = needsAddress && addressProblem(address) !== null
  /** What is gone is taken out; of what there is less of, what is left stays. */
  const tidy = () => {
    void change(missing.map(({ line, deals: some }) => ({ ...line, quantity: some.length })))
    reset()
  }
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="flex min-w-0 flex-col gap-6">
        {account !== null && kept.away && <Alert tone="warning">{t('away')}</Alert>}
        {gone.length > 0 && (
          <Alert tone="warning" title={t('gone.title')} live>
            {t('gone.text', { titles: gone.join(', ') })}
          </Alert>
        )}
        <Card>
          <CardHeader title={t('items', { count: wanted })} />
          <ul className="flex flex-col divide-y divide-line">
            {loaded.map((one) => (
              <CartRow
                key={`${one.line.listingId} ${one.line.choice}`}
                loaded={one}
                disabled={busy}
                onChange={(line) => void change([line])}
                onChoose={(choice) =>
                  void change([
                    { ...one.line, quantity: 0 },
                    { ...one.line, choice, quantity: one.line.quantity + quantityOf(lines, one.line.listingId, choice) },
                  ])
                }
                onRemove={() => void change([{ ...one.line, quantity: 0 }])}
              />
            ))}
          </ul>
        </Card>
        {needsAddress && (
          <Card>
            <CardHeader title={t('delivery')} hint={t('deliveryHint')} />
            <AddressField value={address} onChange={write} error={tried && blocked} />
          </Card>
        )}
      </div>
      <CartSummary
        deals={deals}
        rates={rates}
        missing={missing.length > 0}
        onTidy={tidy}
        state={state}
        busy={busy}
        onPay={() => {
          setTried(true)
          if (blocked) return focusInvalid(document)
          void pay(deals, lines, address)
        }}
      />
    </div>
  )
}
