import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

/** Where everything lives that the benchmark makes or fetches and nothing else needs. */
export const CACHE = resolve('.cache/bench')

const ANVIL = '@foundry-rs/anvil-linux-amd64'
const ANVIL_VERSION = '1.7.1'
const COPY = 'pg-copy-streams@7.0.0'

/** Path of the anvil binary, installed on first use. Its npm wrapper would be a process of its own between us and it. */
export function anvilBinary(): string {
  return join(installed('anvil', [`${ANVIL}@${ANVIL_VERSION}`]), 'node_modules', ANVIL, 'bin/anvil')
}

/** Folder from which `pg-copy-streams` can be required; only the floors use it. */
export function copyStreams(): string {
  return createRequire(join(installed('copy', [COPY]), 'package.json')).resolve('pg-copy-streams')
}

/**
 * Installs packages from npm into a folder of the cache, unless they are there. `overrides` are npm's: versions to take of what
 * they depend on.
 * @throws with what it was that npm could not install.
 */
export function installed(name: string, packages: readonly string[], overrides: Record<string, string> = {}): string {
  const folder = join(CACHE, name)
  const wanted = [...packages, ...Object.entries(overrides).flat()]
  const stamp = join(folder, 'node_modules', `.${wanted.join('+').replace(/[^\w.+-]/g, '_')}`) // gone with the packages
  if (existsSync(stamp)) return folder
  mkdirSync(folder, { recursive: true })
  // Without a package.json of its own npm would look for one in the folders above, and find ours.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', overrides }))
  const args = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', ...packages]
  const { status } = spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error(`npm could not install ${packages.join(', ')}; the benchmark runs on Linux x64 only`)
  writeFileSync(stamp, '')
  return folder
}
