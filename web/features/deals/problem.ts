import type { Hex } from 'viem'
import { PasskeyFailed } from '@/features/factors/passkey-failed'
import { identityCopy } from '@/features/identity/copy'
import { StepUpCancelled } from '@/features/identity/step-up-cancelled'
import { ApiError } from '@/lib/api'
import { explainChainError, isRejection } from '@/lib/chain-errors'

/** What a person is told when something did not work: what happened, whether money moved, what to do. */
export type Problem = { title: string; moneyMoved: boolean | 'unknown'; whatToDo: string; mild?: boolean }

export type WalletObstacle = 'no-wallet' | 'other-account' | 'wrong-network'

/** The wallet cannot send for the person who is signed in. */
export class WalletNotReady extends Error {
  readonly obstacle: WalletObstacle

  constructor(obstacle: WalletObstacle, options?: ErrorOptions) {
    super(`The wallet is not ready: ${obstacle}`, options)
    this.name = 'WalletNotReady'
    this.obstacle = obstacle
  }
}

/** The transaction was mined and undone: something changed between the check and the block. */
export class RevertedInBlock extends Error {
  readonly hash: Hex

  constructor(hash: Hex) {
    super('The transaction was mined but undone')
    this.name = 'RevertedInBlock'
    this.hash = hash
  }
}

const obstacleProblems = {
  'no-wallet': {
    title: 'Your wallet is not connected',
    moneyMoved: false,
    whatToDo: 'Sign out, then sign in again with the wallet of this account.',
  },
  'other-account': {
    title: 'Your wallet shows another account than this needs',
    moneyMoved: false,
    whatToDo: 'Choose in your wallet the account that this deal is with, or the one you signed in with.',
  },
  'wrong-network': {
    title: 'Your wallet is on another network',
    moneyMoved: false,
    whatToDo: 'Switch your wallet to the network of this marketplace and try again.',
  },
} satisfies Record<WalletObstacle, Problem>

const rejected: Problem = {
  title: 'You said no in the wallet',
  moneyMoved: false,
  whatToDo: 'Nothing was sent. You can start again whenever you like.',
  mild: true,
}

const unproved: Problem = {
  title: identityCopy.stepUp.cancelledTitle,
  moneyMoved: false,
  whatToDo: identityCopy.stepUp.cancelled,
  mild: true,
}

const reverted: Problem = {
  title: 'The transaction was mined but undone',
  moneyMoved: false,
  whatToDo:
    'The deal changed while your transaction was on its way. Look at where it stands now; only the network fee was spent.',
}

const unexpected: Problem = {
  title: 'Something went wrong',
  moneyMoved: false,
  whatToDo: 'Try again. If it keeps failing, reload the page.',
}

/** Turns whatever a wallet, the chain or the API threw into sentences. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof WalletNotReady) return obstacleProblems[error.obstacle]
  if (error instanceof RevertedInBlock) return reverted
  if (isRejection(error)) return rejected
  if (error instanceof PasskeyFailed) return error.problem
  if (error instanceof StepUpCancelled) return unproved
  if (error instanceof ApiError) {
    return { title: error.title, moneyMoved: error.moneyMoved ?? false, whatToDo: error.whatToDo }
  }
  const { title, moneyMoved, whatToDo } = explainChainError(error) ?? unexpected
  return { title, moneyMoved: moneyMoved === false ? false : 'unknown', whatToDo }
}
