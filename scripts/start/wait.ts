const STEP_MS = 100

/** Waits until `url` answers with success. Throws, naming `what`, when it does not in time or `signal` says to give up. */
export async function waitForHttp(
  url: string,
  { what, timeoutMs, signal }: { what: string; timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await answers(url))) {
    if (signal.aborted) throw new Error(`${what} did not start`)
    if (Date.now() > deadline) throw new Error(`${what} did not answer at ${url} within ${timeoutMs / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, STEP_MS))
  }
}

/** Waits until the chain's node answers. */
export async function waitForNode(rpcUrl: string, options: { timeoutMs: number; signal: AbortSignal }): Promise<void> {
  const deadline = Date.now() + options.timeoutMs
  while (!(await nodeAnswers(rpcUrl))) {
    if (options.signal.aborted || Date.now() > deadline) throw new Error('the local chain did not start')
    await new Promise((resolve) => setTimeout(resolve, STEP_MS))
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok
  } catch {
    return false
  }
}

async function nodeAnswers(url: string): Promise<boolean> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] })
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(2_000),
    })
    return response.ok
  } catch {
    return false
  }
}
