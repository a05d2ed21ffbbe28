import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { loadFrame } from '@/lib/session'
import { themeScript } from '@/ui/theme-script'
import { Footer } from './_parts/footer'
import { Header } from './_parts/header'
import { StoppedNotice } from './_parts/stopped-notice'
import { Providers } from './providers'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Fairhold: trade safely with strangers', template: '%s · Fairhold' },
  description:
    'A marketplace where the buyer’s money waits in a contract that nobody owns, until both sides have what they agreed on.',
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f6f1' },
    { media: '(prefers-color-scheme: dark)', color: '#141614' },
  ],
}

export const dynamic = 'force-dynamic'

export default async function RootLayout({ children }: { children: ReactNode }) {
  const frame = await loadFrame()
  const page = (
    <>
      <Header online={frame !== null} />
      {frame?.config.stopped && <StoppedNotice />}
      {children}
      <Footer devChain={frame?.config.devChain ?? false} />
    </>
  )
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, which must run before the first paint */}
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body className="min-h-dvh">
        {frame ? (
          <Providers config={frame.config} session={frame.session}>
            {page}
          </Providers>
        ) : (
          page
        )}
      </body>
    </html>
  )
}
