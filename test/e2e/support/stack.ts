import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')
const SEEN_MS = 20_000
const START_TIMEOUT_MS = 240_000 // a cold build of the dApp is the longest part

export interface Stack {
  origin: string
  apiUrl: string
  rpcUrl: string
  dataDir: string
  output: () => string
  stop: () => Promise<void>
}

/** The whole of Fairhold as `npm start` runs it, on free ports, with data of its own. */
export async function startStack(): Promise<Stack> {
  const data = await mkdtemp(join(tmpdir(), 'fairhold-e2e-'))
  const [pg, rpc, indexer, api, web] = await Promise.all([freePort(), freePort(), freePort(), freePort(), freePort()])
  const env = {
    ...process.env,
    PG_PORT: String(pg),
    RPC_PORT: String(rpc),
    INDEXER_PORT: String(indexer),
    API_PORT: String(api),
    WEB_PORT: String(web),
    DATA_DIR: data,
    FAIRHOLD_NO_OPEN: '1',
  }
  const origin = `http://localhost:${web}`
  const child = spawn(process.execPath, ['scripts/start.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk))
  const stop = async () => {
    await stopChild(child)
    await rm(data, { recursive: true, force: true })
  }
  try {
    await untilReady(child, origin, () => output)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    origin,
    apiUrl: `http://127.0.0.1:${api}`,
    rpcUrl: `http://127.0.0.1:${rpc}`,
    dataDir: data,
    output: () => output,
    stop,
  }
}

/** Moves the chain's clock, as the passing of days would, and waits until the api has seen that. */
export async function skipTime({ apiUrl, rpcUrl }: Pick<Stack, 'apiUrl' | 'rpcUrl'>, seconds: number): Promise<void> {
  await rpc(rpcUrl, 'evm_increaseTime', [seconds])
  await rpc(rpcUrl, 'evm_mine', [])
  const { timestamp } = (await rpc(rpcUrl, 'eth_getBlockByNumber', ['latest', false])) as { timestamp: string }
  const deadline = Date.now() + SEEN_MS
  while ((await chainTimeOf(apiUrl)) < Number(timestamp)) {
    if (Date.now() > deadline) throw new Error('the api does not see the time of the chain')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function chainTimeOf(apiUrl: string): Promise<number> {
  const response = await fetch(`${apiUrl}/v1/config`)
  return ((await response.json()) as { chainNow: number }).chainNow
}

async function rpc(url: string, method: string, params: unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const body = (await response.json()) as { result?: unknown; error?: { message: string } }
  if (body.error) throw new Error(`${method}: ${body.error.message}`)
  return body.result
}

async function untilReady(child: ChildProcess, origin: string, output: () => string): Promise<void> {
  const ready = () => output().includes('Fairhold is ready')
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!ready()) {
    if (child.exitCode !== null) throw new Error(`start ended with ${child.exitCode}:\n${output().slice(-4000)}`)
    if (Date.now() > deadline) throw new Error(`not ready in time at ${origin}:\n${output().slice(-4000)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
