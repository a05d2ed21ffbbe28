import { Star } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { number } from '@/lib/format'
import { cx } from './cx'

/** A mean score and how many made it. */
export function Stars({ average, count }: { average: number | null; count: number }) {
  const t = useTranslations('ui.stars')
  const locale = useLocale()
  if (average === null || count === 0) return <span className="text-muted text-sm">{t('none')}</span>
  return (
    <span className="inline-flex items-center gap-1 text-sm">
      <Star aria-hidden="true" className="size-4 fill-star text-star" />
      <span className="font-semibold tabular-nums">{number(average, locale, 1)}</span>
      <span className="sr-only">{t('of')}</span>
      <span className="text-muted">
        {t('count', { count })}
        <span className="sr-only"> {t('reviews', { count })}</span>
      </span>
    </span>
  )
}

/** Five stars of which `score` are filled. */
export function Score({ score }: { score: number }) {
  const t = useTranslations('ui.stars')
  return (
    <span role="img" aria-label={t('score', { score })} className="inline-flex">
      {[1, 2, 3, 4, 5].map((star) => (
        <Star
          key={star}
          aria-hidden="true"
          className={cx('size-4', star <= score ? 'fill-star text-star' : 'text-line-strong')}
        />
      ))}
    </span>
  )
}
