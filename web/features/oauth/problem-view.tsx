import type { OauthProblem } from '@fairhold/api/contract/oauth'
import { Unplug } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ButtonLink } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'

/** Why an app could not send a person here. */
export function OauthProblemView({ why }: { why: OauthProblem }) {
  const t = useTranslations('oauth')
  return (
    <>
      <h1 className="sr-only">{t('consent.title')}</h1>
      <EmptyState
        icon={<Unplug aria-hidden="true" className="size-6" />}
        title={t(`problems.of.${why}.title`)}
        action={
          <ButtonLink href="/" variant="secondary">
            {t('problems.again')}
          </ButtonLink>
        }
      >
        {t(`problems.of.${why}.text`)}
      </EmptyState>
    </>
  )
}
