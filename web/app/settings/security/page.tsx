import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { FactorsCard } from '@/features/factors/factors-card'
import { EncryptionCard } from '@/features/keys/encryption-card'
import { ActivityCard } from '@/features/settings/activity-card'
import { SessionsCard } from '@/features/settings/sessions-card'
import { Words } from '@/i18n/words'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: `${t('pages.security')} · ${t('heading')}` }
}

export default function SecurityPage() {
  return (
    <Words of={['factors', 'keys']}>
      <FactorsCard />
      <SessionsCard />
      <EncryptionCard />
      <ActivityCard />
    </Words>
  )
}
