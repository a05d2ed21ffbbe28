import { setTimeout as sleep } from 'node:timers/promises'
import { type Abi, type Address, createPublicClient, encodeFunctionData, type Hex, http, type PublicClient } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import { createRpc } from '../chain/json-rpc.ts'
import type { Person } from './people.ts'

/** A call that somebody makes on chain. */
export interface Call {
  by: Person
  to: Address
  abi: Abi
  name: string
  args: readonly unknown[]
  value?: bigint
}

const GAS = 900_000n
const PATIENCE_MS = 10_000

/**
 * Writes to the local chain a block at a time. Every block moves the chain's clock by a second or more, so many
 * blocks in a row would leave it ahead of the wall clock: calls that do not need each other share a block.
 */
export class BlockWriter {
  readonly client: PublicClient
  readonly #rpcUrl: string

  constructor(rpcUrl: string) {
    this.#rpcUrl = rpcUrl
    this.client = createPublicClient({ chain: hardhat, transport: http(rpcUrl) })
  }

  /** Mines all the calls in one block. Throws, naming the call, if one fails; `mayFail` lets that pass. */
  async mine(calls: readonly Call[], mayFail = false): Promise<void> {
    if (calls.length === 0) return
    const rpc = createRpc(this.#rpcUrl)
    await rpc('evm_setAutomine', [false])
    try {
      const hashes = await this.#send(calls)
      await rpc('evm_mine', [])
      for (const [index, hash] of hashes.entries()) {
        const { status } = await this.#receipt(hash)
        const call = calls[index]
        if (status !== 'success' && !mayFail) throw new Error(`${call?.by.name}'s call of ${call?.name} was mined and undone`)
      }
    } finally {
      await rpc('evm_setAutomine', [true])
      // What somebody else sent after our block would wait for the next transaction.
      if ((await rpc<string>('eth_getBlockTransactionCountByNumber', ['pending'])) !== '0x0') await rpc('evm_mine', [])
    }
  }

  async #send(calls: readonly Call[]): Promise<Hex[]> {
    const nonces = new Map<Address, number>()
    const hashes: Hex[] = []
    const fees = await this.client.estimateFeesPerGas()
    for (const { by, to, abi, name, args, value = 0n } of calls) {
      const account = privateKeyToAccount(by.account.privateKey)
      const nonce =
        nonces.get(account.address) ?? (await this.client.getTransactionCount({ address: account.address, blockTag: 'pending' }))
      nonces.set(account.address, nonce + 1)
      const data = encodeFunctionData({ abi, functionName: name, args })
      const serializedTransaction = await account.signTransaction({
        ...fees,
        type: 'eip1559',
        chainId: hardhat.id,
        to,
        data,
        value,
        nonce,
        gas: GAS,
      })
      hashes.push(await this.client.sendRawTransaction({ serializedTransaction }))
    }
    return hashes
  }

  async #receipt(hash: Hex) {
    const until = Date.now() + PATIENCE_MS
    for (;;) {
      const receipt = await this.client.getTransactionReceipt({ hash }).catch(() => null)
      if (receipt) return receipt
      if (Date.now() > until) throw new Error(`transaction ${hash} was not mined`)
      await sleep(20)
    }
  }
}
