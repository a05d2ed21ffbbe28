import { useTranslations } from 'next-intl'

const points = ['pay', 'check', 'release'] as const

/** What this market is, for who comes to it without a search. */
export function Welcome() {
  const t = useTranslations('market')
  return (
    <section className="rounded-3xl bg-primary-soft px-5 py-6 sm:px-10 sm:py-8">
      <h1 className="font-semibold text-2xl tracking-tight sm:text-4xl">{t('welcome.title')}</h1>
      <p className="mt-2 max-w-2xl text-muted leading-relaxed sm:text-lg">{t('welcome.lead')}</p>
      <ol className="mt-4 flex flex-wrap gap-x-6 gap-y-2 font-medium text-sm">
        {points.map((point, index) => (
          <li key={point} className="flex items-center gap-2">
            <span className="grid size-6 place-items-center rounded-full bg-primary text-on-primary text-xs">{index + 1}</span>
            {t(`welcome.${point}`)}
          </li>
        ))}
      </ol>
    </section>
  )
}
