import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const ROOT = join(import.meta.dirname, '../../../..')

/** A node of its own for the tests of one file, on a free port. */
export async function startNode(): Promise<{ url: string; stop: () => void }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const cli = join(ROOT, 'node_modules/hardhat/dist/src/cli.js')
  const args = [cli, 'node', '--network', 'node', '--hostname', '127.0.0.1', '--port', String(port)]
  const node = spawn(process.execPath, args, { cwd: ROOT, stdio: 'ignore' })
  for (let tries = 0; tries < 600 && !(await answers(url)); tries++) await sleep(50)
  return { url, stop: () => node.kill('SIGKILL') }
}

async function answers(url: string): Promise<boolean> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] })
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
  return fetch(url, request).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
