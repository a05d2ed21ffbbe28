import type { Metadata } from 'next'
import { notListed } from '@/lib/seo'
import { Controls } from './_parts/controls'
import { Foundations } from './_parts/foundations'
import { Pieces } from './_parts/pieces'
import { Windows } from './_parts/windows'

export const metadata: Metadata = { title: 'Kit', robots: notListed }

/** Every primitive of `web/ui` in every state, light and dark side by side. For who builds the dApp, so in English alone; nothing links here. */
export default function KitPage() {
  return (
    <main id="main" className="mx-auto w-full max-w-7xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-title">Kit</h1>
      <p className="mt-2 mb-8 max-w-prose text-muted">
        What pages are made of. Look here before you make something new, and show it here when you do.
      </p>
      <div className="grid gap-6 xl:grid-cols-2">
        {(['light', 'dark'] as const).map((theme) => (
          <section
            key={theme}
            data-theme={theme}
            aria-label={theme}
            className="flex min-w-0 flex-col gap-10 rounded-panel border border-line bg-page p-5 text-ink sm:p-8"
          >
            <Foundations />
            <Controls theme={theme} />
            <Pieces />
            <Windows theme={theme} />
          </section>
        ))}
      </div>
    </main>
  )
}
