import { SearchX, ShieldCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SaveSearchButton } from '@/features/discovery/save-search'
import type { SaveSearch } from '@/lib/api/discovery'
import { ButtonLink } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import Link from '@/ui/link'

/** The same search with one thing less, and how much that finds. */
export interface WayOn {
  label: string
  href: string
  count: number
}

interface NoResultsProps {
  isNarrowed: boolean
  waysOn: readonly WayOn[]
  query: SaveSearch['query']
  name: string
}

/** Nothing was found: what would be with one filter less, and a way to hear of it when there is something. */
export function NoResults({ isNarrowed, waysOn, query, name }: NoResultsProps) {
  const t = useTranslations('market')
  if (!isNarrowed) {
    return (
      <EmptyState
        icon={<ShieldCheck aria-hidden="true" />}
        title={t('empty.title')}
        action={<ButtonLink href="/sell">{t('empty.sell')}</ButtonLink>}
      >
        {t('empty.text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<SearchX aria-hidden="true" />}
      title={t('none.title')}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <SaveSearchButton query={query} name={name} />
          <ButtonLink variant="ghost" href="/">
            {t('clear')}
          </ButtonLink>
        </div>
      }
    >
      <p>{t('none.text')}</p>
      {waysOn.length > 0 && (
        <ul className="mt-3 flex flex-col items-center gap-1">
          {waysOn.map(({ label, href, count }) => (
            <li key={href}>
              <Link href={href} className="inline-flex min-h-9 items-center text-primary underline underline-offset-4">
                {t('none.without', { label, count })}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </EmptyState>
  )
}
