import type { ReactNode } from 'react'
import { cx } from './cx'

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

export const toneClass: Record<Tone, string> = {
  neutral: 'bg-sunken text-muted border-line',
  info: 'bg-info-soft text-info border-info-line',
  success: 'bg-success-soft text-success border-success-line',
  warning: 'bg-warning-soft text-warning border-warning-line',
  danger: 'bg-danger-soft text-danger border-danger-line',
}

/** A short word about a thing's state. */
export function Badge({ tone = 'neutral', className, children }: { tone?: Tone; className?: string; children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 rounded-full border px-2.5 py-0.5 font-medium text-xs',
        toneClass[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}
