import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CredentialsCard } from '@/features/credentials/credentials-card'
import { PersonalCard } from '@/features/discovery/personal-card'
import { DeleteCard } from '@/features/privacy/delete-card'
import { ExportCard } from '@/features/privacy/export-card'
import { Words } from '@/i18n/words'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: `${t('pages.data')} · ${t('heading')}` }
}

export default function DataPage() {
  return (
    <Words of={['credentials', 'personal', 'privacy']}>
      <CredentialsCard />
      <PersonalCard />
      <ExportCard />
      <DeleteCard />
    </Words>
  )
}
