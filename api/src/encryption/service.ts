import type { Prisma } from '@fairhold/db/client'
import { encryptionKeyTypedData } from '@fairhold/protocol/identity/encryption-key'
import { createX25519ECDH } from 'did-jwt'
import { type Address, type Hex, hashTypedData, hexToBytes } from 'viem'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError, invalid } from '../http/errors.ts'
import { isSigned } from '../http/signatures.ts'
import type { BundleIn, KeyBundle, KeysOf, PublishedKey, PublishKey } from './contract.ts'

/** How far the time in what was signed may be from ours, in seconds. A wallet may take a while. */
const FRESH = 900
const MAX_FORMER = 100

type Row = Awaited<ReturnType<Context['db']['encryptionKey']['findMany']>>[number]

/**
 * Publishes the next encryption key of a wallet, which signed it, with what another device of the person needs.
 * @throws AppError FORBIDDEN for a wallet of somebody else, WRONG_SIGNATURE, ALREADY_THERE if another key came first
 */
export async function publishKey(context: Context, account: Account, given: PublishKey): Promise<KeysOf> {
  const { address, sequence, bundle } = given
  requireWallet(account, address)
  await requireSound(given)
  await requireSignature(context, given)
  const { caip2: chain, db } = context
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`encryption key ${chain}:${address}`}, 0))`
    const next = await nextSequence(tx, chain, address)
    if (sequence !== next) throw new AppError('ALREADY_THERE', `The next key of this wallet is number ${next}.`)
    const { publicKey, origin, signature } = given
    const key = { publicKey, origin, signature, signedAt: BigInt(given.signedAt), accountId: account.id }
    await tx.encryptionKey.create({ data: { chain, address, sequence, ...key } })
    const kept = { accountId: account.id, sequence, bundle, updatedAt: new Date() }
    await tx.keyBundle.upsert({ where: { chain_address: { chain, address } }, create: { chain, address, ...kept }, update: kept })
  })
  return keysOf(context, address)
}

/** The keys of a wallet, each with the wallet's signature. Those of an account that is gone are not shown. */
export async function keysOf({ caip2: chain, db }: Context, address: string): Promise<KeysOf> {
  const wallet = await db.wallet.findUnique({ where: { chain_address: { chain, address } }, select: { accountId: true } })
  const next = await nextSequence(db, chain, address)
  if (!wallet) return { current: null, former: [], next }
  const where = { chain, address, accountId: wallet.accountId }
  const rows = await db.encryptionKey.findMany({ where, orderBy: { sequence: 'desc' }, take: MAX_FORMER + 1 })
  const [current = null, ...former] = rows.map(toItem)
  return { current, former, next }
}

/** Numbers are never used twice, whoever had the wallet before: an old signature can bring no old key back. */
async function nextSequence(db: Prisma.TransactionClient, chain: string, address: string): Promise<number> {
  const { _max: newest } = await db.encryptionKey.aggregate({ where: { chain, address }, _max: { sequence: true } })
  return (newest.sequence ?? 0) + 1
}

/** What another device of the person needs to read on. @throws AppError NOT_FOUND */
export async function bundleOf({ caip2: chain, db }: Context, account: Account, address: string): Promise<KeyBundle> {
  requireWallet(account, address)
  const row = await db.keyBundle.findFirst({ where: { chain, address, accountId: account.id } })
  if (!row) throw new AppError('NOT_FOUND', 'This wallet has no keys here.')
  return { sequence: row.sequence, bundle: row.bundle, updatedAt: row.updatedAt.toISOString() }
}

/** Replaces it, as when a passphrase is changed. @throws AppError WRONG_STATE if a newer key was published meanwhile */
export async function replaceBundle(context: Context, account: Account, address: string, given: BundleIn): Promise<void> {
  requireWallet(account, address)
  const { caip2: chain, db } = context
  const where = { chain, address, accountId: account.id, sequence: given.sequence }
  const { count } = await db.keyBundle.updateMany({ where, data: { bundle: given.bundle, updatedAt: new Date() } })
  if (count === 0) throw new AppError('NOT_FOUND', 'The wallet has another key by now, or none.')
}

function requireWallet({ wallets }: Account, address: string): void {
  if (!wallets.includes(address)) throw new AppError('FORBIDDEN', 'This is not a wallet of your account.')
}

/** A point of small order makes the same secret with every key: whoever encrypts to it encrypts to everybody. */
async function requireSound({ publicKey }: PublishKey): Promise<void> {
  const someone = createX25519ECDH(new Uint8Array(32).fill(7))
  const shared = await someone(hexToBytes(publicKey as Hex)).catch(() => null)
  if (shared === null) throw invalid('publicKey', 'is no X25519 key that keeps a secret')
}

async function requireSignature(context: Context, given: PublishKey): Promise<void> {
  const { address, sequence, signedAt, signature } = given
  if (Math.abs(Date.now() / 1000 - signedAt) > FRESH) throw new AppError('WRONG_SIGNATURE', 'It was signed too long ago.')
  const statement = { account: address as Address, publicKey: given.publicKey as Hex, sequence, signedAt }
  const hash = hashTypedData(encryptionKeyTypedData(statement, context.env.chainId))
  if (!(await isSigned(context, { address, hash, signature })))
    throw new AppError('WRONG_SIGNATURE', 'The key was not signed by the wallet it is for.')
}

function toItem({ chain, address, sequence, publicKey, origin, signedAt, signature }: Row): PublishedKey {
  return { chain, address, sequence, publicKey, origin: origin as PublishedKey['origin'], signedAt: Number(signedAt), signature }
}
