import type { Metadata } from 'next'
import { DeleteCard } from '@/features/privacy/delete-card'
import { ExportCard } from '@/features/privacy/export-card'

export const metadata: Metadata = { title: 'Your data · Settings' }

export default function DataPage() {
  return (
    <>
      <ExportCard />
      <DeleteCard />
    </>
  )
}
