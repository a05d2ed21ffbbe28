import { Prisma } from '@fairhold/db/client'
import { explainContractError } from '@fairhold/protocol/errors'
import { createWalletClient, type Hex, http, keccak256, TransactionReceiptNotFoundError } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { type Context, chainOf } from '../context.ts'
import type { Job, Waiting } from '../jobs/loop.ts'
import { type OneAtATime, oneAtATime } from '../jobs/one-at-a-time.ts'
import { dueRelays, moveRelay, onTheirWay, type RelayRow, type Signed } from './queries.ts'

/** A transaction that is in no block after so long is replaced by one with a higher fee. */
const STUCK_MS = 45_000
const RAISE_PERCENT = 130n
/** When to look again for what is on its way. */
const WAITING: Waiting = { againIn: 400 }
/** Nodes keep so many transactions of one account for certain; of more they may throw some away. */
const MOST_ON_THEIR_WAY = 16

/**
 * Sends what people signed. A transaction is signed and written down before it is broadcast, so that a worker that dies at any
 * moment leaves either nothing or a transaction that can be broadcast again, which is the same one however often that happens.
 * One whose nonce went to another transaction can never be mined; its request begins anew. None waits for another's block: all that
 * are due are broadcast, and then looked for again and again. `nonces`: shared by all that use the key.
 */
export function relayJob(context: Context, key: Hex, nonces: OneAtATime = oneAtATime()): Job<RelayRow> {
  const sender: Sender = { context, account: privateKeyToAccount(key), nonces }
  return {
    name: 'relay',
    due: () => dueRelays(context),
    idOf: ({ id, status, transactions }) => `${id} ${status} ${transactions.length}`,
    work: (row) => {
      if (row.status === 'queued') return begin(sender, row)
      return row.status === 'done' ? checkMined(context, row) : follow(sender, row)
    },
  }
}

interface Sender {
  context: Context
  account: PrivateKeyAccount
  nonces: OneAtATime
}

async function begin({ context, account, nonces }: Sender, row: RelayRow): Promise<Waiting | undefined> {
  const { chain, deployment, env } = context
  const end = (problem: string) =>
    moveRelay(context, row, 'queued', Prisma.sql`status = 'failed', problem = ${problem}`).then(() => undefined)
  const [now, balance, fees, others] = await Promise.all([
    context.chainNow(),
    chain.getBalance({ address: account.address }),
    chain.estimateFeesPerGas(),
    onTheirWay(context, row),
  ])
  if (now > Number(row.expires)) return end('expired')
  if (balance < env.relay.floor) return end('out-of-gas')
  if (fees.maxFeePerGas > env.relay.maxFee) throw new Error('gas costs more than the operator pays; waiting')
  // What those cost is not taken from the balance yet; and only the chain says whether one about the same deal leaves this one anything.
  const reserve = BigInt(others.count) * env.relay.maxGas * fees.maxFeePerGas
  if (others.sameDeal || others.count >= MOST_ON_THEIR_WAY || balance < env.relay.floor + reserve) return WAITING
  const call = { account: account.address, to: deployment.escrow, data: row.data }
  const refusal = await chain.call(call).then(
    () => null,
    (error: unknown) => explainContractError(error),
  )
  if (refusal) {
    if (refusal.code === 'networkDown') throw new Error('the node does not answer')
    return end(refusal.code)
  }
  const gas = await gasFor(context, account, row)
  if (gas === null) return end('gas-high')
  const sent = await nonces(() => send(context, account, { row, gas, fees }))
  return sent ? look(context, account, sent) : undefined
}

/** Signs for the next nonce, writes that down, and only then broadcasts; null where another worker was faster. */
async function send(
  context: Context,
  account: PrivateKeyAccount,
  { row, gas, fees }: { row: RelayRow; gas: bigint; fees: Fees },
): Promise<RelayRow | null> {
  const nonce = await context.chain.getTransactionCount({ address: account.address, blockTag: 'pending' })
  const signed = await sign(context, account, { row, nonce, gas, fees })
  const set = Prisma.sql`status = 'sending', nonce = ${nonce}, transactions = ${JSON.stringify([signed])}::jsonb, sent_at = clock_timestamp()`
  if (!(await moveRelay(context, row, 'queued', set))) return null
  await broadcast(context, signed)
  return { ...row, status: 'sending', nonce: BigInt(nonce), transactions: [signed], waited: 0 }
}

