import type { Metadata } from 'next'
import { MyProfile } from '@/features/settings/my-profile'

export const metadata: Metadata = { title: 'Profile · Settings' }

export default function ProfilePage() {
  return <MyProfile />
}
