import { useTranslations } from 'next-intl'
import { Skeleton } from '@/ui/skeleton'

const CARDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** The market before it is there: everything where it will stand. */
export default function Loading() {
  const t = useTranslations('ui')
  return (
    <main id="main" aria-busy="true" className="mx-auto flex w-full max-w-7xl flex-col gap-5 px-4 py-6 sm:px-6">
      <p className="sr-only">{t('loading')}</p>
      <Skeleton className="h-11" />
      <Skeleton className="h-11" />
      <div className="flex items-start gap-8">
        <Skeleton className="hidden h-[32rem] w-60 shrink-0 lg:block" />
        <div className="grid flex-1 grid-cols-2 gap-3 sm:gap-5 min-[60rem]:grid-cols-3 xl:grid-cols-4">
          {CARDS.map((key) => (
            <Skeleton key={key} className="h-72 sm:h-80" />
          ))}
        </div>
      </div>
    </main>
  )
}
