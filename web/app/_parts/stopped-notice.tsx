import { useTranslations } from 'next-intl'
import { Alert } from '@/ui/alert'

/** Above every page while what the chain says can no longer be trusted to be shown right. */
export function StoppedNotice() {
  const t = useTranslations('site.stopped')
  return (
    <div className="mx-auto max-w-6xl px-4 pt-4 sm:px-6">
      <Alert tone="danger" title={t('title')}>
        {t('text')}
      </Alert>
    </div>
  )
}
