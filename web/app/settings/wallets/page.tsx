import type { Metadata } from 'next'
import { Wallets } from '@/features/settings/wallets'
import { Words } from '@/i18n/words'

export const metadata: Metadata = { title: 'Wallets · Settings' }

export default function WalletsPage() {
  return (
    <Words of={['send', 'receipt']}>
      <Wallets />
    </Words>
  )
}