/** What a transaction may use; null where that is more than the operator pays for: with less it would be mined, undone and paid. */
async function gasFor(
  { chain, deployment, env }: Context,
  account: PrivateKeyAccount,
  { data }: RelayRow,
): Promise<bigint | null> {
  const estimate = await chain.estimateGas({ account: account.address, to: deployment.escrow, data })
  if (estimate > env.relay.maxGas) return null
  const gas = (estimate * 12n) / 10n // what it meets in the block may differ a little
  return gas < env.relay.maxGas ? gas : env.relay.maxGas
}

type Fees = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }

async function sign(
  context: Context,
  account: PrivateKeyAccount,
  { row, nonce, gas, fees }: { row: RelayRow; nonce: number; gas: bigint; fees: Fees },
): Promise<Signed> {
  const { chainId } = context.env
  const to = context.deployment.escrow
  const { maxFeePerGas, maxPriorityFeePerGas } = fees
  const raw = await account.signTransaction({
    ...{ type: 'eip1559', chainId, to, data: row.data, nonce, gas, maxFeePerGas, maxPriorityFeePerGas },
  })
  return { hash: keccak256(raw), raw }
}

/** Broadcasts what is signed once more: who signed it may have died before, or the node may have lost it. */
async function follow({ context, account }: Sender, row: RelayRow): Promise<Waiting | undefined> {
  const last = row.transactions.at(-1)
  if (!last || row.nonce === null) throw new Error('a request is being sent without a transaction')
  await broadcast(context, last)
  return look(context, account, row)
}

/** Looks for it in a block; raises its fee when it waits too long. */
async function look(context: Context, account: PrivateKeyAccount, row: RelayRow): Promise<Waiting | undefined> {
  if (await settle(context, account, row)) return undefined
  if (row.waited > STUCK_MS) await raise(context, account, row)
  return WAITING
}

/** A transaction that the node has already, or whose nonce is used, is no failure: where it stands is read from the chain. */
async function broadcast(context: Context, { raw }: Signed): Promise<void> {
  const wallet = createWalletClient({ chain: chainOf(context.env), transport: http(context.env.rpcUrl) })
  await wallet.sendRawTransaction({ serializedTransaction: raw }).catch(() => undefined)
}

/** Whether it has ended: mined, or its nonce was used by another transaction and it begins anew. */
async function settle(context: Context, account: PrivateKeyAccount, row: RelayRow): Promise<boolean> {
  // The nonce first: once it reads as used, a transaction of ours that used it has a receipt.
  const next = await context.chain.getTransactionCount({ address: account.address, blockTag: 'latest' })
  for (const { hash } of row.transactions) {
    const status = await statusOf(context, hash)
    if (status === null) continue
    const ended = status === 'success' ? Prisma.sql`status = 'done'` : Prisma.sql`status = 'failed', problem = ${'reverted'}`
    await moveRelay(context, row, 'sending', ended)
    return true
  }
  if (next <= Number(row.nonce)) return false
  await moveRelay(
    context,
    row,
    'sending',
    Prisma.sql`status = 'queued', nonce = NULL, transactions = '[]'::jsonb, sent_at = NULL`,
  )
  return true
}

async function statusOf({ chain }: Context, hash: Hex): Promise<'success' | 'reverted' | null> {
  try {
    return (await chain.getTransactionReceipt({ hash })).status
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return null
    throw error
  }
}

/** The same call with the same nonce and a higher fee: only one of the two can be mined. */
async function raise(context: Context, account: PrivateKeyAccount, row: RelayRow): Promise<void> {
  const fees = await context.chain.estimateFeesPerGas()
  const factor = RAISE_PERCENT ** BigInt(row.transactions.length)
  const scale = 100n ** BigInt(row.transactions.length)
  const raised = {
    maxFeePerGas: (fees.maxFeePerGas * factor) / scale,
    maxPriorityFeePerGas: (fees.maxPriorityFeePerGas * factor) / scale,
  }
  if (raised.maxFeePerGas > context.env.relay.maxFee) return
  const gas = (await gasFor(context, account, row).catch(() => null)) ?? context.env.relay.maxGas
  const signed = await sign(context, account, { row, nonce: Number(row.nonce), gas, fees: raised })
  const all = [...row.transactions, signed]
  const set = Prisma.sql`transactions = ${JSON.stringify(all)}::jsonb, sent_at = clock_timestamp()`
  if (await moveRelay(context, row, 'sending', set)) await broadcast(context, signed)
}

/** A block that held it may have been taken back: then it is on its way again. */
async function checkMined(context: Context, row: RelayRow): Promise<void> {
  for (const { hash } of row.transactions) if ((await statusOf(context, hash)) !== null) return
  await moveRelay(context, row, 'done', Prisma.sql`status = 'sending'`)
}
