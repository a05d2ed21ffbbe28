import { decodeErrorResult, type Hex, isHex } from 'viem'
import { contractErrors } from './errors/catalogue.ts'
import { type ContractErrorName, errorAbis } from './errors/contract-error.ts'
import { walletErrorCode, walletErrors } from './errors/wallet.ts'

export type { ContractErrorArgs, ContractErrorName } from './errors/contract-error.ts'
export type { WalletErrorCode } from './errors/wallet.ts'
export { contractErrors, walletErrors }

/** A failure in words for the person it happened to. */
export interface Explanation {
  /** Name of the contract's custom error, or a code of `walletErrors`. */
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly moneyMoved: false | 'unknown'
  readonly whatToDo: string
  /** The values that the contract's error carried, by name; empty for other errors. */
  readonly args: Readonly<Record<string, unknown>>
}

/** A custom error of the contracts as it was decoded. */
export interface DecodedError {
  readonly name: ContractErrorName
  readonly args: Readonly<Record<string, unknown>>
}

/** Whether the catalogue has a sentence for this error name. */
export function isContractError(name: string): name is ContractErrorName {
  return Object.hasOwn(contractErrors, name)
}

/**
 * Explains whatever a contract call, a wallet or the network threw: what happened, whether money moved, what to do.
 * Custom errors are decoded from the revert data, never matched by their text.
 */
export function explainContractError(error: unknown): Explanation {
  const links = linksOf(error)
  const decoded = links.map(decodedIn).find((found) => found !== null)
  if (decoded != null) return explainDecoded(decoded)
  const code = walletErrorCode(links)
  const { title, detail, moneyMoved, whatToDo } = walletErrors[code]
  return { code, title, detail: detail(), moneyMoved, whatToDo, args: {} }
}

/** Decodes revert data of any of the contracts; null if it is none of their custom errors. */
export function decodeRevert(data: Hex): DecodedError | null {
  for (const abi of errorAbis) {
    try {
      const { errorName, args, abiItem } = decodeErrorResult({ abi, data })
      if (!isContractError(errorName)) continue
      return { name: errorName, args: namedArgs(abiItem, args) }
    } catch {
      // Not an error of this ABI.
    }
  }
  return null
}

/** The catalogue's words for a decoded error. */
export function explainDecoded({ name, args }: DecodedError): Explanation {
  const { title, moneyMoved, whatToDo } = contractErrors[name]
  // The catalogue is typed by error name, and the values were decoded by the ABI entry of that very name.
  const detail = contractErrors[name].detail as (values: typeof args) => string
  return { code: name, title, detail: detail(args), moneyMoved, whatToDo, args }
}

type Link = Record<string, unknown>

const MAX_CAUSES = 16 // wallets nest two or three deep; this only stops a circle

/** An error and everything it wraps: viem uses `cause`, wallets and nodes `data`, `error` or `originalError`. */
function linksOf(error: unknown): Link[] {
  const links: Link[] = []
  const waiting: unknown[] = [error]
  while (waiting.length > 0 && links.length < MAX_CAUSES) {
    const link = waiting.shift()
    if (typeof link !== 'object' || link === null || links.some((known) => known === link)) continue
    const fields = link as Link // any object may be read by key
    links.push(fields)
    waiting.push(fields.cause, fields.error, fields.originalError, fields.data)
  }
  return links
}

function decodedIn(link: Link): DecodedError | null {
  const { data, raw, errorName, abiItem, args } = link
  // viem decoded it already: ContractFunctionRevertedError.data
  if (typeof errorName === 'string' && isContractError(errorName)) {
    return { name: errorName, args: namedArgs(abiItem, args) }
  }
  for (const candidate of [raw, data]) {
    if (isHex(candidate) && candidate.length >= 10) {
      const decoded = decodeRevert(candidate)
      if (decoded !== null) return decoded
    }
  }
  return null
}

function namedArgs(abiItem: unknown, args: unknown): Record<string, unknown> {
  const hasInputs = typeof abiItem === 'object' && abiItem !== null && 'inputs' in abiItem
  const inputs: unknown = hasInputs ? abiItem.inputs : []
  if (!Array.isArray(inputs) || !Array.isArray(args)) return {}
  return Object.fromEntries(inputs.map((input: { name: string }, index) => [input.name, args[index]]))
}
