'use client'

import { useTranslations } from 'next-intl'
import { Field } from '@/ui/field'
import { Textarea } from '@/ui/textarea'

const LEAST = 5

/** Whether an address is too short to send anything to; null if it will do. */
export function addressProblem(address: string): 'missing' | null {
  return address.trim().length < LEAST ? 'missing' : null
}

/** Where to send it. Only the seller gets to read it. */
export function AddressField({ value, onChange, error }: { value: string; onChange: (text: string) => void; error: boolean }) {
  const t = useTranslations('checkout')
  return (
    <Field label={t('address.label')} hint={t('address.hint')} error={error ? t('address.missing') : undefined}>
      <Textarea
        rows={3}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete="street-address"
        maxLength={500}
      />
    </Field>
  )
}
