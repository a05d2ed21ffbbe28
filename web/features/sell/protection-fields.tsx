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

const silentOptions = silentShares.map((value) => ({ value, ...copy.silent.options[value] }))

/** Arbiter, windows, and what happens if the arbiter stays silent. */
export function ProtectionFields(props: FieldsProps) {
  const { draft, change } = props
  return (
    <>
      <ArbiterChoice {...props} />
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
