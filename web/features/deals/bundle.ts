import { bytesToHex, type Hex } from 'viem'
import type { Config } from 'wagmi'
import { getCallsStatus, getCapabilities, getConnection, sendCalls } from 'wagmi/actions'
import type { Asked, Hear } from './ask'
import { answerIn, type Capabilities, makesBundles } from './bundle-answers'
import { bundleOf, checkBundle } from './check-bundle'
import type { PendingBundle } from './pending'
import { mayBeSent } from './problem'
import { type ContractCall, type Needs, readerOf, type SendOptions } from './send'
import type { AskWallet } from './track-bundle'

export { trackBundle } from './track-bundle'

const PATIENCE_MS = 3_000 // a wallet answers this from what it knows, without asking anybody

/** Accounts whose owner, or whose wallet after all, would not: not asked again before the page is loaded anew. */
const declined = new Set<string>()

/** Whether the wallet of this account says that it makes several calls on this chain together, all or none (EIP-5792). */
export async function canBundle({ config, chainId, account }: SendOptions): Promise<boolean> {
  if (declined.has(account.toLowerCase()) || !isConnected(config, account)) return false
  const offered = await soon(getCapabilities(config, { account })).catch(() => null)
  return offered !== null && makesBundles(offered as Capabilities, chainId)
}

const isConnected = (config: Config, account: string): boolean =>
  getConnection(config).address?.toLowerCase() === account.toLowerCase()

/** Asks the wallet to make the allowances and the call together. Null: it does not after all, and nothing was sent. */
export async function askBundle(options: SendOptions, call: ContractCall, needs: Needs, hear: Hear): Promise<Asked | null> {
  const { account, chainId, config } = options
  hear.at('checking')
  await checkBundle(options, call, needs)
  const asked = await pendingOf(options, call, needs)
  hear.at('signing')
  hear.remember(asked)
  const accept = (id: string) => {
    const pending = { ...asked, bundle: { ...asked.bundle, id, accepted: true } }
    hear.remember(pending)
    return { pending }
  }
  try {
    const calls = bundleOf(call, needs)
    return accept((await sendCalls(config, { account, chainId, calls, id: asked.bundle.id, forceAtomic: true })).id)
  } catch (error) {
    const answer = answerIn(error)
    if (answer === 'duplicate') return accept(asked.bundle.id)
    const isDeclined = answer === 'declined'
    // What a wallet may have sent although its own connection broke is looked for.
    if (!isDeclined && mayBeSent(error)) return { pending: asked, error }
    hear.forget(asked)
    if (!isDeclined) throw error
    declined.add(account.toLowerCase())
    return null
  }
}

async function pendingOf(options: SendOptions, call: ContractCall, { dealId }: Needs): Promise<PendingBundle> {
  const { account, chainId } = options
  const block = Number(await readerOf(options).getBlockNumber({ cacheTime: 0 }))
  const id = bytesToHex(crypto.getRandomValues(new Uint8Array(32)))
  return { hash: null, chainId, account, to: call.address, block, sentAt: Date.now(), bundle: { id, dealId, accepted: false } }
}

/** What the wallet says of a bundle. */
export function walletOf(config: Config, { account }: Pick<PendingBundle, 'account'>): AskWallet {
  return async (id) => {
    if (!isConnected(config, account)) throw new Error('This account is not in the wallet')
    try {
      const { receipts, statusCode } = await soon(getCallsStatus(config, { id }))
      return { status: statusCode, hash: (receipts?.at(-1)?.transactionHash as Hex | undefined) ?? null }
    } catch (error) {
      if (answerIn(error) === 'unknown') return null
      throw error
    }
  }
}

/** Rejects where the wallet does not answer. */
function soon<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('The wallet does not answer')), PATIENCE_MS)
    answer.then(resolve, reject)
  })
}
