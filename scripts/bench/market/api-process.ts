import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../ports.ts'

export interface ApiProcess {
  url: string
  pid: number
  stop: () => Promise<void>
}

/** One api process as in production, on this database. */
export async function startApi(databaseUrl: string, more: Readonly<Record<string, string>> = {}): Promise<ApiProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fairhold-bench-api-'))
  const port = await freePort()
  const own = {
    API_DATABASE_URL: databaseUrl,
    API_PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
    RPC_URL: 'http://127.0.0.1:1',
  }
  const env = { ...process.env, NODE_ENV: 'production', ...own, ...more }
  const root = join(import.meta.dirname, '../../..')
  const child = spawn(process.execPath, [join(root, 'api/src/main.ts')], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await untilListening(child)
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function untilListening(child: ChildProcess): Promise<void> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => line.includes('Server listening') && resolve())
    child.once('exit', (code) => reject(new Error(`the api ended (${code})`)))
  })
}
