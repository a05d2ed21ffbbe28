import type { ReactNode } from 'react'
import Link from '@/ui/link'

const MOST = 99 // more than two digits do not fit

/** An icon that leads somewhere, with how many things wait there. `label` says both to who cannot see it: "Cart, 2 items". */
export function BadgeLink({ href, label, icon, count }: { href: string; label: string; icon: ReactNode; count: number }) {
  return (
    <Link
      href={href}
      aria-label={label}
      title={label}
      className="relative grid size-11 shrink-0 place-items-center rounded-xl text-muted hover:bg-sunken hover:text-ink"
    >
      {icon}
      {count > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-1 right-0.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-primary px-1 font-semibold text-[0.6875rem] text-on-primary tabular-nums"
        >
          {count > MOST ? `${MOST}+` : count}
        </span>
      )}
    </Link>
  )
}
