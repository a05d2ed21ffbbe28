'use client'

import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { cx } from '@/ui/cx'
import Link from '@/ui/link'

const pages = [
  { href: '/settings', name: 'profile' },
  { href: '/settings/wallets', name: 'wallets' },
  { href: '/settings/security', name: 'security' },
  { href: '/settings/apps', name: 'apps' },
  { href: '/settings/data', name: 'data' },
] as const

/** The pages of the settings: at the side, or in a row that scrolls on small screens. */
export function SettingsNav() {
  const t = useTranslations('settings')
  const path = usePathname()
  const nav = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page that is current is marked by the path
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current=page]')
    if (current) nav.current?.scrollTo({ left: current.offsetLeft - nav.current.clientWidth / 2 })
  }, [path])
  return (
    <nav ref={nav} aria-label={t('heading')} className="-mx-4 overflow-x-auto px-4 md:mx-0 md:px-0">
      <ul className="flex gap-1 md:flex-col">
        {pages.map(({ href, name }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={path === href ? 'page' : undefined}
              className={cx(
                'flex min-h-11 items-center whitespace-nowrap rounded-xl px-3 font-medium text-sm',
                path === href ? 'bg-primary-soft text-primary' : 'text-muted hover:bg-sunken hover:text-ink',
              )}
            >
              {t(`pages.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
