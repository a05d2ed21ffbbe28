import { useTranslations } from 'next-intl'
import { Skeleton } from '@/ui/skeleton'

export default function Loading() {
  const t = useTranslations('ui')
  return (
    <main id="main" aria-busy="true" className="mx-auto flex w-full max-w-6xl flex-col gap-6 px-4 py-8 sm:px-6">
      <p className="sr-only">{t('loading')}</p>
      <Skeleton className="h-44" />
      <Skeleton className="h-12" />
      <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-4">
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} className="h-80" />
        ))}
      </div>
    </main>
  )
}
