import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { SettingsGate } from '@/features/settings/settings-gate'
import { SettingsNav } from '@/features/settings/settings-nav'
import { Words } from '@/i18n/words'
import { Queries } from '@/lib/queries'
import { notListed } from '@/lib/seo'

export const metadata = { robots: notListed }

export default function SettingsLayout({ children }: { children: ReactNode }) {
  const t = useTranslations('settings')
  return (
    <Words of={['settings']}>
      <main id="main" className="mx-auto w-full max-w-5xl px-4 py-8 sm:px-6">
        <h1 className="mb-6 font-semibold text-3xl tracking-tight">{t('heading')}</h1>
        <div className="grid gap-6 md:grid-cols-[13rem_minmax(0,1fr)] md:gap-10">
          <SettingsNav />
          <Queries>
            <SettingsGate>{children}</SettingsGate>
          </Queries>
        </div>
      </main>
    </Words>
  )
}
