import { CirclePlus, Heart, Package, Store, UserRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { WaitingBadge } from '@/features/deals/waiting-badge'
import { NavLink } from '@/ui/nav-link'

const places = [
  { href: '/', name: 'market', Icon: Store, also: ['/listings'] },
  { href: '/saved', name: 'saved', Icon: Heart, also: ['/seen'] },
  { href: '/sell', name: 'sell', Icon: CirclePlus, also: ['/drafts'] },
  { href: '/deals', name: 'deals', Icon: Package, also: ['/cart', '/checkout'] },
  { href: '/settings', name: 'account', Icon: UserRound, also: ['/people'] },
] as const

/** On phones: the five places within reach of a thumb. */
export function BottomNav({ online }: { online: boolean }) {
  const t = useTranslations('site.nav')
  return (
    <nav
      aria-label={t('labelSmall')}
      className="fixed inset-x-0 bottom-0 z-30 border-line border-t bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur-md md:hidden"
    >
      <ul className="grid auto-cols-fr grid-flow-col">
        {places.map(({ href, name, Icon, also }) => (
          <li key={href}>
            <NavLink
              href={href}
              also={also}
              className="group relative flex min-h-14 flex-col items-center justify-center gap-0.5 px-1 text-[0.6875rem] text-muted leading-tight aria-[current]:font-semibold aria-[current]:text-primary"
            >
              <Icon aria-hidden="true" className="size-5.5" />
              <span className="max-w-full truncate">{t(name)}</span>
              {online && name === 'deals' && <WaitingBadge className="absolute top-1 left-1/2" />}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
