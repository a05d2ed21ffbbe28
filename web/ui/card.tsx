import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx'

/** A raised surface. */
export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return <section {...rest} className={cx('rounded-2xl border border-line bg-surface p-5 shadow-card sm:p-6', className)} />
}

/** A card's heading, with an optional line below and something at its right. */
export function CardHeader({ title, hint, action }: { title: ReactNode; hint?: ReactNode; action?: ReactNode }) {
  return (
    <header className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-56">
        <h2 className="font-semibold text-lg tracking-tight">{title}</h2>
        {hint && <p className="mt-0.5 text-muted text-sm">{hint}</p>}
      </div>
      {action}
    </header>
  )
}
