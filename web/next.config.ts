import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

// What a browser needs of next-intl is small (i18n/browser-intl.ts); the server has all of it.
const inBrowsers = ['next-intl', 'use-intl/react'].map((name) => [name, { browser: './i18n/browser-intl.ts' }] as const)

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@fairhold/protocol', '@fairhold/api'],
  turbopack: { resolveAlias: Object.fromEntries(inBrowsers) },
  // The API is asked for at run time (see proxy.ts), so that one build serves wherever it is started.
}

// Messages are parsed when the dApp is built: a browser then needs no parser of ICU syntax, which would be 9 kB.
const messages = { path: './messages', format: 'json', locales: 'infer', precompile: true } as const

export default createNextIntlPlugin({ requestConfig: './i18n/request.ts', experimental: { messages } })(config)
