import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { pageMetadata } from '@/lib/seo'
import { Card } from '@/ui/card'
import { Timeline } from '@/ui/timeline'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('how')
  return pageMetadata({ title: t('title'), description: t('lead'), path: '/how-it-works' })
}

const steps = ['offer', 'pay', 'ship', 'inspect', 'review'] as const
const exits = ['agree', 'vanish', 'disagree', 'silent'] as const
const limits = ['parcel', 'arbiter', 'token'] as const

export default function HowItWorksPage() {
  const t = useTranslations('how')
  const items = steps.map((key) => ({
    key,
    title: t(`steps.${key}.title`),
    detail: t(`steps.${key}.text`),
    state: 'done' as const,
  }))
  return (
    <main id="main" className="mx-auto flex w-full max-w-3xl flex-col gap-8 px-4 py-8 sm:px-6">
      <div>
        <h1 className="font-semibold text-title">{t('heading')}</h1>
        <p className="mt-2 text-lg text-muted">{t('lead')}</p>
      </div>
      <Card>
        <Timeline label={t('stepsLabel')} items={items} />
      </Card>
      <section aria-labelledby="exits">
        <h2 id="exits" className="mb-4 font-semibold text-section">
          {t('exitsTitle')}
        </h2>
        <ul className="grid gap-4 sm:grid-cols-2">
          {exits.map((key) => (
            <li key={key} className="rounded-card border border-line bg-surface p-5 shadow-card">
              <h3 className="font-semibold">{t(`exits.${key}.title`)}</h3>
              <p className="mt-1 text-muted text-sm leading-relaxed">{t(`exits.${key}.text`)}</p>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="limits">
        <h2 id="limits" className="mb-3 font-semibold text-section">
          {t('limitsTitle')}
        </h2>
        <ul className="flex list-disc flex-col gap-1.5 pl-5 leading-relaxed">
          {limits.map((key) => (
            <li key={key}>{t(`limits.${key}`)}</li>
          ))}
        </ul>
      </section>
    </main>
  )
}
