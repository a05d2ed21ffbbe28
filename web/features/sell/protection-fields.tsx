'use client'

import { useSession } from '@/features/identity/session'
import { useMarketConfig } from '@/lib/chain'
import { percent, shortHex } from '@/lib/format'
import { Alert } from '@/ui/alert'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { RadioCards } from '@/ui/radio-cards'
import { sellCopy as copy } from './copy'
import { silentShares, stepNames } from './draft'
import type { FieldsProps } from './item-fields'
import { MAX_DEPOSIT } from './validate'

const silentOptions = silentShares.map((value) => ({ value, ...copy.silent.options[value] }))

/** Arbiter, instalments, windows, and what happens if the arbiter stays silent. */
export function ProtectionFields(props: FieldsProps) {
  const { draft, change } = props
  return (
    <>
      <ArbiterChoice {...props} />
      <Instalments {...props} />
      <Windows {...props} />
      <RadioCards
        legend={copy.silent.legend}
        name="silent"
        columns={3}
        options={silentOptions}
        value={draft.silent}
        onChange={(silent) => change({ silent })}
      />
    </>
  )
}

function ArbiterChoice({ draft, errors, change }: FieldsProps) {
  const { arbiters } = useMarketConfig()
  const { session } = useSession()
  const options = arbiters.map(({ address, name, feeBps }) => {
    const mine = address.toLowerCase() === session?.address.toLowerCase()
    const hint = mine ? copy.arbiter.you : copy.arbiter.fee(percent(feeBps), shortHex(address))
    return { value: address, title: name, hint, disabled: mine }
  })
  if (options.every(({ disabled }) => disabled)) {
    return (
      <Alert tone="warning" title={copy.arbiter.none.title}>
        {copy.arbiter.none.text}
      </Alert>
    )
  }
  return (
    <div className="flex flex-col gap-1.5">
      <RadioCards
        legend={copy.arbiter.legend}
        name="arbiter"
        columns={2}
        options={options}
        value={draft.arbiter}
        onChange={(arbiter) => change({ arbiter })}
      />
      {errors.arbiter && (
        <p role="alert" className="font-medium text-danger text-sm">
          {errors.arbiter}
        </p>
      )}
    </div>
  )
}

function Instalments({ draft, errors, change }: FieldsProps) {
  const { legend, whole, parts, deposit, funding } = copy.payment
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

function Windows({ draft, errors, change }: FieldsProps) {
  const { legend, unit, names, hints } = copy.windows
  return (
    <fieldset>
      <legend className="mb-3 font-medium text-sm">{legend}</legend>
      <div className="grid gap-5 sm:grid-cols-2">
        {stepNames.map((step) => (
          <Field key={step} label={names[step]} hint={hints[step]} error={errors[step]}>
            <Input
              type="number"
              inputMode="decimal"
              min={0}
              max={365}
              step="any"
              suffix={unit}
              value={draft[step]}
              onChange={(event) => change({ [step]: event.target.value })}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  )
}
