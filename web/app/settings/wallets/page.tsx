import type { Metadata } from 'next'
import { Wallets } from '@/features/settings/wallets'

export const metadata: Metadata = { title: 'Wallets · Settings' }

export default function WalletsPage() {
  return <Wallets />
}
