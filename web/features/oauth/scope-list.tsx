import type { OauthScope } from '@fairhold/api/contract/oauth'
import { Check, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/ui/badge'
import { careless, hinted } from './scopes'

/** What scopes mean, one a line; those that deserve a second thought are marked. */
export function ScopeList({ scopes }: { scopes: readonly OauthScope[] }) {
  const t = useTranslations('oauth')
  return (
    <ul className="flex flex-col gap-3">
      {scopes.map((scope) => {
        const careful = !careless.includes(scope)
        const hint = hinted(scope)
        const Icon = careful ? TriangleAlert : Check
        return (
          <li key={scope} className="flex gap-3">
            <Icon aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${careful ? 'text-warning' : 'text-success'}`} />
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {t(`scopes.${scope}.title`)}
                {careful && <Badge tone="warning">{t('careful')}</Badge>}
              </p>
              {hint && <p className="text-muted text-sm">{t(`scopes.${hint}.hint`)}</p>}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
