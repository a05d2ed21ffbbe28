import type { ErrorWords } from './words.ts'

/** What can go wrong between a person, the wallet and the network, before or after a contract was asked. */
export const walletErrors = {
  userRejected: {
    title: 'You declined in your wallet',
    detail: () => 'Nothing was signed or sent.',
    moneyMoved: false,
    whatToDo: 'Start again whenever you like.',
  },
  requestPending: {
    title: 'Your wallet is waiting for you',
    detail: () => 'An earlier request is still open in your wallet.',
    moneyMoved: false,
    whatToDo: 'Open the wallet and answer that request first.',
  },
  notAuthorized: {
    title: 'Your wallet did not allow this',
    detail: () => 'This site is not connected to the account it asked for.',
    moneyMoved: false,
    whatToDo: 'Connect the wallet again and choose that account.',
  },
  notConnected: {
    title: 'No wallet is connected',
    detail: () => 'The wallet is locked, or the connection to it was lost.',
    moneyMoved: false,
    whatToDo: 'Connect your wallet and try again.',
  },
  wrongNetwork: {
    title: 'Your wallet is on another network',
    detail: () => 'The deal lives on a different network than the one your wallet is set to.',
    moneyMoved: false,
    whatToDo: 'Switch the network in your wallet and try again.',
  },
  insufficientFunds: {
    title: 'Not enough money in your wallet',
    detail: () => 'The balance does not cover the amount and the network fee together.',
    moneyMoved: false,
    whatToDo: 'Add funds to this account, or use another one.',
  },
  nonce: {
    title: 'Your wallet is out of step with the network',
    detail: () => 'It numbered the transaction differently than the network expects. Another one may be on its way.',
    moneyMoved: false,
    whatToDo: "Wait a moment and try again. On a restarted local chain, clear the account's activity in the wallet.",
  },
  feeTooLow: {
    title: 'The network fee is too low',
    detail: () => 'The fee rose, or the transaction would replace another one for less.',
    moneyMoved: false,
    whatToDo: 'Try again with the fee your wallet suggests now.',
  },
  alreadySent: {
    title: 'This transaction was sent already',
    detail: () => 'The network has it and will carry it out.',
    moneyMoved: 'unknown',
    whatToDo: 'Wait for it; do not send it again.',
  },
  notConfirmedYet: {
    title: 'The network has not confirmed it yet',
    detail: () => 'The transaction was sent and is taking longer than usual. It may still go through.',
    moneyMoved: 'unknown',
    whatToDo: 'Do not send it again. The deal page changes as soon as it is confirmed.',
  },
  networkDown: {
    title: 'The network cannot be reached',
    detail: () => 'The connection to the chain failed or took too long.',
    moneyMoved: 'unknown',
    whatToDo: "Check your connection, and your wallet's activity before you try again.",
  },
  refused: {
    title: 'The contract refused this',
    detail: () => 'It gave no reason that we know.',
    moneyMoved: false,
    whatToDo: 'Reload the page and try again. If it keeps failing, report it.',
  },
  unknown: {
    title: 'Something went wrong',
    detail: () => 'The cause is not one that we know.',
    moneyMoved: 'unknown',
    whatToDo: "Check your wallet's activity, then reload the page. If it keeps failing, report it.",
  },
} as const satisfies Record<string, ErrorWords<void>>

export type WalletErrorCode = keyof typeof walletErrors

/** EIP-1193, EIP-1474 and EIP-3326 codes that wallets answer with. */
const byCode: ReadonlyMap<number, WalletErrorCode> = new Map([
  [4001, 'userRejected'],
  [5000, 'userRejected'],
  [4100, 'notAuthorized'],
  [4900, 'notConnected'],
  [4901, 'wrongNetwork'],
  [4902, 'wrongNetwork'],
  [-32002, 'requestPending'],
])

/** Names of viem's and wagmi's error classes. Names, not classes, so that a page may hold two copies of viem. */
const byName: ReadonlyMap<string, WalletErrorCode> = new Map([
  ['UserRejectedRequestError', 'userRejected'],
  ['UnauthorizedProviderError', 'notAuthorized'],
  ['ProviderDisconnectedError', 'notConnected'],
  ['ConnectorNotConnectedError', 'notConnected'],
  ['ConnectorAccountNotFoundError', 'notAuthorized'],
  ['AccountNotFoundError', 'notConnected'],
  ['ChainMismatchError', 'wrongNetwork'],
  ['ConnectorChainMismatchError', 'wrongNetwork'],
  ['SwitchChainError', 'wrongNetwork'],
  ['ChainDisconnectedError', 'wrongNetwork'],
  ['InsufficientFundsError', 'insufficientFunds'],
  ['NonceTooLowError', 'nonce'],
  ['NonceTooHighError', 'nonce'],
  ['FeeCapTooLowError', 'feeTooLow'],
  ['WaitForTransactionReceiptTimeoutError', 'notConfirmedYet'],
  ['HttpRequestError', 'networkDown'],
  ['WebSocketRequestError', 'networkDown'],
  ['SocketClosedError', 'networkDown'],
  ['TimeoutError', 'networkDown'],
  ['ContractFunctionRevertedError', 'refused'],
  ['ExecutionRevertedError', 'refused'],
  ['RawContractError', 'refused'],
])

/** What nodes say where neither a code nor a class tells: in the order in which they are tried. */
const byMessage: readonly (readonly [RegExp, WalletErrorCode])[] = [
  [/user (rejected|denied)|rejected by user/i, 'userRejected'],
  [/insufficient funds|doesn't have enough funds/i, 'insufficientFunds'],
  [/nonce (too|is too)|nonce has already been used|invalid nonce/i, 'nonce'],
  [/already known/i, 'alreadySent'],
  [/underpriced|fee cap|max fee per gas/i, 'feeTooLow'],
  [/execution reverted|transaction reverted/i, 'refused'],
  [/failed to fetch|econnrefused|network error/i, 'networkDown'],
]

/** One link in a chain of causes, as far as it can be recognised. */
export interface ErrorLink {
  readonly name?: unknown
  readonly code?: unknown
  readonly message?: unknown
}

/**
 * Recognises a failure of wallet or network from an error and its causes: first by standard codes, then by class,
 * then by what nodes say. `unknown` if nothing fits.
 */
export function walletErrorCode(links: readonly ErrorLink[]): WalletErrorCode {
  for (const { code } of links) {
    const known = typeof code === 'number' ? byCode.get(code) : undefined
    if (known !== undefined) return known
  }
  // The innermost cause is the most exact one.
  for (const { name } of links.toReversed()) {
    const known = typeof name === 'string' ? byName.get(name) : undefined
    if (known !== undefined && known !== 'refused' && known !== 'networkDown') return known
  }
  for (const [pattern, code] of byMessage) {
    if (links.some(({ message }) => typeof message === 'string' && pattern.test(message))) return code
  }
  const names = links.map(({ name }) => (typeof name === 'string' ? byName.get(name) : undefined))
  return names.find((known) => known !== undefined) ?? 'unknown'
}
