import type { Words } from '@/i18n/words-of'
import type { ShownCredential } from '@/lib/api'

/** What a credential is called: ours by our name for it. A stranger's by the words of whoever issued it, even where they are the same as ours. */
export function nameOf({ own, types }: Pick<ShownCredential, 'own' | 'types'>, t: Words<'credentials'>): string {
  const named = (type: string) => (own && type === 'FairholdReputation' ? t('typeNames.FairholdReputation') : type)
  return types.map(named).join(', ') || t('profile.unnamed')
}
