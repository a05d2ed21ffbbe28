import { useTranslations } from 'next-intl'
import type { Words } from '@/i18n/words-of'
import type { ShownCredential } from '@/lib/api'
import { type Format, useFormat } from '@/lib/use-format'
import { Address } from '@/ui/address'
import { Badge, type Tone } from '@/ui/badge'
import { nameOf } from './credential-name'

/** The rating in one of our own. */
function summaryOf(claims: ShownCredential['claims'], t: Words<'credentials'>, { number }: Format): string {
  const said = (name: string) => claims.find((claim) => claim.name === `reputation.reviews.${name}`)?.value
  return t('reviews', { count: Number(said('count') ?? 0), average: number(Number(said('average') ?? 0)) })
}

/** Green is for what this market answers for. */
function toneOf({ own, state }: ShownCredential): Tone {
  if (state !== 'valid') return 'danger'
  return own ? 'success' : 'info'
}

/** A credential as everybody sees it: what it says, who signed it, and how it stands. */
export function ShownFacts({ credential }: { credential: ShownCredential }) {
  const t = useTranslations('credentials')
  const format = useFormat()
  const { own, issuer, claims, state, revocation, reason, validUntil, checkedAt } = credential
  const isTheirs = !own && credential.types.length > 0
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 break-words font-medium">
        {isTheirs ? <q dir="auto">{nameOf(credential, t)}</q> : nameOf(credential, t)}
        <Badge tone={toneOf(credential)}>{!own && state === 'valid' ? t('profile.signed') : t(`state.${state}`)}</Badge>
      </p>
      <p className="mt-1 text-muted text-sm">
        {own ? t('profile.ours') : t('profile.issuedBy')} {!own && <Address value={issuer} label={t('profile.copyIssuer')} />}
      </p>
      {isTheirs && <p className="mt-1 text-muted text-sm">{t('profile.theirWords')}</p>}
      {own && <p className="mt-2 text-sm">{summaryOf(claims, t, format)}</p>}
      {!own && claims.length > 0 && (
        <dl className="mt-2 grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-sm">
          {claims.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="break-words text-muted" dir="auto">
                {name}
              </dt>
              <dd className="break-all" dir="auto">
                {value}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="mt-2 text-muted text-xs">
        {t('profile.checked', { at: format.time(checkedAt) })}
        {validUntil && ` · ${t('profile.until', { day: format.date(validUntil) })}`}
        {revocation === 'not-checked' && ` · ${t('profile.notChecked')}`}
      </p>
      {/* The API says it in English alone; the state beside the name says it in every language. */}
      {reason && state !== 'valid' && format.locale === 'en' && <p className="mt-1 break-words text-danger text-sm">{reason}</p>}
    </>
  )
}
