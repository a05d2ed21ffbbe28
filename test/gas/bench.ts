import hre from 'hardhat'
import {
  type Account,
  type Address,
  BaseError,
  createPublicClient,
  createTestClient,
  createWalletClient,
  custom,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  parseSignature,
  size,
  zeroAddress,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import { escrowAbi } from '../../protocol/src/abi/escrow.ts'
import { testUsdAbi } from '../../protocol/src/abi/test-usd.ts'
import { packOffer } from '../../protocol/src/deal/packed.ts'
import type { Offer, Terms } from '../../protocol/src/deal/terms.ts'
import { ada, deployer, dmitri, ines, operator, relayer } from '../../protocol/src/dev-accounts.ts'
import { offerTypedData, permitTypedData } from '../../protocol/src/eip712/types.ts'
import type { Trace } from './breakdown.ts'

/** Later than any block here, and the same in every run: a moving time would move the cost of its zero bytes. */
export const FAR_FUTURE = 4_000_000_000
const FIRST_SECOND = 1_800_000_000
/** PUSH0 PUSH0 REVERT */
const ALWAYS_REVERTS = '0x5f5ffd'
const GAS_LIMIT = 8_000_000n
/** Where Permit2 is on every chain that has it. */
const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
export const DAY = 86_400

export type Party = 'buyer' | 'seller' | 'arbiter' | 'operator' | 'relayer'

/** The escrow on a chain of its own in this process, with people, a clock and a list of what calls cost. */
export interface Bench {
  readonly escrow: Address
  readonly reputation: Address
  readonly usd: Address
  readonly auditAnchor: Address
  /** Deployed code in bytes, by contract. */
  readonly codeSizes: Record<string, number>
  readonly account: (party: Party) => ReturnType<typeof privateKeyToAccount>
  /** Sends a transaction and answers with the gas of its receipt. Throws if it reverts. */
  readonly send: (party: Party, to: Address, data: Hex, value?: bigint) => Promise<bigint>
  /** The trace of the last transaction, and its calldata. */
  readonly traceLast: () => Promise<{ trace: Trace; input: Hex }>
  /** Gives the account code that takes no money, or takes it away again. */
  readonly setRefusing: (party: Party, refusing: boolean) => Promise<void>
  /** Moves the clock ahead, in seconds. */
  readonly wait: (seconds: number) => void
}

const accounts = {
  buyer: privateKeyToAccount(dmitri.privateKey),
  seller: privateKeyToAccount(ada.privateKey),
  arbiter: privateKeyToAccount(ines.privateKey),
  operator: privateKeyToAccount(operator.privateKey),
  relayer: privateKeyToAccount(relayer.privateKey),
} as const satisfies Record<Party, Account>

/** Compiles, starts a chain like the local one and deploys the contracts as the local deployment does. */
export async function createBench(): Promise<Bench> {
  await hre.tasks.getTask('build').run({ quiet: true, noTests: true })
  const connection = await hre.network.create('node')
  const transport = custom(connection.provider)
  const reader = createPublicClient({ chain: hardhat, transport, pollingInterval: 1 })
  const clock = createTestClient({ chain: hardhat, mode: 'hardhat', transport })
  let now = FIRST_SECOND

  async function transact(account: Account, to: Address | undefined, data: Hex, value = 0n) {
    const wallet = createWalletClient({ account, chain: hardhat, transport })
    await clock.setNextBlockTimestamp({ timestamp: BigInt(++now) })
    const request = { ...(to && { to }), data, value, gas: GAS_LIMIT, type: 'eip1559' } as const
    const hash = await wallet.sendTransaction(request).catch((error: unknown) => {
      // The whole error quotes the contract's source.
      throw new Error(error instanceof BaseError ? error.details : String(error))
    })
    const receipt = await reader.getTransactionReceipt({ hash })
    if (receipt.status !== 'success') throw new Error(`Reverted: ${data.slice(0, 10)} to ${to}`)
    return receipt
  }

  const codeSizes: Record<string, number> = {}
  async function deploy(name: string, args: Hex = '0x'): Promise<Address> {
    const artifact = await hre.artifacts.readArtifact(name)
    const bytecode = `${artifact.bytecode}${args.slice(2)}` as Hex
    const { contractAddress } = await transact(privateKeyToAccount(deployer.privateKey), undefined, bytecode)
    if (!contractAddress) throw new Error(`${name} was not deployed`)
    codeSizes[name] = size((await reader.getCode({ address: contractAddress })) ?? '0x')
    return contractAddress
  }

  const escrow = await deploy('Escrow', encodeAbiParameters([{ type: 'address' }], [PERMIT2]))
  const reputation = await reader.readContract({ address: escrow, abi: escrowAbi, functionName: 'REPUTATION' })
  codeSizes.Reputation = size((await reader.getCode({ address: reputation })) ?? '0x')
  const usd = await deploy('TestUSD')
  delete codeSizes.TestUSD
  const auditAnchor = await deploy('AuditAnchor')
  return {
    escrow,
    reputation,
    usd,
    auditAnchor,
    codeSizes,
    account: (party) => accounts[party],
    send: async (party, to, data, value) => (await transact(accounts[party], to, data, value)).gasUsed,
    traceLast: async () => {
      const { transactions } = await reader.getBlock({ includeTransactions: true })
      const [transaction] = transactions
      if (!transaction) throw new Error('The last block is empty')
      const options = { disableStorage: true, disableMemory: true, disableStack: true }
      const params = [transaction.hash, options]
      const trace = (await connection.provider.request({ method: 'debug_traceTransaction', params })) as Trace
      return { trace, input: transaction.input }
    },
    setRefusing: (party, refusing) =>
      clock.setCode({ address: accounts[party].address, bytecode: refusing ? ALWAYS_REVERTS : '0x' }),
    wait: (seconds) => {
      now += seconds
    },
  }
}

/** Terms of deal number `number`, in the native coin or in test dollars, with all the fees that there are. */
export function termsOf(bench: Bench, token: Address, number: number): Terms {
  return {
    seller: bench.account('seller').address,
    buyer: zeroAddress,
    token,
    price: token === zeroAddress ? 10n ** 18n : 100_000_000n,
    arbiter: bench.account('arbiter').address,
    operator: bench.account('operator').address,
    operatorFeeBps: 250,
    arbiterFeeBps: 500,
    silentAwardBps: 5_000,
    depositBps: 0,
    fundingSeconds: 0,
    shipSeconds: 5 * DAY,
    deliverySeconds: 14 * DAY,
    inspectionSeconds: 3 * DAY,
    rulingSeconds: 7 * DAY,
    itemHash: `0x${'a1'.repeat(32)}`,
    // Never a zero byte in the salt's last two, so that calldata of all deals costs the same.
    salt: BigInt(`0x${'5a'.repeat(6)}0000`) + BigInt(0x0101 + (number % 250) + 256 * Math.floor(number / 250)),
  }
}

/** The seller's offer of one deal on these terms. */
export function offerOf(terms: Terms, counter: bigint): Offer {
  return { terms, expiry: FAR_FUTURE, counter, nonce: 0, quantity: 1 }
}

/** The seller's signature of an offer. */
export async function signOffer(bench: Bench, offer: Offer): Promise<Hex> {
  return bench.account('seller').signTypedData(offerTypedData(offer, { chainId: hardhat.id, escrow: bench.escrow }))
}

/** Opens a deal and answers with the gas; `withPermit` gives the allowance by signature instead of beforehand. */
export async function openDeal(bench: Bench, terms: Terms, counter: bigint, permitNonce?: bigint): Promise<bigint> {
  const offer = offerOf(terms, counter)
  const signature = await signOffer(bench, offer)
  if (permitNonce === undefined) {
    const value = terms.token === zeroAddress ? terms.price : 0n
    const data = encodeFunctionData({ abi: escrowAbi, functionName: 'open', args: [packOffer(offer), 0, signature] })
    return bench.send('buyer', bench.escrow, data, value)
  }
  const permit = {
    owner: bench.account('buyer').address,
    spender: bench.escrow,
    value: terms.price,
    nonce: permitNonce,
    deadline: BigInt(FAR_FUTURE),
  }
  const token = { address: bench.usd, name: 'Test Dollar', version: '1', chainId: hardhat.id }
  const { v, r, s } = parseSignature(await bench.account('buyer').signTypedData(permitTypedData(permit, token)))
  const args = [packOffer(offer), 0, signature, { deadline: permit.deadline, v: Number(v), r, s }] as const
  return bench.send('buyer', bench.escrow, encodeFunctionData({ abi: escrowAbi, functionName: 'openWithPermit', args }))
}

const DOLLARS = 10n ** 15n
/** An allowance that tokens do not count down, as people give it who trade often. */
const ENDLESS = 2n ** 256n - 1n

/** Gives the buyer test dollars, and the escrow the allowance. */
export async function prepareDollars(bench: Bench): Promise<void> {
  const args = [bench.account('buyer').address, DOLLARS] as const
  await bench.send('buyer', bench.usd, encodeFunctionData({ abi: testUsdAbi, functionName: 'mint', args }))
  await allowDollars(bench)
}

/** Lets the escrow take the buyer's test dollars; a permit replaces this by exactly one price. */
export async function allowDollars(bench: Bench): Promise<void> {
  const args = [bench.escrow, ENDLESS] as const
  await bench.send('buyer', bench.usd, encodeFunctionData({ abi: testUsdAbi, functionName: 'approve', args }))
}
