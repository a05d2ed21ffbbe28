import { Check } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { number } from '@/lib/format'
import { cx } from '@/ui/cx'
import Link from '@/ui/link'

export interface FacetChoice {
  key: string
  label: string
  count: number | null
  href: string
  isChosen: boolean
}

const SHOWN = 6

/** Choices of one kind under their title. */
export function FacetGroup({ title, choices }: { title: string; choices: readonly FacetChoice[] }) {
  if (choices.length === 0) return null
  return (
    <section className="border-line border-t pt-4 first:border-0 first:pt-0">
      <h3 className="mb-1 font-semibold text-sm">{title}</h3>
      <FacetChoices choices={choices} />
    </section>
  )
}

/** Each is a link that says how many listings it leaves. A chosen one leads back. */
export function FacetChoices({ choices }: { choices: readonly FacetChoice[] }) {
  const t = useTranslations('market')
  // A chosen one is never hidden behind "more".
  const first = choices.filter((choice, index) => index < SHOWN || choice.isChosen)
  const rest = choices.filter((choice) => !first.includes(choice))
  return (
    <>
      <Choices choices={first} />
      {rest.length > 0 && (
        <details className="group">
          <summary className="flex min-h-9 cursor-pointer items-center rounded-lg px-2 text-primary text-sm underline-offset-4 hover:underline">
            {t('filters.more', { count: rest.length })}
          </summary>
          <Choices choices={rest} />
        </details>
      )}
    </>
  )
}

function Choices({ choices }: { choices: readonly FacetChoice[] }) {
  const locale = useLocale()
  return (
    <ul>
      {choices.map(({ key, label, count, href, isChosen }) => (
        <li key={key}>
          <Link
            href={href}
            scroll={false}
            rel="nofollow"
            aria-current={isChosen ? 'true' : undefined}
            className={cx(
              'flex min-h-11 items-center gap-2 rounded-lg px-2 text-sm hover:bg-sunken lg:min-h-9',
              isChosen && 'bg-primary-soft font-semibold text-primary',
            )}
          >
            <span className="min-w-0 flex-1 truncate">{label}</span>
            {isChosen ? (
              <Check aria-hidden="true" className="size-4" />
            ) : (
              count !== null && <span className="text-muted text-xs tabular-nums">{number(count, locale)}</span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  )
}
