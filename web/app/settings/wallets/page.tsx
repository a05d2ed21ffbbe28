import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Wallets } from '@/features/settings/wallets'
import { Words } from '@/i18n/words'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: `${t('pages.wallets')} · ${t('heading')}` }
}

export default function WalletsPage() {
  return (
    <Words of={['identity', 'receipt', 'send']}>
      <Wallets />
    </Words>
  )
}
