/**
 * Checks a listing without asking anybody: `npm run verify:listing -- listing.json [--escrow 0x… --chain 31337]`. The file is what
 * GET /v1/listings/:id answers, as the listing's page offers it for download. Name the escrow yourself, from a source that you
 * trust: the one in the file is only what the market says. Ends with 0 if all of it holds, else with 1.
 */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type ClaimedListing, holds, type Verification, verifyListing } from '@fairhold/protocol/listing/verify'

type Listing = ClaimedListing & { domain?: { chainId: number; escrow: string }; title?: string }

const lines: readonly [keyof Omit<Verification, 'signatures' | 'withdrawal'>, string][] = [
  ['content', 'the content hashes to what the offers name'],
  ['offers', 'there is an offer for every way to get it, and they differ in the price alone'],
  ['id', 'the id is that of the deal which the first unit becomes'],
]

/** The verdict in lines, and whether all of it holds. */
export async function report(
  listing: Listing,
  domain: { chainId: number; escrow: `0x${string}` },
): Promise<{ text: string; good: boolean }> {
  const found = await verifyListing(listing, domain)
  const checks = lines.map(([name, words]) => `${found[name] ? 'yes' : 'NO '}  ${words}`)
  const signed = found.signatures.map((by, choice) => {
    const words =
      by === 'seller'
        ? 'was signed by the seller’s key'
        : 'was not signed by the seller’s key (a contract wallet may have: ask the chain)'
    return `${by === 'seller' ? 'yes' : 'NO '}  the offer of choice ${choice + 1} ${words}`
  })
  return { text: [...checks, ...signed, ...withdrawn(listing, found)].join('\n'), good: holds(found) }
}

function withdrawn({ withdrawal }: Listing, { withdrawal: by }: Verification): string[] {
  if (by === 'none' || !withdrawal) return []
  const when = new Date(withdrawal.issuedAt * 1_000).toISOString()
  if (by === 'seller') return [`yes  the seller’s key signed on ${when} that it is off the market`]
  return ['NO   that it is off the market was not signed by the seller’s key (a contract wallet may have: ask the chain)']
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { escrow: { type: 'string' }, chain: { type: 'string' } },
  })
  const [file] = positionals
  if (!file) {
    console.error('Name the file: npm run verify:listing -- listing.json')
    return 2
  }
  const listing = JSON.parse(await readFile(file, 'utf8')) as Listing
  const escrow = values.escrow ?? listing.domain?.escrow
  const chainId = Number(values.chain ?? listing.domain?.chainId)
  if (!escrow || !/^0x[0-9a-fA-F]{40}$/.test(escrow) || !Number.isSafeInteger(chainId)) {
    console.error('Name the escrow and its chain: --escrow 0x… --chain 31337')
    return 2
  }
  const { good, text } = await report(listing, { chainId, escrow: escrow as `0x${string}` })
  console.log(`${listing.title ?? listing.id}\n${text}`)
  if (!values.escrow) console.log(`     for the escrow that the file names, ${escrow}: compare it with one that you trust`)
  return good ? 0 : 1
}

if (import.meta.main) process.exitCode = await main()
