import type { OauthScope } from '@fairhold/api/contract/oauth'
import { Check, TriangleAlert } from 'lucide-react'
import { Badge } from '@/ui/badge'
import { oauthCopy, scopeCopy } from './copy'

/** What scopes mean, one a line; those that deserve a second thought are marked. */
export function ScopeList({ scopes }: { scopes: readonly OauthScope[] }) {
  return (
    <ul className="flex flex-col gap-3">
      {scopes.map((scope) => {
        const words = scopeCopy[scope]
        const careful = 'careful' in words
        const Icon = careful ? TriangleAlert : Check
        return (
          <li key={scope} className="flex gap-3">
            <Icon aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${careful ? 'text-warning' : 'text-success'}`} />
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {words.title}
                {careful && <Badge tone="warning">{oauthCopy.careful}</Badge>}
              </p>
              {'hint' in words && <p className="text-muted text-sm">{words.hint}</p>}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
