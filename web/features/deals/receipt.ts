import { type Hex, TransactionNotFoundError, TransactionReceiptNotFoundError } from 'viem'
import { readerOf, type SendOptions } from './send'

/** What the node knows of a transaction; null if nothing. */
export async function receiptOf(options: Pick<SendOptions, 'config' | 'chainId'>, hash: Hex) {
  const client = readerOf(options)
  const sent = await client.getTransaction({ hash }).catch(orNull)
  if (!sent) return null
  const receipt = await client.getTransactionReceipt({ hash }).catch(orNull)
  const { from, to, value } = sent
  if (!receipt) {
    const waiting = { status: 'waiting' as const, block: null, confirmations: 0, time: null, gasUsed: null, fee: null }
    return { hash, from, to, value, ...waiting }
  }
  const [block, head] = await Promise.all([
    client.getBlock({ blockHash: receipt.blockHash }),
    client.getBlockNumber({ cacheTime: 0 }),
  ])
  return {
    ...{ hash, from, to, value },
    status: receipt.status,
    block: Number(receipt.blockNumber),
    confirmations: Number(head - receipt.blockNumber) + 1,
    time: Number(block.timestamp),
    gasUsed: Number(receipt.gasUsed),
    fee: receipt.gasUsed * receipt.effectiveGasPrice,
  }
}

function orNull(error: unknown): null {
  if (error instanceof TransactionNotFoundError || error instanceof TransactionReceiptNotFoundError) return null
  throw error
}
