import type { NextConfig } from 'next'

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@fairhold/protocol', '@fairhold/api'],
  // The API is asked for at run time (see proxy.ts), so that one build serves wherever it is started.
}

export default config
