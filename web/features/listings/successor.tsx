import { useTranslations } from 'next-intl'
import type { Listing } from '@/lib/api'
import { Alert } from '@/ui/alert'
import { ButtonLink } from '@/ui/button'
import Link from '@/ui/link'

/** Leads from a listing that was edited to what it is now, and from there to what it was. */
export function Successor({ listing: { replacedBy, replaces } }: { listing: Listing }) {
  const t = useTranslations('listing')
  if (replacedBy) {
    const action = (
      <ButtonLink href={`/listings/${replacedBy}`} size="sm">
        {t('replaced.action')}
      </ButtonLink>
    )
    return (
      <Alert tone="warning" title={t('replaced.title')} action={action} className="mb-6">
        {t('replaced.text')}
      </Alert>
    )
  }
  if (!replaces) return null
  return (
    <p className="mb-4 text-muted text-sm">
      {t('edited')}:{' '}
      <Link href={`/listings/${replaces}`} className="underline underline-offset-4 hover:text-ink">
        {t('earlier')}
      </Link>
    </p>
  )
}
