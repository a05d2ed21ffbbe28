'use client'

import type { ReactNode } from 'react'
import { buttonClass } from '@/ui/button'
import Form from '@/ui/get-form'
import { type Option, Select } from '@/ui/select'

/** Chooses the order. Takes effect at once; without JavaScript by its button. */
export function SortForm({
  options,
  value,
  label,
  action,
  children,
}: {
  options: Option[]
  value: string
  label: string
  action: string
  children: ReactNode
}) {
  return (
    <Form action="/" className="flex min-w-0 items-center gap-2 max-sm:flex-1">
      {children}
      <Select
        key={value}
        name="sort"
        defaultValue={value}
        aria-label={label}
        options={options}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      />
      <noscript>
        <button type="submit" className={buttonClass({ variant: 'secondary' })}>
          {action}
        </button>
      </noscript>
    </Form>
  )
}
