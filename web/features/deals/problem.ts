import type { Hex } from 'viem'
import { PasskeyFailed } from '@/features/factors/passkey-failed'
import { StepUpCancelled } from '@/features/identity/step-up-cancelled'
import { ApiError } from '@/lib/api'
import { explainChainError, isRejection } from '@/lib/chain-errors'
import { adviceFor } from '@/lib/problem-words'

/**
 * What a person is told when something did not work: what happened, whether money moved, what to do. In English; `code` names
 * it, and where the catalogue `send` has words for that, they are shown instead.
 */
export type Problem = {
  title: string
  moneyMoved: boolean | 'unknown'
  whatToDo: string
  mild?: boolean
  code?: string
  /** What the API said in particular, in the reader's language. */
  detail?: string
  /** What it found wrong, by the path of the field: see `faultAt`. */
  fields?: Readonly<Record<string, string>>
}

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

/** The account cannot pay what goes along with a call and the network's fee. */
export class NotEnoughCoin extends Error {
  override readonly name = 'NotEnoughCoin'
  readonly needed: bigint
  readonly held: bigint

  constructor(needed: bigint, held: bigint) {
    super('The account cannot pay for the transaction')
    this.needed = needed
    this.held = held
  }
}

/** The account holds less of a token than it is to pay. */
export class NotEnoughTokens extends Error {
  override readonly name = 'NotEnoughTokens'
  readonly needed: bigint
  readonly held: bigint

  constructor(needed: bigint, held: bigint) {
    super('The account cannot pay the amount')
    this.needed = needed
    this.held = held
  }
}

/** How a transaction that was sent did not come to its end: see `Outcome` in track.ts. */
export type SendEnd =
  | 'reverted'
  | 'cancelled'
  | 'replaced'
  | 'dropped'
  | 'unsent'
  | 'partial'
  | 'taken'
  | 'underway'
  | 'relayFailed'

/** A transaction that was sent, or that the wallet was asked for, and that did not do what it was to do. */
export class SendEnded extends Error {
  override readonly name = 'SendEnded'
  readonly end: SendEnd
  readonly hash: Hex | null

  constructor(end: SendEnd, hash: Hex | null) {
    super(`The transaction ended as ${end}`)
    this.end = end
    this.hash = hash
  }
}

/** Whether a wallet that answered with this error may have sent what it was asked to send. */
export function mayBeSent(error: unknown): boolean {
  if (isRejection(error)) return false
  return explainChainError(error)?.moneyMoved !== false
}

const obstacleProblems = {
  'no-wallet': {
    title: 'Your wallet is not connected',
    whatToDo: 'Sign out, then sign in again with the wallet of this account.',
  },
  'other-account': {
    title: 'Your wallet shows another account than this needs',
    whatToDo: 'Choose in your wallet the account that this deal is with, or the one you signed in with.',
  },
  'wrong-network': {
    title: 'Your wallet is on another network',
    whatToDo: 'Switch your wallet to the network of this marketplace and try again.',
  },
} satisfies Record<WalletObstacle, { title: string; whatToDo: string }>

const endProblems = {
  reverted: {
    title: 'The transaction was mined but undone',
    whatToDo:
      'The deal changed while your transaction was on its way. Look at where it stands now; only the network fee was spent.',
  },
  cancelled: { title: 'You cancelled the transaction in your wallet', whatToDo: 'Nothing was done. Start again if you like.' },
  replaced: {
    title: 'Another transaction took the place of this one',
    whatToDo: 'This one can no longer happen. Look in your wallet what was sent instead, then start again if you like.',
  },
  dropped: {
    title: 'The network no longer knows your transaction',
    whatToDo: 'Look in your wallet: if it still waits there, speed it up or cancel it. If not, start again.',
  },
  unsent: {
    title: 'Your wallet was asked, and nothing was sent',
    whatToDo: 'If the request is still open in your wallet, answer it or reject it. Then start again.',
  },
  partial: {
    title: 'Your wallet did only a part of it',
    whatToDo:
      'Nothing was paid, but the amount may be allowed now. Start again to pay it, or take the allowance back in your wallet.',
  },
  taken: {
    title: 'Somebody was faster',
    whatToDo: 'This one was sold a moment ago. You were not asked for money.',
  },
  underway: {
    title: 'You are paying for this already, in another way',
    whatToDo: 'That payment is still under way. Load this page anew to follow it; nothing more was sent.',
  },
  relayFailed: {
    title: 'The marketplace could not send it',
    whatToDo: 'Nothing was paid. Send it from your own wallet instead.',
  },
} satisfies Record<SendEnd, { title: string; whatToDo: string }>

const rejected: Problem = {
  title: 'You said no in the wallet',
  moneyMoved: false,
  whatToDo: 'Nothing was sent. You can start again whenever you like.',
  mild: true,
  code: 'rejected',
}

const noGas: Problem = {
  title: 'Not enough coins for the network fee',
  moneyMoved: false,
  whatToDo: 'Add some of the network’s own coin to this account, or have the marketplace send it for you where it offers that.',
  code: 'noGas',
}

const noTokens: Problem = {
  title: 'Not enough of the token',
  moneyMoved: false,
  whatToDo: 'Add to your balance, then try again.',
  code: 'ERC20InsufficientBalance',
}

const unproved: Problem = {
  title: 'Nothing was changed',
  moneyMoved: false,
  whatToDo: 'You closed the window in which you prove that it is you. Start again when you like.',
  mild: true,
  code: 'unproved',
}

const unexpected: Problem = {
  title: 'Something went wrong',
  moneyMoved: false,
  whatToDo: 'Try again. If it keeps failing, reload the page.',
  code: 'unexpected',
}

/** A part of this site that is needed to begin could not be fetched: so nothing has begun. */
const unreached: Problem = {
  title: 'The marketplace does not answer',
  moneyMoved: false,
  whatToDo: 'Check your connection and try again. Nothing was sent.',
  code: 'unreached',
}

const mildEnds: readonly SendEnd[] = ['cancelled', 'unsent']

/** Turns whatever a wallet, the chain or the API threw into sentences, in the reader's language as far as it has them. */
export const problemOf = (error: unknown): Problem => {
  const problem = englishOf(error)
  return problem.code ? { ...problem, ...adviceFor(problem.code, problem) } : problem
}

const englishOf = (error: unknown): Problem => {
  if (error instanceof WalletNotReady) return { ...obstacleProblems[error.obstacle], moneyMoved: false, code: error.obstacle }
  if (error instanceof SendEnded)
    return { ...endProblems[error.end], moneyMoved: false, code: error.end, mild: mildEnds.includes(error.end) }
  if (error instanceof NotEnoughCoin) return noGas
  if (error instanceof NotEnoughTokens) return noTokens
  if (isRejection(error)) return rejected
  if (error instanceof Error && error.name === 'ChunkLoadError') return unreached
  if (error instanceof PasskeyFailed) return error.problem
  if (error instanceof StepUpCancelled) return unproved
  if (error instanceof ApiError) {
    const { code, detail, fields, title, whatToDo } = error
    return { title, moneyMoved: error.moneyMoved ?? false, whatToDo, code, detail, fields }
  }
  const explained = explainChainError(error)
  if (!explained) return unexpected
  const { title, moneyMoved, whatToDo, code } = explained
  return { title, moneyMoved: moneyMoved === false ? false : 'unknown', whatToDo, code }
}
