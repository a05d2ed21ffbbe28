'use client'

import { useTranslations } from 'next-intl'
import { useSession } from '@/features/identity/session'
import { useMarketConfig } from '@/lib/chain'
import { shortHex } from '@/lib/format'
import { useFormat } from '@/lib/use-format'
import { Alert } from '@/ui/alert'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { RadioCards } from '@/ui/radio-cards'
import { silentShares, stepNames } from './draft'
import { type FieldsProps, fieldId } from './fields'

const silentNames = { '5000': 'half', '10000': 'buyer', '0': 'seller' } as const

/** Arbiter, windows, and what happens if the arbiter stays silent. */
export function ProtectionFields(props: FieldsProps) {
  const { draft, change } = props
  const t = useTranslations('sell')
  const silentOptions = silentShares.map((value) => {
    const name = silentNames[value]
    return { value, title: t(`silent.${name}`), hint: t(`silent.${name}Hint`) }
  })
  return (
    <>
      <ArbiterChoice {...props} />
      <Windows {...props} />
      <RadioCards
        legend={t('silent.legend')}
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
  const t = useTranslations('sell')
  const { arbiters } = useMarketConfig()
  const { session } = useSession()
  const { percent } = useFormat()
  const options = arbiters.map(({ address, name, feeBps }) => {
    const mine = address.toLowerCase() === session?.address.toLowerCase()
    const hint = mine ? t('arbiter.you') : t('arbiter.fee', { fee: percent(feeBps), address: shortHex(address) })
    return { value: address, title: name, hint, disabled: mine }
  })
  if (options.every(({ disabled }) => disabled)) {
    return (
      <Alert tone="warning" title={t('arbiter.noneTitle')}>
        {t('arbiter.noneText')}
      </Alert>
    )
  }
  return (
    <div id={fieldId('arbiter')} tabIndex={-1} className="flex flex-col gap-1.5">
      <RadioCards
        legend={t('arbiter.legend')}
        name="arbiter"
        columns={2}
        options={options}
        value={draft.arbiter}
        onChange={(arbiter) => change({ arbiter })}
      />
      {errors.arbiter && <p className="font-medium text-danger text-sm">{errors.arbiter}</p>}
    </div>
  )
}

function Windows({ draft, errors, change }: FieldsProps) {
  const t = useTranslations('sell')
  return (
    <fieldset>
      <legend className="mb-3 font-medium text-sm">{t('windows.legend')}</legend>
      <div className="grid gap-5 sm:grid-cols-2">
        {stepNames.map((step) => (
          <Field quiet key={step} label={t(`windows.${step}`)} hint={t(`windows.${step}Hint`)} error={errors[step]}>
            <Input
              id={fieldId(step)}
              type="number"
              inputMode="decimal"
              min={0}
              max={365}
              step="any"
              suffix={t('windows.days')}
              value={draft[step]}
              onChange={(event) => change({ [step]: event.target.value })}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  )
}
