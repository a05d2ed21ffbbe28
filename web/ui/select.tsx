'use client'

import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { controlClass } from './control-class'
import { cx } from './cx'
import { useTyped } from './use-typed'

export interface Option {
  value: string
  label: string
}

/** The browser's own select: it works with keyboards, phones and without JavaScript. */
export function Select({ options, className, ...rest }: ComponentProps<'select'> & { options: readonly Option[] }) {
  const ref = useTyped(rest)
  return (
    <div className="relative">
      <select {...rest} ref={ref} className={cx(controlClass, 'appearance-none pr-10', className)}>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-3.5 size-4 -translate-y-1/2 text-muted"
      />
    </div>
  )
}
