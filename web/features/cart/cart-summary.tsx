'use client'

import { ShieldCheck } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { SendStatus } from '@/features/deals/send-status'
import { useOneStep } from '@/features/deals/use-one-step'
import type { SendState } from '@/features/deals/use-send'
import { useSession } from '@/features/identity/session'
import { Approx } from '@/features/rates/approx'
import type { RateView } from '@/features/rates/rate-view'
import { ZERO_ADDRESS } from '@/lib/chain'
import { money, shortHex } from '@/lib/format'
import { isolated } from '@/lib/isolated'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { bySeller, byToken, type CartDeal, signsEach, type TokenTotal } from './totals'

interface CartSummaryProps {
  deals: readonly CartDeal[]
  rates: RateView | null
  /** Something in the cart cannot be had any more. */
  missing: boolean
  onTidy: () => void
  state: SendState
  busy: boolean
  onPay: () => void
}

/** Whether what is paid in a token has to be allowed first. */
const needsAllowance = ({ token, deals }: TokenTotal): boolean => token.address !== ZERO_ADDRESS && !signsEach(token, deals)

/** What leaves the wallet, to the last unit: by token, by seller; what the wallet will ask; and the button that pays. */
export function CartSummary({ deals, rates, missing, onTidy, state, busy, onPay }: CartSummaryProps) {
  const t = useTranslations('cart')
  const locale = useLocale()
  const { session } = useSession()
  const totals = byToken(deals)
  const oneStep = useOneStep(totals.some(needsAllowance))
  const sum = (some: readonly TokenTotal[]) => some.map(({ token, total }) => money(total, token, locale)).join(' + ')
  const paying = deals.length > 0 ? t('pay', { count: deals.length, amount: sum(totals) }) : missing ? t('nothing') : '…'
  const label = session ? paying : t('signIn')
  return (
    <aside className="flex min-w-0 flex-col gap-6 lg:sticky lg:top-24 lg:self-start">
      <Card>
        <CardHeader title={t('sum.title')} />
        <dl className="flex flex-col gap-2 text-sm">
          {bySeller(deals).map(({ seller, name, totals: some }) => (
            <div key={seller} className="flex justify-between gap-4">
              <dt className="text-muted">{t('sum.seller', { seller: isolated(name) || shortHex(seller) })}</dt>
              <dd className="text-right">{sum(some)}</dd>
            </div>
          ))}
          <div className="mt-1 flex items-baseline justify-between gap-4 border-line border-t pt-3">
            <dt className="font-semibold">{t('sum.total')}</dt>
            <dd className="flex flex-col items-end">
              <span className="text-right font-semibold text-lg">{totals.length > 0 ? sum(totals) : '–'}</span>
              {totals.map(({ token, total }) => (
                <Approx key={token.address} amount={total} token={token} rates={rates} brief />
              ))}
            </dd>
          </div>
        </dl>
        {deals.length > 0 && (
          <>
            <h3 className="mt-4 font-semibold text-sm">{t('asks.title')}</h3>
            <ul className="mt-1 list-disc pl-5 text-muted text-sm leading-relaxed">
              {totals.map((total) => (
                <li key={total.token.address}>{askOf(total)}</li>
              ))}
              <li>{t('asks.send', { count: deals.length })}</li>
            </ul>
          </>
        )}
        <p className="mt-3 text-muted text-sm">{t('sum.separate')}</p>
      </Card>
      <Card>
        <div className="flex flex-col gap-4">
          {missing && (
            <Alert
              tone="warning"
              title={t('missing.title')}
              action={
                <Button size="sm" variant="secondary" onClick={onTidy}>
                  {t('missing.tidy')}
                </Button>
              }
            >
              {t('missing.text')}
            </Alert>
          )}
          <Button size="lg" block loading={busy} disabled={deals.length === 0 || missing || state.at === 'done'} onClick={onPay}>
            {label}
          </Button>
          <SendStatus state={state} done={t('done')} onRetry={onPay} />
          <p className="flex gap-2 text-muted text-sm">
            <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-primary" />
            {t('allOrNone')}
          </p>
        </div>
      </Card>
    </aside>
  )

  function askOf({ token, total, deals: some }: TokenTotal): string {
    const amount = money(total, token, locale)
    if (token.address === ZERO_ADDRESS) return t('asks.coins', { amount })
    if (signsEach(token, some)) return t('asks.signatures', { count: some.length, amount })
    return oneStep ? t('asks.together', { amount }) : t('asks.allowance', { amount })
  }
}
