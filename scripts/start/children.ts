import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lastWords } from './last-words.ts'

export interface ChildOptions {
  name: string
  /** Arguments for this Node. */
  args: readonly string[]
  env?: Record<string, string | undefined>
  cwd: string
}

const GRACE_MS = 5_000
const TAIL_CHARACTERS = 8_000
const LEASH = pathToFileURL(join(import.meta.dirname, 'leash.mjs')).href

/**
 * The processes that make up a running Fairhold. Their output goes to a log file each; when one dies, `onDeath` hears
 * which, and the last it said. None outlives this process.
 */
export class Children {
  readonly #running = new Set<ChildProcess>()
  readonly #logs: string
  readonly #onDeath: (message: string) => void

  constructor(logs: string, onDeath: (message: string) => void) {
    this.#logs = logs
    this.#onDeath = onDeath
  }

  /** Starts one. Returns what ends it: kindly, and after five seconds by force. */
  start(options: ChildOptions): () => Promise<void> {
    const child = spawn(process.execPath, ['--import', LEASH, ...options.args], {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32', // Ctrl-C is for the launcher alone, which then stops the others in order
    })
    this.#running.add(child)
    const log = this.log(options.name)
    let tail = ''
    let expected = false
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        tail = (tail + chunk).slice(-TAIL_CHARACTERS)
        log.write(chunk)
      })
    }
    child.stdin.on('error', () => undefined) // it went before we did
    child.once('close', (code, signal) => {
      this.#running.delete(child)
      log.end()
      if (!expected) this.#onDeath(`${options.name} ended (${signal ?? code}). The last it said:\n${lastWords(tail)}`)
    })
    return () => {
      expected = true
      return this.#end(child)
    }
  }

  /** The log file called `name`, begun anew. */
  log(name: string): WriteStream {
    mkdirSync(this.#logs, { recursive: true })
    return createWriteStream(join(this.#logs, `${name}.log`))
  }

  /** For the last moment, when nothing can be waited for. */
  kill(): void {
    for (const child of this.#running) signalGroup(child, 'SIGKILL')
  }

  #end(child: ChildProcess): Promise<void> {
    if (!this.#running.has(child)) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS)
      child.once('close', () => {
        clearTimeout(timer)
        resolve()
      })
      signalGroup(child, 'SIGTERM')
    })
  }
}

/** A child may have children of its own (Next does): the signal is for all of them. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal)
  } catch {
    // it has gone already
  }
}
