import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const SCRIPT = join(import.meta.dirname, 'bus-process.ts')

/** Parts of the bus in processes of their own. */
export interface Victims {
  spawn: (role: string) => void
  /** SIGKILL; resolves when it is gone. */
  kill: (role: string) => Promise<void>
  killAll: () => Promise<void>
  /** All that they logged. */
  output: () => string
}

export function createVictims(databaseUrl: string, eventBusUrl: string): Victims {
  const env = { ...process.env, API_DATABASE_URL: databaseUrl, EVENT_BUS_URL: eventBusUrl }
  const children = new Map<string, ChildProcess>()
  let output = ''
  const kill = async (role: string): Promise<void> => {
    const child = children.get(role)
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGKILL')
    await ended
  }
  return {
    spawn: (role) => {
      const child = spawn(process.execPath, [SCRIPT, role], { env, stdio: ['ignore', 'pipe', 'inherit'] })
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk
      })
      children.set(role, child)
    },
    kill,
    killAll: async () => {
      await Promise.all([...children.keys()].map(kill))
    },
    output: () => output,
  }
}
