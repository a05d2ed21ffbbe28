import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx'

export const controlClass =
  'w-full min-h-11 rounded-xl border border-line-strong bg-field px-3.5 text-base text-ink placeholder:text-muted aria-[invalid=true]:border-danger disabled:opacity-60'

/** One line of text. `suffix` stands inside it at the right: a unit or a symbol. */
export function Input({ suffix, className, ...rest }: ComponentProps<'input'> & { suffix?: ReactNode }) {
  if (!suffix) return <input {...rest} className={cx(controlClass, className)} />
  return (
    <div className="relative">
      <input {...rest} className={cx(controlClass, 'pr-20', className)} />
      <span className="pointer-events-none absolute inset-y-0 right-3.5 flex items-center text-muted text-sm">{suffix}</span>
    </div>
  )
}
