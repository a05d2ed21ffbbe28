/** Next calls this once in each of its server processes, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const [{ appendVisitorAddress }, { refuseUpgrades }] = await Promise.all([
    import('./lib/visitor-address'),
    import('./lib/refuse-upgrades'),
  ])
  appendVisitorAddress()
  refuseUpgrades()
}
