'use client'

import { useTranslations } from 'next-intl'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations('frame.error')
  return (
    <main id="main" className="mx-auto max-w-2xl px-4 py-16">
      <h1 className="mb-6 font-semibold text-3xl tracking-tight">{t('heading')}</h1>
      <Alert tone="warning" title={t('title')} action={<Button onClick={reset}>{t('again')}</Button>}>
        {t('text')}
      </Alert>
    </main>
  )
}
