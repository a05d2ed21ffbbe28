import { Plus, Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { CartLink } from '@/features/cart/cart-link'
import { WaitingBadge } from '@/features/deals/waiting-badge'
import { AccountMenu } from '@/features/identity/account-menu'
import { buttonClass } from '@/ui/button'
import GetForm from '@/ui/get-form'
import Link from '@/ui/link'
import { Logo } from '@/ui/logo'
import { NavLink } from '@/ui/nav-link'
import { ThemeToggle } from '@/ui/theme-toggle'
import { HeaderSlots } from './header-slots'

const links = [
  { href: '/', name: 'market' },
  { href: '/deals', name: 'deals' },
  { href: '/saved', name: 'saved' },
] as const

const linkClass =
  'flex min-h-11 items-center whitespace-nowrap rounded-xl px-3 font-medium text-muted text-sm transition-colors hover:bg-sunken hover:text-ink aria-[current]:text-ink'

/** The bar at the top of every page. `online` is false when the API is away, and with it all that needs it. */
export function Header({ online }: { online: boolean }) {
  const t = useTranslations('site')
  return (
    <header className="sticky top-0 z-30 border-line border-b bg-page/85 backdrop-blur-md">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2 focus:shadow-pop"
      >
        {t('skip')}
      </a>
      <div className="mx-auto flex h-16 max-w-7xl items-center gap-1 px-4 sm:px-6">
        <Link href="/" className="mr-2 flex min-h-11 items-center gap-2.5 font-semibold text-lg tracking-tight">
          <Logo className="size-8" />
          <span className="max-sm:sr-only">Fairhold</span>
        </Link>
        <nav aria-label={t('nav.label')} className="hidden gap-0.5 md:flex">
          {links.map(({ href, name }) => (
            <NavLink key={href} href={href} className={linkClass}>
              {t(`nav.${name}`)}
              {online && name === 'deals' && <WaitingBadge />}
            </NavLink>
          ))}
        </nav>
        <SearchField className="mx-auto hidden max-w-md flex-1 px-2 lg:flex" />
        <div className="ml-auto flex items-center gap-0.5 lg:ml-0">
          <div className="mr-1 hidden md:block">
            <Link href="/sell" className={buttonClass({ variant: 'secondary' })}>
              <Plus aria-hidden="true" className="size-4" />
              {t('nav.sell')}
            </Link>
          </div>
          {online && <HeaderSlots />}
          {online && <CartLink />}
          <ThemeToggle />
          {online && <AccountMenu />}
        </div>
      </div>
      <div className="header-search-row mx-auto px-4 pb-3 sm:px-6 lg:hidden">
        <SearchField />
      </div>
    </header>
  )
}

/** Ends on the market; a plain form, which works without JavaScript. A page with a search of its own hides this one (globals.css). */
function SearchField({ className }: { className?: string }) {
  const t = useTranslations('site.nav')
  return (
    <search data-header-search className={className}>
      <GetForm action="/" className="relative w-full">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-3.5 size-4.5 -translate-y-1/2 text-muted"
        />
        <input
          type="search"
          name="q"
          aria-label={t('search')}
          placeholder={t('searchHint')}
          maxLength={200}
          enterKeyHint="search"
          className="h-11 w-full rounded-full border border-line-strong bg-field pr-4 pl-10.5 text-base placeholder:text-muted sm:text-sm"
        />
      </GetForm>
    </search>
  )
}
