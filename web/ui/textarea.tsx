import type { ComponentProps } from 'react'
import { cx } from './cx'
import { controlClass } from './input'

/** Several lines of text. */
export function Textarea({ className, rows = 5, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={rows} {...rest} className={cx(controlClass, 'py-2.5 leading-relaxed', className)} />
}
