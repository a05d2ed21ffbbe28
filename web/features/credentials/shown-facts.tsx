import type { ShownCredential } from '@/lib/api'
import { dateOf, dateTime } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { credentialsCopy } from './copy'

const copy = credentialsCopy.profile

/** What a credential is called: its kind, in words where we know it. */
export function nameOf({ types }: ShownCredential): string {
  return types.map((type) => credentialsCopy.typeNames[type] ?? type).join(', ') || copy.unnamed
}

/** The rating in one of our own. */
function summaryOf(claims: ShownCredential['claims']): string {
  const said = (name: string) => claims.find((claim) => claim.name === `reputation.reviews.${name}`)?.value
  return credentialsCopy.reviews(Number(said('count') ?? 0), said('average') ?? null)
}

/** A credential as everybody sees it: what it says, who signed it, and how it stands. */
export function ShownFacts({ credential }: { credential: ShownCredential }) {
  const { own, issuer, claims, state, revocation, reason, validUntil, checkedAt } = credential
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 break-words font-medium">
        {nameOf(credential)}
        <Badge tone={state === 'valid' ? 'success' : 'danger'}>{credentialsCopy.state[state]}</Badge>
      </p>
      <p className="mt-1 text-muted text-sm">
        {own ? copy.ours : copy.issuedBy} {!own && <span className="break-all font-mono text-xs">{issuer}</span>}
      </p>
      {own && <p className="mt-2 text-sm">{summaryOf(claims)}</p>}
      {!own && claims.length > 0 && (
        <dl className="mt-2 grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-sm">
          {claims.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="break-words text-muted">{name}</dt>
              <dd className="break-all">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="mt-2 text-muted text-xs">
        {copy.checked(dateTime(Date.parse(checkedAt) / 1000))}
        {validUntil && ` · ${copy.until(dateOf(validUntil))}`}
        {revocation === 'not-checked' && ` · ${copy.notChecked}`}
      </p>
      {reason && state !== 'valid' && <p className="mt-1 break-words text-danger text-sm">{reason}</p>}
    </>
  )
}
