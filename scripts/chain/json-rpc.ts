/** A JSON-RPC call without a library around it: development methods of the node have no typed client. */
export type Rpc = <T>(method: string, params?: unknown[]) => Promise<T>

const TIMEOUT_MS = 20_000

/** Calls the node at `url`. Throws with the node's own message when it refuses. */
export function createRpc(url: string): Rpc {
  return async <T>(method: string, params: unknown[] = []): Promise<T> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body = (await response.json()) as { result?: T; error?: { message: string } }
    if (body.error) throw new Error(`${method}: ${body.error.message}`)
    return body.result as T
  }
}
