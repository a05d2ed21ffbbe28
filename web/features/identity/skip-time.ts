/** Moves the local chain's clock, so that a newcomer need not wait days for a deadline. Only development nodes know these calls. */
export async function skipTime(rpcUrl: string, seconds: number): Promise<void> {
  await call(rpcUrl, 'evm_increaseTime', [seconds])
  await call(rpcUrl, 'evm_mine', [])
}

async function call(url: string, method: string, params: unknown[]): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const answer = (await response.json()) as { error?: { message: string } }
  if (answer.error) throw new Error(answer.error.message)
}
