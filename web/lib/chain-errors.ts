import { adviceFor } from './problem-words'

/** What is told of an error that came from a contract, a node or a wallet. */
export interface ChainAdvice {
  title: string
  moneyMoved: boolean | 'unknown'
  whatToDo: string
  /** Name of the contract's error, or what the protocol calls what the wallet or the node said. */
  code: string
}

type Explain = (error: unknown) => ChainAdvice

let explainer: Explain | undefined

/** The words for contract errors come with the code of wallets: before that nothing can ask a contract. */
export function explainChainErrorsWith(explain: Explain): void {
  explainer = explain
}

/** The explanation of a chain error; null where the code of wallets has not been loaded, and so no chain was asked. */
export function explainChainError(error: unknown): ChainAdvice | null {
  const found = explainer?.(error)
  return found ? { ...found, ...adviceFor(found.code, found) } : null
}

/** Whether the person said no in the wallet, which is no failure. Told by name and code, so that it takes no wallet code. */
export const isRejection = (error: unknown): boolean => {
  for (let cause = error, depth = 0; cause && depth < 8; depth += 1) {
    if (typeof cause !== 'object') return false
    if ('name' in cause && cause.name === 'UserRejectedRequestError') return true
    if ('code' in cause && cause.code === 4001) return true
    cause = 'cause' in cause ? cause.cause : undefined
  }
  return false
}
