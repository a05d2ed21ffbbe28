import type { Abi, AbiParameterToPrimitiveType } from 'viem'
import { arbiterPoolAbi } from '../abi/arbiter-pool.ts'
import { escrowAbi } from '../abi/escrow.ts'
import { klerosAdapterAbi } from '../abi/kleros-adapter.ts'
import { reputationAbi } from '../abi/reputation.ts'
import { testUsdAbi } from '../abi/test-usd.ts'
import type { ErrorWords } from './words.ts'

/** Every ABI whose errors can reach a person. */
export const errorAbis = [escrowAbi, reputationAbi, arbiterPoolAbi, klerosAdapterAbi, testUsdAbi] as const

type KnownError = Extract<(typeof errorAbis)[number][number], { type: 'error' }>

/** Names of all custom errors of the contracts. */
export type ContractErrorName = KnownError['name']

type Input = { readonly name: string; readonly type: string }
type Named<Inputs extends readonly Input[]> = {
  readonly [I in Inputs[number] as I['name']]: AbiParameterToPrimitiveType<I>
}

/** The values that a custom error carries, by name. */
export type ContractErrorArgs<Name extends ContractErrorName> = Named<Extract<KnownError, { name: Name }>['inputs']>

type NameIn<ContractAbi extends Abi> = Extract<ContractAbi[number], { type: 'error' }>['name'] & ContractErrorName

/** Words for all errors of one contract: one that is missing is a type error. */
export type CatalogueOf<ContractAbi extends Abi> = {
  readonly [Name in NameIn<ContractAbi>]: ErrorWords<ContractErrorArgs<Name>>
}
