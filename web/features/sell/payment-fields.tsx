'use client'

import { useTranslations } from 'next-intl'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { RadioCards } from '@/ui/radio-cards'
import { type FieldsProps, fieldId } from './fields'
import { MAX_DEPOSIT } from './validate'

/** Whether the buyer may pay a deposit first, how much at least, and how long the rest may take. */
export function PaymentFields({ draft, errors, change }: FieldsProps) {
  const t = useTranslations('sell')
  return (
    <div className="flex flex-col gap-5">
      <RadioCards
        legend={t('payment.legend')}
        name="payment"
        columns={2}
        options={[
          { value: 'whole', title: t('payment.whole'), hint: t('payment.wholeHint') },
          { value: 'parts', title: t('payment.parts'), hint: t('payment.partsHint') },
        ]}
        value={draft.payment}
        onChange={(payment) => change({ payment: payment === 'parts' ? 'parts' : 'whole' })}
      />
      {draft.payment === 'parts' && (
        <div className="grid gap-5 sm:grid-cols-2">
          <Field quiet label={t('payment.deposit')} hint={t('payment.depositHint')} error={errors.deposit}>
            <Input
              id={fieldId('deposit')}
              type="number"
              inputMode="decimal"
              min={1}
              max={MAX_DEPOSIT}
              step="any"
              suffix="%"
              value={draft.deposit}
              onChange={(event) => change({ deposit: event.target.value })}
            />
          </Field>
          <Field quiet label={t('payment.funding')} hint={t('payment.fundingHint')} error={errors.funding}>
            <Input
              id={fieldId('funding')}
              type="number"
              inputMode="decimal"
              min={0}
              max={365}
              step="any"
              suffix={t('windows.days')}
              value={draft.funding}
              onChange={(event) => change({ funding: event.target.value })}
            />
          </Field>
        </div>
      )}
    </div>
  )
}
