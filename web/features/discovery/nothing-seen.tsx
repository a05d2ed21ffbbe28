import { Eye } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ButtonLink } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'

/** Nothing was looked at, or all of it was forgotten. */
export function NothingSeen() {
  const t = useTranslations('saved')
  return (
    <EmptyState
      icon={<Eye aria-hidden="true" />}
      title={t('seen.none.title')}
      action={<ButtonLink href="/">{t('seen.none.browse')}</ButtonLink>}
    >
      {t('seen.none.text')}
    </EmptyState>
  )
}
