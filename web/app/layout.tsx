import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { pageMetadata, siteOrigin } from '@/lib/seo'
import { loadFrame } from '@/lib/session'
import { earlyClicksScript } from '@/ui/early-clicks-script'
import { themeScript } from '@/ui/theme-script'
import { BottomNav } from './_parts/bottom-nav'
import { Footer } from './_parts/footer'
import { Header } from './_parts/header'
import { StoppedNotice } from './_parts/stopped-notice'
import { latin } from './fonts'
import { Providers } from './providers'
import './globals.css'
import './print.css'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('site')
  const base = await pageMetadata({ title: t('title'), description: t('description'), path: '/' })
  const { alternates: _, ...rest } = base // the address of one page is no other page's
  return {
    ...rest,
    metadataBase: new URL(await siteOrigin()),
    title: { default: t('title'), template: '%s · Fairhold' },
    applicationName: 'Fairhold',
  }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f6f1' },
    { media: '(prefers-color-scheme: dark)', color: '#141614' },
  ],
}

export const dynamic = 'force-dynamic'

const early = { __html: `${themeScript};${earlyClicksScript}` }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [frame, locale, { ui, frame: words }] = await Promise.all([loadFrame(), getLocale(), getMessages()])
  const nonce = (await headers()).get('x-nonce') ?? undefined
  const page = (
    <>
      <Header online={frame !== null} />
      {frame?.config.stopped && <StoppedNotice />}
      {children}
      <Footer devChain={frame?.config.devChain ?? false} />
      <BottomNav online={frame !== null} />
    </>
  )
  return (
    <html lang={locale} className={latin.variable} suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constants, which must run before the first paint */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={early} />
      </head>
      <body className="flex min-h-dvh flex-col">
        <NextIntlClientProvider messages={{ ui, frame: words }}>
          {frame ? (
            <Providers config={frame.config} session={frame.session}>
              {page}
            </Providers>
          ) : (
            page
          )}
        </NextIntlClientProvider>
      </body>
    </html>
  )
}
