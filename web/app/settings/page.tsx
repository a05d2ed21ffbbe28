import type { Metadata } from 'next'
import { settingsCopy } from '@/features/settings/copy'
import { SettingsView } from '@/features/settings/settings-view'

export const metadata: Metadata = { title: 'Settings' }

export default function SettingsPage() {
  return (
    <main id="main" className="mx-auto w-full max-w-3xl px-4 py-8 sm:px-6">
      <h1 className="mb-6 font-semibold text-3xl tracking-tight">{settingsCopy.heading}</h1>
      <SettingsView />
    </main>
  )
}
