import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Market, type MarketOptions } from '../../seed/market.ts'
import { Launcher } from '../../start/launcher.ts'
import { type Ports, services } from '../../start/ports.ts'
import { freePort } from '../ports.ts'

/** All of Fairhold as `npm start` runs it, with a filled market. */
export type Product = {
  origin: string
  rpcUrl: string
  /** Of the owner of the tables. */
  databaseUrl: string
  /** Everybody signed in, to act by script. */
  market: Market
  stop: () => Promise<void>
}

/** Starts it on free ports with data of its own, which are gone after `stop`. The dApp is built for production first, if need be. */
export async function startProduct(say: (line: string) => void): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fairhold-bench-page-'))
  const ports = Object.fromEntries(
    await Promise.all(Object.keys(services).map(async (name) => [name, await freePort()])),
  ) as Ports
  const onDeath = (message: string): void => {
    console.error(message)
    process.exit(1)
  }
  const root = resolve(import.meta.dirname, '../../..')
  const launcher = new Launcher({ root, dataDir, ports, databaseUrl: undefined, dev: false, say, onDeath })
  const atExit = (): void => {
    launcher.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
  process.once('exit', atExit)
  const stop = async (): Promise<void> => {
    await launcher.stop()
    process.removeListener('exit', atExit)
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await launcher.start()
    const rpcUrl = `http://127.0.0.1:${ports.node}`
    const options: MarketOptions = { apiUrl: `http://127.0.0.1:${ports.api}`, rpcUrl, origin: launcher.origin }
    const market = await Market.connect(options)
    await market.gather(options)
    return { origin: launcher.origin, rpcUrl, databaseUrl: databaseUrlIn(dataDir), market, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function databaseUrlIn(dataDir: string): string {
  const url = /^DATABASE_URL=(.+)$/m.exec(readFileSync(join(dataDir, 'indexer.env'), 'utf8'))?.[1]
  if (url === undefined) throw new Error('the launcher did not write down its database')
  return url
}
