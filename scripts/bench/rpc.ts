/** A JSON-RPC call. @throws Error with the node's own message when it refuses. */
export type Call = (method: string, ...params: unknown[]) => Promise<unknown>

type Answer = { id: number; result?: unknown; error?: { message: string } }

/** Calls the node at `url`, one by one or many in a request. Nothing but `fetch`, so that the floors are floors. */
export function createBatchRpc(url: string) {
  const post = async (body: unknown): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    return response.json()
  }
  const call: Call = async (method, ...params) => {
    return resultOf((await post({ jsonrpc: '2.0', id: 1, method, params })) as Answer, method)
  }
  /** Answers come in the order of the calls. */
  const batch = async (calls: readonly { method: string; params: unknown[] }[]): Promise<unknown[]> => {
    if (calls.length === 0) return []
    const answers = (await post(calls.map((one, id) => ({ jsonrpc: '2.0', id, ...one })))) as Answer[]
    const byId = new Map(answers.map((answer) => [answer.id, answer]))
    return calls.map(({ method }, id) => resultOf(byId.get(id), method))
  }
  return { call, batch }
}

function resultOf(answer: Answer | undefined, method: string): unknown {
  if (answer === undefined) throw new Error(`${method}: no answer`)
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`)
  return answer.result
}
