import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { searchShape } from '../../../api/src/listings/search/contract.ts'
import { search } from '../../../api/src/listings/search/service.ts'
import { CACHE } from '../packages.ts'
import { type SearchContext, searchContext } from '../search/market.ts'
import { ask } from './generate.ts'

const CLIENTS = 50
const SEARCHES = 120
/** Until each client has planned each search, which it does once. */
const WARM_UP_SECONDS = 20

export interface Floor {
  /** Milliseconds of each search. */
  times: number[]
  perSecond: number
}

/**
 * What the same searches cost if nothing stands between the client and Postgres: the very statements that the api sends, recorded
 * and repeated by pgbench with as many clients. Null where there is no pgbench.
 */
export async function measureFloor(databaseUrl: string, seconds: number): Promise<Floor | null> {
  const pgbench = findPgbench()
  if (pgbench === null) return null
  const folder = mkdtempSync(join(tmpdir(), 'fairhold-pgbench-'))
  const scripts = (await recordSearches(databaseUrl)).map((sql, at) => {
    const file = join(folder, `search-${at}.sql`)
    writeFileSync(file, sql)
    return ['-f', file]
  })
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const args = [
    '-n',
    '-M',
    'prepared',
    '-c',
    String(CLIENTS),
    '-j',
    '1',
    '-T',
    String(WARM_UP_SECONDS + seconds),
    '-l',
    `--log-prefix=${folder}/log`,
    ...scripts.flat(),
  ]
  const env = {
    ...process.env,
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: username,
    PGPASSWORD: password,
    PGDATABASE: pathname.slice(1),
  }
  const warm = Date.now() / 1_000 + WARM_UP_SECONDS
  execFileSync(pgbench, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  // client, transaction, microseconds, script, when in seconds since 1970, …
  const lines = readdirSync(folder)
    .filter((name) => name.startsWith('log'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
  const times = lines
    .map((line) => line.split(' ').map(Number))
    .filter(([, , , , at = 0]) => at >= warm)
    .map(([, , microseconds = 0]) => microseconds / 1_000)
  rmSync(folder, { recursive: true, force: true })
  return { times, perSecond: times.length / seconds }
}

/** The statements of each search, with their values in them. What the api remembers it does not ask, so it is not in them either. */
async function recordSearches(databaseUrl: string): Promise<string[]> {
  const { context, close } = searchContext(databaseUrl)
  const searches = Array.from({ length: SEARCHES }, (_, number) => searchShape.parse(ask(number)))
  const scripts: string[] = []
  try {
    for (const one of searches) await search(context, one)
    const sent: string[] = []
    record(context.pool, sent)
    record(context.searchPool, sent)
    for (const one of searches) {
      sent.length = 0
      await search(context, one)
      scripts.push(`${sent.join(';\n')};\n`)
    }
  } finally {
    await close()
  }
  return scripts
}

/** Notes each statement that is sent without Prisma, which is how the search asks. */
function record(pool: SearchContext['pool'], sent: string[]): void {
  const query = pool.query.bind(pool) as (...given: unknown[]) => Promise<unknown>
  Object.assign(pool, {
    query: (statement: { text: string; values: unknown[] }, ...more: unknown[]) => {
      if (typeof statement !== 'string') sent.push(filled(statement))
      return query(statement, ...more)
    },
  })
}

/** In one line: pgbench takes a colon for one of its variables unless it is doubled or in quotes. */
function filled({ text, values }: { text: string; values: unknown[] }): string {
  return text.replace(/\$(\d+)/g, (_, number: string) => literal(values[Number(number) - 1])).replace(/\s+/g, ' ')
}

function literal(value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return `'{${value.map((one) => `"${String(one)}"`).join(',')}}'`.replace(/\\/g, '')
  return `'${String(value).replaceAll("'", "''")}'`
}

/** The pgbench of this machine, or one from Debian's package, unpacked where nothing else sees it. */
function findPgbench(): string | null {
  const folder = join(CACHE, 'pgbench')
  const found = () =>
    [...globSync('/usr/lib/postgresql/*/bin/pgbench'), ...globSync(`${folder}/usr/lib/postgresql/*/bin/pgbench`)].at(-1) ?? null
  if (found() === null && existsSync('/usr/bin/apt-get')) {
    mkdirSync(folder, { recursive: true })
    const fetched = spawnSync(
      'sh',
      ['-c', 'apt-get download postgresql-15 2>/dev/null && dpkg-deb -x postgresql-15_*.deb . && rm -f *.deb'],
      { cwd: folder },
    )
    if (fetched.status !== 0) console.error('pgbench could not be fetched from Debian; the floor is left out')
  }
  return found()
}
