import { askBundle, canBundle } from './bundle'
import { allow } from './pay'
import type { Pending } from './pending'
import { mayBeSent } from './problem'
import { type ContractCall, checkCall, pendingOf, type SendOptions, sendPending } from './send'

/** Hears how far the asking is, and what has to be remembered of it. */
export interface Hear {
  at: (at: 'preparing' | 'allowing' | 'checking' | 'signing') => void
  remember: (pending: Pending) => void
  forget: (pending: Pending) => void
}

/** What a wallet was asked for. `error`: how it failed, where it may have been sent all the same. */
export interface Asked {
  pending: Pending
  error?: unknown
}

/**
 * Checks a call and asks the wallet to send it: in one bundle with the allowances that it needs, where the wallet makes such bundles,
 * else after them. Written down before the wallet is asked: it may send after this page is gone.
 */
export async function askWallet(options: SendOptions, call: ContractCall, hear: Hear): Promise<Asked> {
  const { needs } = call
  if (needs) {
    const asked = (await canBundle(options)) && (await askBundle(options, call, needs, hear))
    if (asked) return asked
    hear.at('allowing')
    await allow(options, needs.allowances)
  }
  return askTransaction(options, call, hear)
}

async function askTransaction(options: SendOptions, call: ContractCall, hear: Hear): Promise<Asked> {
  hear.at('checking')
  await checkCall(options, call)
  hear.at('signing')
  const asked = await pendingOf(options, call)
  hear.remember(asked)
  try {
    const { hash, nonce } = await sendPending(options, asked, call.value)
    const pending = { ...asked, hash, nonce: nonce ?? asked.nonce }
    hear.remember(pending)
    return { pending }
  } catch (error) {
    // A wallet whose own connection broke may have sent it all the same: then it is looked for by its nonce.
    if (mayBeSent(error)) return { pending: asked, error }
    hear.forget(asked)
    throw error
  }
}
