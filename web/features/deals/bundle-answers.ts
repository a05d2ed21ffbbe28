/** What a wallet says that it can do, by chain; under 0 what holds for all chains. */
export type Capabilities = Readonly<Record<number, { atomic?: { status?: unknown } | undefined } | undefined>>

/** Whether a wallet makes several calls on this chain together, all or none. */
export function makesBundles(offered: Capabilities, chainId: number): boolean {
  const { status } = offered[chainId]?.atomic ?? offered[0]?.atomic ?? {}
  // `ready`: once the person agrees to a smart account, for which the wallet asks.
  return status === 'supported' || status === 'ready'
}

/** Nothing was sent, and the same goes in two steps; it has that bundle already; it knows no such bundle. */
export type BundleAnswer = 'declined' | 'duplicate' | 'unknown'

/** By the codes of EIP-5792, EIP-1193 and JSON-RPC. */
const answers: ReadonlyMap<unknown, BundleAnswer> = new Map([
  [-32_601, 'declined'], // no such method
  [-32_602, 'declined'], // not in this form
  [-32_004, 'declined'],
  [4_200, 'declined'],
  [5_700, 'declined'], // it would need a capability that the wallet lacks
  [5_710, 'declined'], // not on this chain
  [5_720, 'duplicate'],
  [5_730, 'unknown'],
  [5_740, 'declined'], // too many calls
  [5_750, 'declined'], // the person does not want a smart account
  [5_760, 'declined'], // not all or none
])

/** What an error, or what caused it, says about a bundle; null if nothing. */
export function answerIn(error: unknown): BundleAnswer | null {
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 8; depth += 1) {
    const answer = 'code' in cause ? answers.get(cause.code) : undefined
    if (answer) return answer
    cause = 'cause' in cause ? cause.cause : undefined
  }
  return null
}
