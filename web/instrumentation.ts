/** Next calls this once in each of its server processes, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const [{ appendVisitorAddress }, { refuseUpgrades }, { serveBrotli }] = await Promise.all([
    import('./lib/visitor-address'),
    import('./lib/refuse-upgrades'),
    import('./lib/brotli'),
  ])
  appendVisitorAddress()
  refuseUpgrades()
  if (process.env.NODE_ENV === 'production') serveBrotli(process.env.NEXT_DIST_DIR ?? '.next')
}
