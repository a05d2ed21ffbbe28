import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')

/** A part of the market as the process that it is in production. */
export interface TestProcess {
  /** All it wrote so far, to standard output and standard error. */
  output: () => string
  /** SIGTERM; resolves with the exit code. */
  stop: () => Promise<number | null>
}

/** Starts a file of the repository, such as api/src/main.ts. */
export function startProcess(file: string, env: Record<string, string>): TestProcess {
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, file)], { env: { ...process.env, ...env }, cwd: ROOT })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk))
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const stop = async () => {
    child.kill('SIGTERM')
    const code = await ended
    process.removeListener('exit', kill)
    return code
  }
  return { output: () => text, stop }
}
