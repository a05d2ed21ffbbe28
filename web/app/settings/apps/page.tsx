import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AgentKeysCard } from '@/features/keys/agent-keys-card'
import { ClientsCard } from '@/features/oauth/clients-card'
import { ConnectionsCard } from '@/features/oauth/connections-card'
import { KeysCard } from '@/features/oauth/keys-card'
import { Words } from '@/i18n/words'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: `${t('pages.apps')} · ${t('heading')}` }
}

export default function AppsPage() {
  return (
    <Words of={['oauth', 'keys']}>
      <ConnectionsCard />
      <KeysCard />
      <AgentKeysCard />
      <ClientsCard />
    </Words>
  )
}
