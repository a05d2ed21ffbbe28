import type { ReactNode } from 'react'
import { cx } from './cx'

export interface TimelineItem {
  key: string
  title: ReactNode
  detail?: ReactNode
  at?: ReactNode
  state: 'done' | 'now' | 'ahead'
}

const dots = {
  done: 'bg-primary border-primary',
  now: 'bg-surface border-primary ring-4 ring-primary-soft',
  ahead: 'bg-surface border-line-strong',
}

/** What happened and what comes, in order. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  return (
    <ol aria-label={label} className="relative">
      {items.map((item, index) => (
        <li
          key={item.key}
          aria-current={item.state === 'now' ? 'step' : undefined}
          className="relative flex gap-4 pb-6 last:pb-0"
        >
          {index < items.length - 1 && (
            <span aria-hidden="true" className="absolute top-4 bottom-0 left-[0.4375rem] w-0.5 bg-line" />
          )}
          <span aria-hidden="true" className={cx('relative mt-1 size-4 shrink-0 rounded-full border-2', dots[item.state])} />
          <div className={cx('min-w-0 flex-1', item.state === 'ahead' && 'text-muted')}>
            <p className="font-medium">{item.title}</p>
            {item.detail && <div className="mt-0.5 text-muted text-sm">{item.detail}</div>}
            {item.at && <p className="mt-0.5 text-muted text-xs">{item.at}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}
