'use client'

import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { RadioCards } from '@/ui/radio-cards'
import { sellCopy } from './copy'
import type { FieldsProps } from './item-fields'
import { MAX_DEPOSIT } from './validate'

const copy = sellCopy.payment

/** Whether the buyer may pay a deposit first, how much at least, and how long the rest may take. */
export function PaymentFields({ draft, errors, change }: FieldsProps) {
  const { legend, whole, parts, deposit, funding } = copy
  return (
    <div className="flex flex-col gap-5">
      <RadioCards
        legend={legend}
        name="payment"
        columns={2}
        options={[
          { value: 'whole', ...whole },
          { value: 'parts', ...parts },
        ]}
        value={draft.payment}
        onChange={(payment) => change({ payment: payment === 'parts' ? 'parts' : 'whole' })}
      />
      {draft.payment === 'parts' && (
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label={deposit.label} hint={deposit.hint} error={errors.deposit}>
            <Input
              type="number"
              inputMode="decimal"
              min={1}
              max={MAX_DEPOSIT}
              step="any"
              suffix={deposit.unit}
              value={draft.deposit}
              onChange={(event) => change({ deposit: event.target.value })}
            />
          </Field>
          <Field label={funding.label} hint={funding.hint} error={errors.funding}>
            <Input
              type="number"
              inputMode="decimal"
              min={0}
              max={365}
              step="any"
              suffix={funding.unit}
              value={draft.funding}
              onChange={(event) => change({ funding: event.target.value })}
            />
          </Field>
        </div>
      )}
    </div>
  )
}
