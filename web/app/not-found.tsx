import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('site')
  return { title: t('notFound.heading') }
}

export default function NotFound() {
  const t = useTranslations('site.notFound')
  return (
    <main id="main" className="mx-auto max-w-2xl px-4 py-16">
      <h1 className="sr-only">{t('heading')}</h1>
      <EmptyState title={t('title')} action={<ButtonLink href="/">{t('back')}</ButtonLink>}>
        {t('text')}
      </EmptyState>
    </main>
  )
}
