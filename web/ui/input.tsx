'use client'

import type { ComponentProps, ReactNode } from 'react'
import { controlClass } from './control-class'
import { cx } from './cx'
import { useTyped } from './use-typed'

/** One line of text. `suffix` stands inside it at the right: a unit or a symbol. */
export function Input({ suffix, className, ...rest }: ComponentProps<'input'> & { suffix?: ReactNode }) {
  const ref = useTyped(rest)
  if (!suffix) return <input {...rest} ref={ref} className={cx(controlClass, className)} />
  return (
    <div className="relative">
      <input {...rest} ref={ref} className={cx(controlClass, 'pr-20', className)} />
      <span className="pointer-events-none absolute inset-y-0 right-3.5 flex items-center text-muted text-sm">{suffix}</span>
    </div>
  )
}
