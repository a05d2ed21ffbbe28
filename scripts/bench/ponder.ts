import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import type { BenchDatabase } from './database.ts'
import type { Job } from './measure.ts'
import { installed } from './packages.ts'
import { freePort } from './ports.ts'

const TEMPLATES = join(import.meta.dirname, 'ponder')
const BESIDE = ['viem@2.57.20', 'hono@4.13.19', 'typescript@5.9.3'] // Ponder wants them from its user

/** A version of Ponder, and what its configuration is called. */
export type PonderVersion = { version: string; config: string; overrides?: Record<string, string> }

export const ponderVersions = {
  // Its exact version of @ponder/utils, 0.3.0, is not on every registry; all it takes from there is for getLogs that failed.
  'ponder-0.17.7': { version: '0.17.7', config: 'chains.config.mjs', overrides: { '@ponder/utils': '0.2.18' } },
  'ponder-1.0.0': { version: '1.0.0', config: 'networks.config.mjs' },
} as const satisfies Record<string, PonderVersion>

/** What to tell a Ponder of the chain. */
export type PonderSource = { rpcUrl: string; wsUrl?: string; firstBlock: number; escrow: string; reputation: string }

/** Installs that Ponder and our configuration of it; says what to run, apart from what tells that it is done. */
export async function ponderJob(
  name: keyof typeof ponderVersions,
  database: BenchDatabase,
  source: PonderSource,
): Promise<Pick<Job, 'name' | 'command' | 'args' | 'cwd' | 'env'>> {
  const { version, config, overrides = {} }: PonderVersion = ponderVersions[name]
  const folder = installed(name, [`ponder@${version}`, ...BESIDE], overrides)
  writeProject(folder, config)
  const env = {
    ...{ DATABASE_URL: database.adminUrl, RPC_URL: source.rpcUrl, RPC_WS_URL: source.wsUrl ?? '' },
    ...{ ESCROW: source.escrow, REPUTATION: source.reputation, FIRST_BLOCK: String(source.firstBlock) },
    ...{ PONDER_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  }
  const cli = join(folder, 'node_modules/ponder/dist/esm/bin/ponder.js')
  const port = String(await freePort())
  const args = [cli, 'start', '--schema', 'bench', '--hostname', '127.0.0.1', '--port', port]
  return { name, command: process.execPath, args, cwd: folder, env }
}

/** Ponder takes its files by their TypeScript names. They are kept as JavaScript here: its types are not among our packages. */
function writeProject(folder: string, config: string): void {
  for (const left of ['src', '.ponder', 'generated']) rmSync(join(folder, left), { recursive: true, force: true })
  mkdirSync(join(folder, 'src/api'), { recursive: true })
  copyFileSync(join(TEMPLATES, config), join(folder, 'ponder.config.ts'))
  copyFileSync(join(TEMPLATES, 'ponder.schema.mjs'), join(folder, 'ponder.schema.ts'))
  copyFileSync(join(TEMPLATES, 'handlers.mjs'), join(folder, 'src/index.ts'))
  copyFileSync(join(TEMPLATES, 'api.mjs'), join(folder, 'src/api/index.ts'))
  const abis = [
    `export const escrowAbi = ${JSON.stringify(escrowAbi)}`,
    `export const reputationAbi = ${JSON.stringify(reputationAbi)}`,
  ]
  writeFileSync(join(folder, 'abis.ts'), `${abis.join('\n')}\n`)
}
