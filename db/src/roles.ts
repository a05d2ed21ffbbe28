import pg from 'pg'

export interface RoleUrls {
  /** Owner of everything: migrations only. */
  admin: string
  /** May write schema chain, and nothing else. */
  indexer: string
  /** May write schema app and read schema chain. */
  api: string
}

/**
 * Lets the two roles of the migrations log in with `password`, and returns the URL of each. For the embedded server, whose
 * password is made by the launcher; on a server of one's own the roles are set up by its administrator.
 */
export async function openRoles(adminUrl: string, password: string): Promise<RoleUrls> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    for (const role of ['fairhold_indexer', 'fairhold_api']) {
      await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(password)}`)
    }
  } finally {
    await client.end()
  }
  return roleUrls(adminUrl, password)
}

/** The URLs of the roles on the database of `adminUrl`, without touching it. */
export function roleUrls(adminUrl: string, password: string): RoleUrls {
  return {
    admin: adminUrl,
    indexer: as(adminUrl, 'fairhold_indexer', password),
    api: as(adminUrl, 'fairhold_api', password),
  }
}

function as(url: string, user: string, password: string): string {
  const other = new URL(url)
  other.username = user
  other.password = password
  return other.href
}
