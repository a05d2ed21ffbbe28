import type { Prisma } from '@fairhold/db/client'
import { audit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { forgetFactors } from '../factors/factors.ts'
import { hasFactor } from '../factors/has-factor.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { didOf, lockAccount, lockAccounts, lockWallet } from './accounts.ts'
import type { Wallet } from './contract.ts'
import type { Signer } from './sign-in.ts'

const MAX_WALLETS = 20

/** The wallets of an account on all chains, the first linked first. */
export async function listWallets({ db }: Context, { id, did }: Pick<Account, 'id' | 'did'>): Promise<Wallet[]> {
  const rows = await db.wallet.findMany({ where: { accountId: id }, orderBy: [{ linkedAt: 'asc' }, { address: 'asc' }] })
  return rows.map(({ chain, address, kind, linkedAt }) => ({
    chain,
    address,
    kind: kind as Wallet['kind'],
    linkedAt: linkedAt.toISOString(),
    identity: did === didOf(chain, address),
  }))
}

/**
 * Lets another wallet open the account. A wallet that opens an account of its own is taken over with what is under its address,
 * if its signature is all that guards that account: no other wallet, no second factor and no role.
 * @throws AppError WALLET_TAKEN, ALREADY_THERE
 */
export async function linkWallet(context: Context, account: Account, { address, kind }: Signer): Promise<void> {
  const { caip2: chain, db } = context
  await db.$transaction(async (tx) => {
    await lockWallet(tx, chain, address)
    const where = { chain_address: { chain, address } }
    const owner = () => tx.wallet.findUnique({ where, select: { accountId: true } })
    const before = await owner()
    await lockAccounts(tx, account.id, ...(before ? [before.accountId] : []))
    const known = before && (await owner()) // gone if its account was erased meanwhile
    if (known?.accountId === account.id) throw new AppError('ALREADY_THERE', 'This wallet opens your account already.')
    if ((await tx.wallet.count({ where: { accountId: account.id } })) >= MAX_WALLETS)
      throw new AppError('FORBIDDEN', `An account has at most ${MAX_WALLETS} wallets.`)
    if (known) await closeAccount(tx, known.accountId)
    const data = { accountId: account.id, kind, linkedAt: new Date() }
    await tx.wallet.upsert({ where, create: { chain, address, ...data }, update: data })
    const details = { chain, wallet: address, ...(known && { from: known.accountId }) }
    await audit(context, { kind: 'identity.wallet-linked', actor: account.id, details }, tx)
  })
}

/** Closes an account, which is locked, whose only wallet goes over to another. @throws AppError WALLET_TAKEN */
async function closeAccount(tx: Prisma.TransactionClient, id: string): Promise<void> {
  const [wallets, roles, isGuarded] = await Promise.all([
    tx.wallet.count({ where: { accountId: id } }),
    tx.role.count({ where: { accountId: id } }),
    hasFactor(tx, id),
  ])
  if (isGuarded) throw new AppError('WALLET_TAKEN', 'This wallet belongs to an account that has a second factor.')
  if (wallets > 1 || roles > 0)
    throw new AppError('WALLET_TAKEN', 'This wallet belongs to an account that has more than this wallet.')
  await forgetFactors(tx, id)
  await tx.account.update({ where: { id }, data: { did: null, name: '', bio: '', deletedAt: new Date() } })
  await tx.session.updateMany({ where: { accountId: id, revokedAt: null }, data: { revokedAt: new Date() } })
}

/**
 * Takes a wallet off the account, and ends the sessions that were opened with it. If the account's DID names it, the wallet that
 * was linked first of the others gives the account its DID.
 * @throws AppError NOT_FOUND, LAST_WALLET
 */
export async function unlinkWallet(context: Context, account: Account, address: string): Promise<void> {
  const { caip2: chain, db } = context
  await db.$transaction(async (tx) => {
    await lockWallet(tx, chain, address)
    await lockAccount(tx, account.id)
    const mine = await tx.wallet.findMany({
      where: { accountId: account.id },
      orderBy: [{ linkedAt: 'asc' }, { address: 'asc' }],
    })
    const isIt = (wallet: { chain: string; address: string }) => wallet.chain === chain && wallet.address === address
    if (!mine.some(isIt)) throw new AppError('NOT_FOUND', 'Your account has no such wallet.')
    const next = mine.find((wallet) => !isIt(wallet))
    if (!next) throw new AppError('LAST_WALLET', 'This is the only wallet of your account: nobody could open it without.')
    await tx.wallet.delete({ where: { chain_address: { chain, address } } })
    const data = { did: didOf(next.chain, next.address) }
    await tx.account.updateMany({ where: { id: account.id, did: didOf(chain, address) }, data })
    const opened = { accountId: account.id, chain, address, revokedAt: null }
    await tx.session.updateMany({ where: opened, data: { revokedAt: new Date() } })
    await audit(context, { kind: 'identity.wallet-unlinked', actor: account.id, details: { chain, wallet: address } }, tx)
  })
}
