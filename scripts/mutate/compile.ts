import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Target } from './targets.ts'

interface Solc {
  compile(input: string, callbacks: { import: (path: string) => { contents: string } | { error: string } }): string
}
interface Output {
  readonly errors?: readonly { readonly severity: string }[]
  readonly contracts?: Record<string, Record<string, { readonly evm: { readonly bytecode: { readonly object: string } } }>>
}

const solc: Solc = createRequire(import.meta.url)('solc')

/**
 * Creation code of the target's contract with one source replaced, in hex without 0x; null where that does not compile. Without
 * optimizer, which takes a tenth of the time; the tests do not look at gas, and their runner does not mind large code.
 */
export function compileMutant({ entry }: Target, file: string, source: string): string | null {
  const input = {
    language: 'Solidity',
    sources: { [entry.file]: { content: file === entry.file ? source : readFileSync(entry.file, 'utf8') } },
    settings: { evmVersion: 'cancun', outputSelection: { [entry.file]: { [entry.contract]: ['evm.bytecode.object'] } } },
  }
  const find = (path: string): { contents: string } | { error: string } => {
    if (path === file) return { contents: source }
    const found = [path, `node_modules/${path}`].find((candidate) => existsSync(candidate))
    return found === undefined ? { error: `No file ${path}` } : { contents: readFileSync(found, 'utf8') }
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: find })) as Output
  if (output.errors?.some(({ severity }) => severity === 'error')) return null
  return output.contracts?.[entry.file]?.[entry.contract]?.evm.bytecode.object ?? null
}
