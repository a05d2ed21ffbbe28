import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Abi,
  type Account,
  createPublicClient,
  createTestClient,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  http,
  keccak256,
  numberToHex,
  parseAbiParameters,
  publicActions,
  toHex,
  walletActions,
} from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'

const ARTIFACT = join(import.meta.dirname, '../../../artifacts/contracts/mocks/parties/BatchExecutor.sol/BatchExecutor.json')
const PARAMETERS = parseAbiParameters('uint256, address, uint256, (address to, uint256 value, bytes data)[]')
const GAS = 3_000_000n // said rather than estimated, so that what fails does so on the chain

type Call = { to: Hex; value?: Hex; data?: Hex }
type Request = { id?: string; calls: Call[]; from: string; chainId: Hex; version: string; atomicRequired: boolean }

/** How the person, or the wallet, answers when it is asked for a bundle. */
export type Answer = 'yes' | 'no' | 'noSmartAccount'

/** A wallet's half of EIP-5792, for real: one signature, one transaction of somebody else (EIP-7702), all or none. */
export interface Bundles {
  answer: Answer
  /** Knows its bundles by no id, as one that was set up anew. */
  forgets: boolean
  /** How many bundles it was asked for. */
  asked: () => number
  /** How many of them went to the chain. */
  sent: () => number
  /** Keeps the next bundle waiting: for the person's answer, or accepted and not sent. Call what it returns to let it go on. */
  hold: (where: 'answer' | 'sending') => () => void
  /** Answers the wallet's methods; undefined for those of others. */
  handle: (method: string, params: unknown[]) => Promise<unknown> | undefined
}

export async function offerBundles(account: PrivateKeyAccount, rpcUrl: string): Promise<Bundles> {
  const carryOut = await executorFor(account, rpcUrl)
  const known = new Map<string, { status: number; receipt: unknown }>()
  const held: Partial<Record<'answer' | 'sending', Promise<void>>> = {}
  let asked = 0
  let sent = 0
  const pass = (where: 'answer' | 'sending') => {
    const waiting = held[where]
    delete held[where]
    return waiting
  }
  const send = async (id: string, calls: Call[]) => {
    known.set(id, { status: 100, receipt: null })
    await pass('sending')
    sent += 1
    const receipt = await carryOut(calls)
    known.set(id, { status: receipt.status === '0x1' ? 200 : 500, receipt })
  }
  const methods: Record<string, (params: unknown[]) => Promise<unknown>> = {
    wallet_getCapabilities: async () => ({ [numberToHex(hardhat.id)]: { atomic: { status: 'ready' } } }),
    wallet_sendCalls: async ([request]) => {
      const { atomicRequired, calls, from, id = toHex(asked), version } = request as Request
      if (version !== '2.0.0' || !atomicRequired || from.toLowerCase() !== account.address.toLowerCase()) throw refusal(-32_602)
      asked += 1
      await pass('answer')
      if (bundles.answer === 'no') throw refusal(4_001)
      if (bundles.answer === 'noSmartAccount') throw refusal(5_750)
      if (known.has(id)) throw refusal(5_720)
      void send(id, calls)
      return { id }
    },
    wallet_getCallsStatus: async ([id]) => {
      const bundle = bundles.forgets ? undefined : known.get(id as string)
      if (!bundle) throw refusal(5_730)
      const receipts = bundle.receipt ? [bundle.receipt] : undefined
      return { version: '2.0.0', id, chainId: numberToHex(hardhat.id), atomic: true, status: bundle.status, receipts }
    },
  }
  const bundles: Bundles = {
    answer: 'yes',
    forgets: false,
    asked: () => asked,
    sent: () => sent,
    hold: (where) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      held[where] = promise
      return resolve
    },
    handle: (method, params) => methods[method]?.(params),
  }
  return bundles
}

const refusal = (code: number) => Object.assign(new Error(`refused with ${code}`), { code })

/** Delegates the account with its first bundle to a contract that makes several calls, and has a stranger send each of them. */
async function executorFor(account: PrivateKeyAccount, rpcUrl: string): Promise<(calls: Call[]) => Promise<{ status: Hex }>> {
  const { abi, bytecode } = JSON.parse(readFileSync(ARTIFACT, 'utf8')) as { abi: Abi; bytecode: Hex }
  const sponsor: Account = privateKeyToAccount(generatePrivateKey())
  const client = createTestClient({ account: sponsor, chain: hardhat, mode: 'hardhat', transport: http(rpcUrl), cacheTime: 0 })
    .extend(publicActions)
    .extend(walletActions)
  const reader = createPublicClient({ chain: hardhat, transport: http(rpcUrl) })
  await client.setBalance({ address: sponsor.address, value: 10n ** 18n })
  const deployed = await client.deployContract({ abi, bytecode })
  const { contractAddress } = await client.waitForTransactionReceipt({ hash: deployed })
  const { address } = account
  return async (some) => {
    const calls = some.map(({ to, value = '0x0', data = '0x' }) => ({ to, value: BigInt(value), data }))
    const isDelegated = (await client.getCode({ address })) !== undefined
    const count = isDelegated ? await client.readContract({ abi, address, functionName: 'batches' }) : 0n
    const hash = keccak256(encodeAbiParameters(PARAMETERS, [BigInt(hardhat.id), address, count as bigint, calls]))
    const args = [calls, await account.sign({ hash })]
    const nonce = await client.getTransactionCount({ address, blockTag: 'pending' })
    const authorization = { contractAddress: contractAddress as Hex, chainId: hardhat.id, nonce }
    const authorizationList = isDelegated ? [] : [await account.signAuthorization(authorization)]
    const data = encodeFunctionData({ abi, functionName: 'execute', args })
    const request = await client.prepareTransactionRequest({
      ...{ to: address, data, gas: GAS },
      ...(isDelegated ? {} : { authorizationList }),
    })
    const serializedTransaction = await client.signTransaction(request)
    // Hardhat's node mines what fails, and says as an answer that it did.
    await client.sendRawTransaction({ serializedTransaction }).catch(() => undefined)
    await client.waitForTransactionReceipt({ hash: keccak256(serializedTransaction) })
    const receipt = await reader.request({ method: 'eth_getTransactionReceipt', params: [keccak256(serializedTransaction)] })
    return receipt as { status: Hex }
  }
}
