import { useTranslations } from 'next-intl'
import type { ShownCredential } from '@/lib/api'
import { ShownFacts } from './shown-facts'

/** The credentials that a person shows on their profile; nothing where they show none. */
export function ProfileCredentials({ credentials }: { credentials: readonly ShownCredential[] }) {
  const t = useTranslations('credentials')
  if (credentials.length === 0) return null
  return (
    <section aria-labelledby="proofs">
      <h2 id="proofs" className="font-semibold text-xl tracking-tight">
        {t('profile.title')}
      </h2>
      <p className="mt-1 mb-4 text-muted text-sm">{t('profile.hint')}</p>
      <ul className="grid gap-4 sm:grid-cols-2">
        {credentials.map((credential) => (
          <li key={credential.id} className="rounded-2xl border border-line bg-surface p-5 shadow-card">
            <ShownFacts credential={credential} />
          </li>
        ))}
      </ul>
    </section>
  )
}
