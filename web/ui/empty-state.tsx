import type { ReactNode } from 'react'

/** There is nothing here, why, and what to do about it. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-2xl border border-line-strong border-dashed px-6 py-14 text-center">
      {icon && <div className="grid size-12 place-items-center rounded-full bg-primary-soft text-primary">{icon}</div>}
      <p className="font-semibold text-lg">{title}</p>
      {children && <div className="max-w-md text-muted text-sm leading-relaxed">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  )
}
