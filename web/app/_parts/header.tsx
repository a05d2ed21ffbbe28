import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { AccountMenu } from '@/features/identity/account-menu'
import { Logo } from '@/ui/logo'
import { ThemeToggle } from '@/ui/theme-toggle'

const links = [
  { href: '/', name: 'market' },
  { href: '/sell', name: 'sell' },
  { href: '/deals', name: 'deals' },
  { href: '/how-it-works', name: 'how' },
] as const

/** The bar at the top of every page. `online` is false when the API is away, and with it all that needs it. */
export function Header({ online }: { online: boolean }) {
  const t = useTranslations('frame')
  return (
    <header className="sticky top-0 z-30 border-line border-b bg-page/90 backdrop-blur">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2"
      >
        {t('skip')}
      </a>
      <div className="mx-auto flex h-16 max-w-6xl items-center gap-2 px-4 sm:px-6">
        <Link href="/" className="mr-4 flex min-h-11 items-center gap-2.5 font-semibold text-lg tracking-tight">
          <Logo className="size-8" />
          Fairhold
        </Link>
        <nav aria-label={t('nav.label')} className="hidden flex-1 gap-1 md:flex">
          {links.map(({ href, name }) => (
            <Link
              key={href}
              href={href}
              className="flex min-h-11 items-center rounded-xl px-3 font-medium text-muted text-sm hover:bg-sunken hover:text-ink"
            >
              {t(`nav.${name}`)}
            </Link>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-1">
          <ThemeToggle />
          {online && <AccountMenu />}
        </div>
      </div>
      <nav aria-label={t('nav.labelSmall')} className="flex border-line border-t md:hidden">
        {links.map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            className="flex min-h-11 flex-1 items-center justify-center px-1 text-center font-medium text-muted text-xs hover:text-ink"
          >
            {t(`nav.${name}`)}
          </Link>
        ))}
      </nav>
    </header>
  )
}
