import { randomUUID } from 'node:crypto'
import { ask, Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import type { Signer } from './sign-in.ts'

/** The decentralised identifier of a wallet: did:pkh, of its CAIP-10 id. */
export function didOf(caip2: string, address: string): string {
  return `did:pkh:${caip2}:${address}`
}

/** The account that a wallet opens; it is made when nobody has signed in with the wallet before. */
export async function accountOfWallet(context: Context, signer: Signer): Promise<string> {
  const { caip2: chain, db, pool } = context
  const where = { chain_address: { chain, address: signer.address } }
  const sql = Prisma.sql`SELECT account_id::text AS id FROM app.wallet WHERE chain = ${chain} AND address = ${signer.address}`
  const [known] = await ask<{ id: string }>(pool, 'account of wallet', sql)
  if (known) return known.id
  return db.$transaction(async (tx) => {
    await lockWallet(tx, chain, signer.address)
    const made = await tx.wallet.findUnique({ where, select: { accountId: true } })
    return made?.accountId ?? createAccount(tx, chain, signer)
  })
}

/** Of two who do something with the same wallet at once, the second waits for the first. */
export async function lockWallet(tx: Prisma.TransactionClient, chain: string, address: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`wallet ${chain}:${address}`}, 0))`
}

/** Of two who change what opens or guards an account at once, the second waits for the first. @throws AppError if it is closed */
export async function lockAccount(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await lockAccounts(tx, id)
}

/** The same with others at once, in one order for all, so that two who each want the other's do not wait for ever. */
export async function lockAccounts(tx: Prisma.TransactionClient, id: string, ...others: readonly string[]): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string; closed: boolean }[]>`
    SELECT id, deleted_at IS NOT NULL AS closed FROM app.account WHERE id = ANY(${[id, ...others]}::uuid[]) ORDER BY id FOR UPDATE`
  if (!rows.some((row) => row.id === id && !row.closed)) throw new AppError('NOT_SIGNED_IN', 'The account was closed meanwhile.')
}

/**
 * A new account. `subject` is what other applications know the person by: the DID. A wallet that opened another account before
 * gets a subject of its own, so that who takes over a wallet does not take over what others keep for its former owner.
 */
async function createAccount(tx: Prisma.TransactionClient, chain: string, { address, kind }: Signer): Promise<string> {
  const did = didOf(chain, address)
  const taken = await tx.account.findUnique({ where: { subject: did }, select: { id: true } })
  const id = randomUUID()
  await tx.account.create({ data: { id, did, subject: taken ? `${did}#${id}` : did } })
  await tx.wallet.create({ data: { chain, address, accountId: id, kind } })
  return id
}
