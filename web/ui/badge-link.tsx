import type { ReactNode } from 'react'
import Link from '@/ui/link'

const MOST = 99 // more than two digits do not fit

/**
 * An icon that leads somewhere, with how many things wait there. `label` says both to who cannot see it, "Cart, 2 things", with the
 * count as it is shown: who says aloud what stands there has to find it.
 */
export function BadgeLink({
  href,
  label,
  icon,
  count,
}: {
  href: string
  label: (shown: { count: number; shown: string }) => string
  icon: ReactNode
  count: number
}) {
  const shown = count > MOST ? `${MOST}+` : String(count)
  const name = label({ count, shown })
  return (
    <Link
      href={href}
      aria-label={name}
      title={name}
      className="relative grid size-11 shrink-0 place-items-center rounded-xl text-muted hover:bg-sunken hover:text-ink"
    >
      {icon}
      {count > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-1 right-0.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-primary px-1 font-semibold text-[0.6875rem] text-on-primary tabular-nums"
        >
          {shown}
        </span>
      )}
    </Link>
  )
}
