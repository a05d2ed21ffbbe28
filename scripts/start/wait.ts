import { setTimeout as sleep } from 'node:timers/promises'

const STEP_MS = 100
const REQUEST_MS = 5_000

export interface WaitOptions {
  /** What is waited for, as people call it. */
  what: string
  timeoutMs: number
  signal: AbortSignal
}

/** Waits until `url` answers with success. Throws, naming `what`, when it does not in time or `signal` says to give up. */
export async function waitForHttp(url: string, options: WaitOptions): Promise<void> {
  await waitFor(url, undefined, options)
}

/** Waits until the chain's node at `rpcUrl` answers. Throws as `waitForHttp` does. */
export async function waitForNode(rpcUrl: string, options: WaitOptions): Promise<void> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] })
  await waitFor(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body }, options)
}

async function waitFor(url: string, request: RequestInit | undefined, { what, timeoutMs, signal }: WaitOptions): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await answers(url, request))) {
    if (signal.aborted) throw new Error(`${what} was not waited for`)
    if (Date.now() > deadline) throw new Error(`${what} did not answer at ${url} within ${timeoutMs / 1000} s`)
    await sleep(STEP_MS)
  }
}

async function answers(url: string, request: RequestInit | undefined): Promise<boolean> {
  try {
    return (await fetch(url, { ...request, signal: AbortSignal.timeout(REQUEST_MS) })).ok
  } catch {
    return false
  }
}
