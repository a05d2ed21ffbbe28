import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MODULES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
]

/** A token of SoftHSM in a folder of its own. */
export interface TestToken {
  module: string
  token: string
  pin: string
  /** Puts an AES-256 key into it. */
  addKey: (label: string) => void
  stop: () => void
}

/** Why there can be no SoftHSM here; null if there is one, installing Debian's package where that is missing. */
export function whyNoSoftHsm(): string | null {
  if (moduleOf() !== undefined) return null
  const how = 'install it with: apt-get install softhsm2'
  if (spawnSync('apt-get', ['--version']).status !== 0)
    return 'SoftHSM is not installed, and this is no Debian that could install it.'
  if (process.getuid?.() !== 0) return `SoftHSM is not installed, and only root can do so; ${how}`
  const install = () => apt('install', '-y', '--no-install-recommends', 'softhsm2')
  const error = install() === null ? null : (apt('update') ?? install())
  return error === null && moduleOf() !== undefined ? null : `SoftHSM could not be installed; ${how}. ${error ?? ''}`
}

/** To be called before the module is loaded for the first time: it reads its settings only then. */
export function startToken(): TestToken {
  const module = moduleOf()
  if (module === undefined) throw new Error('there is no SoftHSM')
  const dir = mkdtempSync(join(tmpdir(), 'fairhold-test-hsm-'))
  mkdirSync(join(dir, 'tokens'))
  const conf = join(dir, 'softhsm2.conf')
  writeFileSync(conf, `directories.tokendir = ${join(dir, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`)
  process.env.SOFTHSM2_CONF = conf
  const [token, pin] = ['fairhold-test', '1234']
  util('--init-token', '--free', '--label', token, '--so-pin', '5678', '--pin', pin)
  const addKey = (label: string) => {
    const file = join(dir, 'key')
    writeFileSync(
      file,
      randomBytes(32).map((byte) => byte | 0x80),
    ) // the tool stops reading at the first white space
    const id = Buffer.from(label).toString('hex')
    util('--import', file, '--aes', '--token', token, '--label', label, '--id', id, '--pin', pin, '--force')
    rmSync(file)
  }
  return { module, token, pin, addKey, stop: () => rmSync(dir, { recursive: true, force: true }) }
}

function moduleOf(): string | undefined {
  return MODULES.find((path) => existsSync(path))
}

function util(...args: string[]): void {
  const { status, stderr, stdout } = spawnSync('softhsm2-util', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`softhsm2-util ${args[0]} failed: ${stderr}${stdout}`)
}

/** Null if it went well, else its last words. */
function apt(...args: string[]): string | null {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stderr, error } = spawnSync('apt-get', ['-q', ...args], { env, encoding: 'utf8', timeout: 120_000 })
  return status === 0 ? null : (error?.message ?? stderr.trim().split('\n').at(-1) ?? 'apt-get failed')
}
