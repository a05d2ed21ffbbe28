'use client'

import { useSession } from '@/features/identity/session'
import { ProfileCard } from './profile-card'

export function MyProfile() {
  const { session } = useSession()
  return session && <ProfileCard address={session.address} />
}
