import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { MyProfile } from '@/features/settings/my-profile'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: `${t('pages.profile')} · ${t('heading')}` }
}

export default function ProfilePage() {
  return <MyProfile />
}
