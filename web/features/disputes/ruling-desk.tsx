'use client'

import { payoutOfRuling } from '@fairhold/protocol/deal/amount'
import { rulingTypedData } from '@fairhold/protocol/eip712/types'
import { textHash } from '@fairhold/protocol/text'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import type { Address, Hex } from 'viem'
import type { DealPart } from '@/features/deals/deal-part'
import { type Problem, problemOf } from '@/features/deals/problem'
import { useWallet } from '@/features/deals/use-wallet'
import { useStepUp } from '@/features/identity/step-up'
import { api } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { faultAt, isAllAt } from '@/lib/faults'
import { useFormat } from '@/lib/use-format'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Field } from '@/ui/field'
import { focusInvalid } from '@/ui/focus-invalid'
import { Money } from '@/ui/money'
import { Textarea } from '@/ui/textarea'

/** In characters: the two parties are owed more than a word. */
const SHORTEST_REASON = 10

/** The arbiter's desk: decide the split, give the reasons, sign. The marketplace's relayer brings it to the chain. */
export function RulingDesk(part: DealPart) {
  const t = useTranslations('disputes')
  const { deal, now } = part
  if (deal.state !== 'disputed') return null
  if (now > deal.deadline) return <Alert tone="warning" title={t('late')} />
  if (deal.ruling) return <StoredRuling {...part} />
  return <RulingForm {...part} />
}

function RulingForm({ deal, refresh }: DealPart) {
  const format = useFormat()
  const { rule, busy, problem } = useRuling(deal, refresh)
  const [share, setShare] = useState(50)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const t = useTranslations('disputes.ruling')
  const buyerBps = share * 100
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (reason.trim().length >= SHORTEST_REASON) void rule(buyerBps, reason)
    else focusInvalid(event.currentTarget)
  }
  return (
    <Card>
      <CardHeader title={t('title')} hint={t('hint')} />
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('share')} hint={t('shareHint', { share: format.percent(buyerBps) })}>
          <input
            type="range"
            min={0}
            max={100}
            step={1}
            value={share}
            onChange={(event) => setShare(Number(event.target.value))}
            className="h-11 w-full accent-primary"
          />
        </Field>
        <Amounts deal={deal} buyerBps={buyerBps} />
        <Field
          label={t('reasons')}
          hint={t('reasonsHint')}
          error={tried && reason.trim().length < SHORTEST_REASON ? t('reasonsMissing') : faultAt(problem, 'reason')}
        >
          <Textarea rows={5} value={reason} onChange={(event) => setReason(event.target.value)} maxLength={5000} />
        </Field>
        {problem && !isAllAt(problem, ['reason']) && (
          <Alert tone="danger" title={problem.title} live>
            {problem.detail} {problem.whatToDo}
          </Alert>
        )}
        <Button type="submit" size="lg" loading={busy}>
          {t('sign')}
        </Button>
      </form>
    </Card>
  )
}

/** What each would get, to the last unit. */
function Amounts({ deal, buyerBps }: { deal: DealPart['deal']; buyerBps: number }) {
  const t = useTranslations('disputes.ruling')
  const token = tokenOf(useMarketConfig(), deal.token)
  if (!token) return null
  const ledger = { price: BigInt(deal.price), released: BigInt(deal.released), refunded: BigInt(deal.refunded) }
  const payout = payoutOfRuling(ledger, buyerBps, deal.terms)
  const rows = [
    ['toBuyer', payout.toBuyer],
    ['toSeller', payout.toSeller],
    ['marketFee', payout.operatorFee],
    ['yourFee', payout.arbiterFee],
  ] as const
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-2 rounded-xl bg-sunken p-4 text-sm sm:grid-cols-4">
      {rows.map(([label, amount]) => (
        <div key={label}>
          <dt className="text-muted">{t(`${label}`)}</dt>
          <dd className="font-semibold">
            <Money amount={amount} decimals={token.decimals} symbol={token.symbol} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A ruling that is signed but not yet on the chain: whoever does not want to wait for the relayer submits it. */
export function StoredRuling({ deal, action }: DealPart) {
  const t = useTranslations('disputes.stored')
  const format = useFormat()
  const { ruling } = deal
  if (!ruling) return null
  const submit = () => action.act({ verb: 'rule', args: () => [ruling.buyerBps, ruling.reasonHash, ruling.signature] })
  return (
    <Card>
      <CardHeader title={t('title')} hint={t('hint', { share: format.percent(ruling.buyerBps) })} />
      <p className="mb-4 whitespace-pre-line text-sm" dir="auto">
        {ruling.reason}
      </p>
      <Button variant="secondary" loading={action.busy} onClick={submit}>
        {t('submit')}
      </Button>
    </Card>
  )
}

function useRuling(deal: DealPart['deal'], refresh: () => Promise<void>) {
  const dealId = deal.id
  const market = useMarketConfig()
  const wallet = useWallet(deal.arbiter)
  const stepUp = useStepUp()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const rule = async (buyerBps: number, reason: string) => {
    setBusy(true)
    setProblem(null)
    try {
      const account = await wallet.ready()
      if (!account) return
      const { config, signTypedData } = await wallet.open()
      const reasonHash = textHash(reason)
      const domain = { chainId: market.chainId, escrow: market.escrow as Address }
      const typed = rulingTypedData({ dealId: dealId as Hex, buyerBps, reasonHash }, domain)
      const signature = await signTypedData(config, { ...typed, account })
      await stepUp(() => api.disputes.rule(dealId, { buyerBps, reason, reasonHash, signature }))
      await refresh()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return { rule, busy, problem }
}
