// `npm start`, `npm test` and the rest: set up, then run the script named in the arguments under the right Node.
import { spawn } from 'node:child_process'
import { bootstrap, root } from './bootstrap.mjs'

const PARENT_CHECK_MS = 500

function setUp() {
  try {
    return bootstrap()
  } catch (error) {
    process.stderr.write(`[setup] ${error.message}\n`)
    process.exit(1)
  }
}

const { node, env } = setUp()
const child = spawn(node, process.argv.slice(2), { cwd: root, env, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => child.kill(signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM'))
// npm passes a signal only to its shell, which goes without telling us: notice that the parent is gone.
const parent = process.ppid
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), PARENT_CHECK_MS).unref()
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
