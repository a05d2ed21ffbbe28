import { arbiterPoolErrors } from './arbiter-pool-errors.ts'
import type { ContractErrorArgs, ContractErrorName } from './contract-error.ts'
import { escrowErrors } from './escrow-errors.ts'
import { klerosErrors } from './kleros-errors.ts'
import { reputationErrors } from './reputation-errors.ts'
import { tokenErrors } from './token-errors.ts'
import type { ErrorWords } from './words.ts'

/** A sentence for every custom error of the contracts. One error has one cause. */
export const contractErrors = {
  ...escrowErrors,
  ...reputationErrors,
  ...arbiterPoolErrors,
  ...klerosErrors,
  ...tokenErrors,
} as const satisfies { readonly [Name in ContractErrorName]: ErrorWords<ContractErrorArgs<Name>> }
