'use client'

import { useRouter } from 'next/navigation'
import { useId, useRef, useState } from 'react'
import { type Option, Select } from '@/ui/select'

/** Keys that go through the choices of a closed list: each is a change, and none is a decision. */
const isOnTheWay = (key: string): boolean => /^(Arrow|Page|Home$|End$)/.test(key) || /^\S$/.test(key)

interface CurrencySelectProps {
  options: readonly Option[]
  chosen: string
  label: string
  /** When a choice takes effect, for who cannot see it happen. */
  hint: string
}

/**
 * Takes effect at once where it is picked, and by Enter or on leaving where it is reached by arrow keys. The page stays where it is,
 * and the focus with it. Stands in a form that does the same without JavaScript.
 */
export function CurrencySelect({ options, chosen, label, hint }: CurrencySelectProps) {
  const router = useRouter()
  const hintId = useId()
  const applied = useRef(chosen)
  const onTheWay = useRef(false)
  const [told, setTold] = useState('')
  const apply = async (select: HTMLSelectElement) => {
    const { form, value } = select
    if (!form || value === applied.current) return
    applied.current = value
    try {
      await fetch(form.action, { method: 'POST', body: new URLSearchParams({ currency: value }), redirect: 'manual' })
      router.refresh()
      setTold(`${label}: ${options.find((option) => option.value === value)?.label}`)
    } catch {
      form.submit()
    }
  }
  return (
    <>
      <Select
        name="currency"
        aria-label={label}
        aria-describedby={hintId}
        defaultValue={chosen}
        options={options}
        className="max-w-44"
        onPointerDown={() => {
          onTheWay.current = false
        }}
        onKeyDown={({ key, currentTarget }) => {
          onTheWay.current = isOnTheWay(key)
          if (key === 'Enter') void apply(currentTarget)
        }}
        onChange={({ currentTarget }) => onTheWay.current || void apply(currentTarget)}
        onBlur={({ currentTarget }) => void apply(currentTarget)}
      />
      <span id={hintId} className="sr-only">
        {hint}
      </span>
      <span role="status" className="sr-only">
        {told}
      </span>
    </>
  )
}
