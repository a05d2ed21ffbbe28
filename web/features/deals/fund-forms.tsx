'use client'

import { useTranslations } from 'next-intl'
import { useSession } from '@/features/identity/session'
import { tokenOf, useMarketConfig, ZERO_ADDRESS } from '@/lib/chain'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Money } from '@/ui/money'
import type { ActionFormProps } from './action-dialog'
import { useAmountInput } from './action-forms'
import type { DealPart } from './deal-part'
import { FormButtons } from './form-buttons'
import { myWalletIn } from './my-wallet'
import { useOneStep } from './use-one-step'

const restOf = (deal: DealPart['deal']): bigint => BigInt(deal.instalments?.rest ?? '0')

/** All that is missing of the price. */
export function FundForm({ part, verb, submit, onClose }: ActionFormProps) {
  const t = useTranslations('deals')
  const rest = restOf(part.deal)
  return (
    <>
      <Amounts deal={part.deal} rows={[{ label: t('pay.now'), amount: rest }]} />
      <FormButtons
        busy={part.action.busy}
        label={t(`action.${verb}.button`)}
        onSubmit={() => submit(() => [rest], rest)}
        onClose={onClose}
      />
    </>
  )
}

/** A part of what is missing. */
export function FundPartForm({ part, verb, submit, onClose }: ActionFormProps) {
  const t = useTranslations('deals')
  const rest = restOf(part.deal)
  const amount = useAmountInput(part.deal.token, { min: 1n, max: rest - 1n })
  const value = amount.read()
  const send = () => {
    const part = amount.check()
    if (part !== null) submit(() => [part], part)
  }
  return (
    <>
      <Field
        label={t('pay.amount')}
        error={amount.error && (amount.text.trim() === '' || amount.isUnclear ? amount.error : t('pay.tooMuch'))}
      >
        <Input
          inputMode="decimal"
          suffix={amount.symbol}
          value={amount.text}
          onChange={(event) => amount.setText(event.target.value)}
        />
      </Field>
      {value !== null && <Amounts deal={part.deal} rows={[{ label: t('pay.left'), amount: rest - value }]} />}
      <FormButtons busy={part.action.busy} label={t(`action.${verb}.button`)} onSubmit={send} onClose={onClose} />
    </>
  )
}

function Amounts({ deal, rows }: { deal: DealPart['deal']; rows: readonly { label: string; amount: bigint }[] }) {
  const t = useTranslations('deals')
  const token = tokenOf(useMarketConfig(), deal.token)
  const { session } = useSession()
  const isToken = token !== undefined && token.address !== ZERO_ADDRESS
  const oneStep = useOneStep(isToken, myWalletIn(deal, session))
  if (!token) return null
  return (
    <div className="rounded-xl bg-sunken p-4 text-sm">
      <dl className="flex flex-col gap-2">
        {rows.map(({ label, amount }) => (
          <div key={label} className="flex flex-wrap justify-between gap-x-4">
            <dt className="text-muted">{label}</dt>
            <dd className="font-semibold">
              <Money amount={amount} decimals={token.decimals} symbol={token.symbol} />
            </dd>
          </div>
        ))}
      </dl>
      {isToken && <p className="mt-2 text-muted">{oneStep ? t('pay.together') : t('pay.allowance')}</p>}
    </div>
  )
}
