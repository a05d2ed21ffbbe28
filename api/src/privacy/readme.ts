import type { Account } from '../http/auth.ts'
import { chainHoldings, holdings } from './holdings/all.ts'
import type { Holding } from './holdings/holding.ts'

const onDeletion: Record<Holding['onDeletion'], string> = {
  rows: 'Erased with your account.',
  deal: 'Erased with your account, or when the deal is over if that is later.',
  other: 'When you delete your account:',
  stays: 'Stays when you delete your account:',
}

/** The letter that comes with an export: what is in it, what it does not hold, and what no deletion reaches. */
export function readme({ did, wallets }: Pick<Account, 'did' | 'wallets'>, now: Date): string {
  return `YOUR DATA ON FAIRHOLD

Made on ${now.toISOString().slice(0, 10)} for ${did}
Wallets: ${wallets.join(', ')}

The files are JSON: lists of rows as our database holds them. Amounts are in the smallest unit of
their token. Addresses and hashes are hexadecimal. Times without a date are seconds since 1970.

WHAT IS IN IT

${holdings.map(paragraphOf).join('\n')}
photos/
  The pictures of photos.json, as we keep them: without the place or the device they were taken with.

WHAT THE CHAIN HOLDS

${chainHoldings.map(({ file, about }) => `${file}\n  ${about}`).join('\n')}

These files repeat what stands on a public blockchain. Nobody can erase it there, we no more than
you: who dealt with whom under which terms, what was paid, hashes of statements and tracking numbers,
scores of reviews. It names wallets, not people. Deleting your account takes away here what ties
a wallet to you. What others have copied is beyond our reach, as are offers that you signed: who has
kept one can take it until it expires or you void it on the chain.

WHAT IS NOT IN IT

Proofs of secrets, such as the hashes of session tokens: they are of use to a thief alone.
What others wrote that you may read in your deals: it is their data, and on the pages of the deals.
`
}

function paragraphOf({ file, about, onDeletion: what, why }: Holding): string {
  return `${file}\n  ${about}\n  ${onDeletion[what]} ${why}\n`
}
