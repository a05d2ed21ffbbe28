'use client'

import type { ComponentProps } from 'react'
import { controlClass } from './control-class'
import { cx } from './cx'
import { useTyped } from './use-typed'

/** Several lines of text. */
export function Textarea({ className, rows = 5, ...rest }: ComponentProps<'textarea'>) {
  const ref = useTyped(rest)
  return <textarea rows={rows} {...rest} ref={ref} className={cx(controlClass, 'py-2.5 leading-relaxed', className)} />
}
