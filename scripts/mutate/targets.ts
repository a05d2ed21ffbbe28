import { globSync } from 'node:fs'

/** What is mutated together: sources, the contract they end up in, and the tests that must notice. */
export interface Target {
  readonly name: string
  readonly sources: readonly string[]
  /** The file and contract whose bytecode the tests deploy. */
  readonly entry: { readonly file: string; readonly contract: string }
  /** Tried first, because it is quick and notices most. */
  readonly near: readonly string[]
  /** Tried on what the first did not notice. */
  readonly far: readonly string[]
}

const escrowSources = [
  ...globSync('contracts/escrow/*.sol').sort(),
  'contracts/Escrow.sol',
  'contracts/libraries/Signatures.sol',
  'contracts/libraries/Split.sol',
  'contracts/libraries/Transfers.sol',
  'contracts/types/DealWord.sol',
]
const tests = (...patterns: string[]): string[] => patterns.flatMap((pattern) => globSync(pattern).sort())
const escrow = { file: 'contracts/Escrow.sol', contract: 'Escrow' }
const farFromEscrow = tests(
  'test/unit/Reputation/*.t.sol',
  'test/machine/*.t.sol',
  'test/tokens/**/*.t.sol',
  'test/findings/**/*.t.sol',
  'test/typehash/*.t.sol',
)

/** All that holds money or judges people. */
export const targets: readonly Target[] = [
  { name: 'Escrow', sources: escrowSources, entry: escrow, near: tests('test/unit/Escrow/**/*.t.sol'), far: farFromEscrow },
  {
    name: 'Reputation',
    sources: ['contracts/Reputation.sol'],
    entry: escrow,
    near: tests('test/unit/Reputation/**/*.t.sol'),
    far: tests('test/findings/**/*.t.sol'),
  },
  {
    name: 'ArbiterPool',
    sources: [
      ...globSync('contracts/arbitration/*.sol').filter((file) => !file.endsWith('KlerosAdapter.sol')),
      'contracts/libraries/BlockHashes.sol',
      'contracts/libraries/FrozenList.sol',
      'contracts/libraries/Median.sol',
    ].sort(),
    entry: { file: 'contracts/arbitration/ArbiterPool.sol', contract: 'ArbiterPool' },
    near: tests('test/unit/ArbiterPool/**/*.t.sol'),
    far: [],
  },
]
