import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'

export interface ChildOptions {
  name: string
  /** Arguments for this Node. */
  args: readonly string[]
  env: Record<string, string | undefined>
  cwd?: string
}

interface Child extends ChildOptions {
  process: ChildProcess
  tail: string
}

const GRACE_MS = 5_000
const TAIL = 3_000

/** The processes that make up a running Fairhold. Their output goes to a log file each; when one dies, `onDeath` hears why. */
export class Children {
  readonly #children: Child[] = []
  readonly #logs: string
  readonly #onDeath: (message: string) => void
  #stopping = false

  constructor(logs: string, onDeath: (message: string) => void) {
    mkdirSync(logs, { recursive: true })
    this.#logs = logs
    this.#onDeath = onDeath
  }

  start(options: ChildOptions): void {
    const started = spawn(process.execPath, [...options.args], {
      cwd: options.cwd ?? process.cwd(),
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32', // Ctrl-C is for the launcher alone, which then stops the others in order
    })
    const child: Child = { ...options, process: started, tail: '' }
    this.#children.push(child)
    const log = createWriteStream(join(this.#logs, `${options.name}.log`))
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        child.tail = (child.tail + chunk).slice(-TAIL)
        log.write(chunk)
      })
    }
    started.once('exit', (code, signal) => {
      if (!this.#stopping) this.#onDeath(`${options.name} ended (${signal ?? code}). The last it said:\n${child.tail.trim()}`)
    })
  }

  /** Stops all, the last started first. Whoever does not go in five seconds is killed. */
  async stop(): Promise<void> {
    this.#stopping = true
    for (const child of this.#children.toReversed()) await end(child.process)
  }

  /** For the last moment, when nothing can be waited for. */
  kill(): void {
    for (const { process: child } of this.#children) signalGroup(child, 'SIGKILL')
  }
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    signalGroup(child, 'SIGTERM')
  })
}

/** A child may have children of its own (Next does): the signal is for all of them. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal)
  } catch {
    // it has gone already
  }
}
