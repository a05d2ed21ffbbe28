import type { Metadata } from 'next'
import { AgentKeysCard } from '@/features/keys/agent-keys-card'
import { ClientsCard } from '@/features/oauth/clients-card'
import { ConnectionsCard } from '@/features/oauth/connections-card'
import { KeysCard } from '@/features/oauth/keys-card'

export const metadata: Metadata = { title: 'Apps and keys · Settings' }

export default function AppsPage() {
  return (
    <>
      <ConnectionsCard />
      <KeysCard />
      <AgentKeysCard />
      <ClientsCard />
    </>
  )
}
