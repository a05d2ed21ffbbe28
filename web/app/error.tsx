'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/ui/button'

/** Comes with every page, so it is made of next to nothing. `retry` asks the server again, where `reset` only shows what it said. */
export default function ErrorPage({ retry }: { retry: () => void }) {
  const t = useTranslations('frame.error')
  return (
    <main id="main" className="mx-auto w-full max-w-2xl px-4 py-16">
      <h1 className="mb-6 font-semibold text-title">{t('heading')}</h1>
      <div role="alert" className="rounded-card border border-warning-line bg-warning-soft p-5">
        <p className="font-semibold">{t('title')}</p>
        <p className="mt-1 mb-4 leading-relaxed">{t('text')}</p>
        <Button onClick={retry}>{t('again')}</Button>
      </div>
    </main>
  )
}
