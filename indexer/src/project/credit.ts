import type { ChainEvent } from './event.ts'

/** A row of chain.credit: what an account can withdraw of a token, in its base units. No row means nothing. */
export type CreditRow = { token: string; account: string; amount: bigint }

/**
 * What events change in the credits: added where `sign` is 1, taken back where it is −1 (their blocks were orphaned).
 * Credits are plain sums, so a retraction is exact and needs no look at older events.
 */
export function projectCredits(changes: readonly { event: ChainEvent; sign: 1 | -1 }[]): Map<string, CreditRow> {
  const rows = new Map<string, CreditRow>()
  for (const { event, sign } of changes) {
    if (event.name !== 'Credited' && event.name !== 'Withdrawn') continue
    const { token, account, amount } = event.args
    const change = BigInt(amount) * BigInt(event.name === 'Credited' ? sign : -sign)
    const key = `${token}:${account}`
    rows.set(key, { token, account, amount: (rows.get(key)?.amount ?? 0n) + change })
  }
  return rows
}
