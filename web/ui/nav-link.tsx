'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import Link from '@/ui/link'

/** A link that knows when its page is the one shown; `aria-current` is there to style. `also`: other paths it stands for. */
export function NavLink({
  href,
  also = [],
  className,
  children,
}: {
  href: string
  also?: readonly string[]
  className: string
  children: ReactNode
}) {
  const path = usePathname()
  const isHere = [href, ...also].some((one) => (one === '/' ? path === '/' : path === one || path.startsWith(`${one}/`)))
  return (
    <Link href={href} aria-current={isHere ? 'page' : undefined} className={className}>
      {children}
    </Link>
  )
}
