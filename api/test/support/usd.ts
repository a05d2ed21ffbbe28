import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { testUsdAbi } from '@fairhold/protocol/abi/test-usd'
import { unitDealId } from '@fairhold/protocol/deal/id'
import type { Payment } from '@fairhold/protocol/deal/payment'
import type { Offer } from '@fairhold/protocol/deal/terms'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { DEV_CHAIN_ID, type DevAccount, deployer } from '@fairhold/protocol/dev-accounts'
import { authorizationTypedData, PERMIT2, permit2TypedData } from '@fairhold/protocol/eip712/payments'
import { permitTypedData } from '@fairhold/protocol/eip712/types'
import { type Address, encodeFunctionData, type Hex, parseSignature } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { bytecodeOf, type TestChain } from './chain.ts'

const { chainId, escrow, tokens } = deploymentOf(DEV_CHAIN_ID)
const found = tokens.find(({ permit }) => permit)
if (!found) throw new Error('the local chain has no test dollar')
/** The test dollar of the local chain: ERC-2612 and ERC-3009. */
export const usd = found
export const lower = (account: Pick<DevAccount, 'address'>) => account.address.toLowerCase() as Address

/** Puts the test dollar and Permit2 on a chain, where the deployment says they are. */
export async function deployMoney(chain: TestChain): Promise<void> {
  const deployed = await chain.send(deployer, { data: bytecodeOf('mocks/TestUSD') })
  if (deployed !== usd.address) throw new Error(`the test dollar is at ${deployed}, not where it was to be`)
  const file = join(import.meta.dirname, '../../../artifacts/contracts/mocks/Permit2Mock.sol/Permit2Mock.json')
  const { deployedBytecode } = JSON.parse(readFileSync(file, 'utf8')) as { deployedBytecode: Hex }
  await chain.client.setCode({ address: PERMIT2, bytecode: deployedBytecode })
}

/** Calls the test dollar. */
export function callUsd(chain: TestChain, from: DevAccount, functionName: 'mint' | 'approve', args: readonly [Address, bigint]) {
  return chain.send(from, { to: usd.address, data: encodeFunctionData({ abi: testUsdAbi, functionName, args }) })
}

export function usdOf(chain: TestChain, account: Address): Promise<bigint> {
  return chain.client.readContract({ abi: testUsdAbi, address: usd.address, functionName: 'balanceOf', args: [account] })
}

/** Payments of one deal, signed by its buyer. */
export function paying(chain: TestChain, buyer: DevAccount, offer: Offer, { tip = 0n, until = 4_000_000_000, unit = 0 } = {}) {
  const signer = privateKeyToAccount(buyer.privateKey)
  const dealId = unitDealId(offer, unit, { chainId, escrow })
  const token = { address: usd.address, name: usd.name, version: usd.version, chainId }
  const amount = offer.terms.price + tip
  return {
    authorization: async (): Promise<Payment> => {
      const times = { validAfter: 0n, validBefore: BigInt(until + 1) }
      const message = { from: lower(buyer), to: escrow, value: amount, ...times, dealId }
      const signature = await signer.signTypedData(authorizationTypedData(message, token))
      return { method: 'authorization', tip: tip.toString(), validAfter: 0, validBefore: until + 1, signature }
    },
    permit: async (): Promise<Payment> => {
      const nonces = { abi: testUsdAbi, address: usd.address, functionName: 'nonces', args: [lower(buyer)] } as const
      const nonce = await chain.client.readContract(nonces)
      const permit = { owner: lower(buyer), spender: escrow, value: amount, nonce, deadline: BigInt(until) }
      const { r, s, yParity } = parseSignature(await signer.signTypedData(permitTypedData(permit, token)))
      return { method: 'permit', deadline: until, v: yParity + 27, r, s }
    },
    permit2: async (nonce = 7n): Promise<Payment> => {
      const transfer = { token: usd.address, amount, spender: escrow, nonce, deadline: BigInt(until), dealId }
      const signature = await signer.signTypedData(permit2TypedData(transfer, { chainId, address: PERMIT2 }))
      return { method: 'permit2', tip: tip.toString(), nonce: nonce.toString(), deadline: until, signature }
    },
  }
}
