import type { Metadata } from 'next'
import { FactorsCard } from '@/features/factors/factors-card'
import { EncryptionCard } from '@/features/keys/encryption-card'
import { ActivityCard } from '@/features/settings/activity-card'
import { SessionsCard } from '@/features/settings/sessions-card'

export const metadata: Metadata = { title: 'Security · Settings' }

export default function SecurityPage() {
  return (
    <>
      <FactorsCard />
      <SessionsCard />
      <EncryptionCard />
      <ActivityCard />
    </>
  )
}
