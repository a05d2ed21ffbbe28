import { join } from 'node:path'
import type { RoleUrls } from '@fairhold/db/roles'
import { devAccounts } from '@fairhold/protocol/dev-accounts'
import { seedMarket } from '../seed.ts'
import { buildWeb } from './build-web.ts'
import { prepareChain } from './chain.ts'
import { Children } from './children.ts'
import { startDatabase } from './database.ts'
import { writeLocalSettings } from './local-settings.ts'
import type { Ports } from './ports.ts'
import { waitForHttp, waitForNode } from './wait.ts'

export interface LauncherOptions {
  root: string
  dataDir: string
  ports: Ports
  databaseUrl: string | undefined
  /** Serves the dApp from its sources, with hot reload, instead of a build. */
  dev: boolean
  say: (line: string) => void
  /** Hears that something ended that should run, and what it said last. */
  onDeath: (message: string) => void
}

type Env = Record<string, string | undefined>

const PATIENCE_MS = 90_000

/** All the processes of a Fairhold, started in order and stopped in reverse. */
export class Launcher {
  readonly origin: string
  readonly #options: LauncherOptions
  readonly #rpcUrl: string
  readonly #children: Children
  readonly #stopping = new AbortController()
  readonly #ends: (() => Promise<void>)[] = []

  constructor(options: LauncherOptions) {
    this.#options = options
    this.origin = `http://localhost:${options.ports.web}`
    this.#rpcUrl = `http://127.0.0.1:${options.ports.node}`
    this.#children = new Children(join(options.dataDir, 'logs'), (message) => this.#died(message))
  }

  /** Starts everything, and resolves when the dApp answers. Throws what went wrong in a sentence. */
  async start(): Promise<void> {
    const built = this.#options.dev ? Promise.resolve() : this.#build()
    built.catch((error: Error) => this.#died(error.message)) // at once, not only where it is waited for
    const urls = await this.#startData()
    const env = this.#environment(urls)
    writeLocalSettings(this.#options.dataDir, env, urls.admin)
    await this.#startServices(env)
    await Promise.all([this.#fillMarket(env), built])
    await this.#startWeb(env)
  }

  /** Ends everything, the last started first. Safe to call at any time, once. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    for (let end = this.#ends.pop(); end; end = this.#ends.pop()) await end().catch(() => undefined)
  }

  /** For the last moment, when nothing can be waited for. */
  kill(): void {
    this.#children.kill()
  }

  /** Postgres and the chain at once: they do not need each other. */
  async #startData(): Promise<RoleUrls> {
    const { root, dataDir, ports, databaseUrl, say } = this.#options
    say(databaseUrl === undefined ? 'starting Postgres and the local chain' : 'starting the local chain')
    const cli = join(root, 'node_modules/hardhat/dist/src/cli.js')
    this.#run('node', { args: [cli, 'node', '--hostname', '127.0.0.1', '--port', String(ports.node)] })
    const log = this.#children.log('postgres')
    const startingDatabase = startDatabase({ dataDir, port: ports.postgres, databaseUrl, log: (chunk) => log.write(chunk) })
    const [database] = await both(
      startingDatabase.then((started) => this.#keep(started)),
      this.#wait('the local chain', this.#rpcUrl, waitForNode).then(async () => {
        const journal = join(dataDir, 'chain.jsonl')
        this.#ends.push(await prepareChain({ root, rpcUrl: this.#rpcUrl, journal, say, signal: this.#stopping.signal }))
      }),
    )
    return database.urls
  }

  #keep(database: Awaited<ReturnType<typeof startDatabase>>) {
    this.#ends.push(database.stop)
    database.ended.then(() => this.#died(`Postgres ended. Its log is ${join(this.#options.dataDir, 'logs/postgres.log')}`))
    return database
  }

  async #startServices(env: Env): Promise<void> {
    const { ports } = this.#options
    this.#run('indexer', { args: ['indexer/src/main.ts'], env })
    this.#run('api', { args: ['api/src/main.ts'], env })
    await both(
      this.#wait('the api', `http://127.0.0.1:${ports.api}/health`),
      this.#wait('the indexer', `http://127.0.0.1:${ports.indexer}/ready`),
    )
    this.#run('worker', { args: ['api/src/worker.ts'], env })
    this.#options.say('chain, indexer, api and worker are up')
  }

  #fillMarket(env: Env): Promise<void> {
    return seedMarket({ apiUrl: String(env.API_URL), rpcUrl: this.#rpcUrl, origin: this.origin, say: this.#options.say })
  }

  #build(): Promise<void> {
    const { root, say } = this.#options
    return buildWeb({ root, say, signal: this.#stopping.signal })
  }

  async #startWeb(env: Env): Promise<void> {
    const { root, ports, dev } = this.#options
    const next = join(root, 'node_modules/next/dist/bin/next')
    const args = [next, dev ? 'dev' : 'start', '--hostname', 'localhost', '--port', String(ports.web)]
    this.#run('web', { args, env, cwd: join(root, 'web') })
    await this.#wait('the dApp', this.origin)
  }

  #run(name: string, { args, env = {}, cwd = this.#options.root }: { args: string[]; env?: Env; cwd?: string }): void {
    this.#stopping.signal.throwIfAborted()
    this.#ends.push(this.#children.start({ name, args, env, cwd }))
  }

  #wait(what: string, url: string, how = waitForHttp): Promise<void> {
    return how(url, { what, timeoutMs: PATIENCE_MS, signal: this.#stopping.signal })
  }

  #died(message: string): void {
    if (!this.#stopping.signal.aborted) this.#options.onDeath(message)
  }

  #environment(database: RoleUrls): Env {
    const { ports, dataDir, dev } = this.#options
    const relayer = devAccounts.find(({ role }) => role === 'relayer')
    const operator = devAccounts.find(({ role }) => role === 'operator')
    return {
      NODE_ENV: dev ? 'development' : 'production',
      CHAIN_ID: '31337',
      RPC_URL: this.#rpcUrl,
      RPC_WS_URL: this.#rpcUrl.replace('http', 'ws'),
      INDEXER_DATABASE_URL: database.indexer,
      INDEXER_PORT: String(ports.indexer),
      API_DATABASE_URL: database.api,
      API_PORT: String(ports.api),
      API_URL: `http://127.0.0.1:${ports.api}`,
      PUBLIC_ORIGIN: `${this.origin},http://127.0.0.1:${ports.web}`,
      DATA_DIR: dataDir,
      RELAYER_KEY: relayer?.privateKey,
      OPERATOR_ADDRESS: operator?.address,
    }
  }
}

/** Both results; when one fails, only after the other has come to an end too, so that nothing is started behind a stop. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second])
  if (a.status === 'rejected') throw a.reason
  if (b.status === 'rejected') throw b.reason
  return [a.value, b.value]
}
