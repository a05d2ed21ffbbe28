/**
 * Writes everything that follows from something else: ABIs from the compiled contracts, the local deployment's
 * addresses, the golden vectors that TypeScript and Solidity tests share, and docs/deal-machine.md.
 * `node scripts/generate.ts` writes; with `--check` it writes nothing and fails if anything differs.
 * Run `hardhat build` first.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { abiFiles } from './generate/abi.ts'
import { deploymentFiles } from './generate/deployment.ts'
import { goldenFiles } from './generate/golden.ts'
import { machineFiles } from './generate/machine.ts'

const root = join(import.meta.dirname, '..')

/** Text of generated files by path from the repository's root. */
export type GeneratedFiles = Record<string, string>

/** Everything that is generated. Reads only the compiler's artifacts and the sources in protocol/. */
export async function generateAll(): Promise<GeneratedFiles> {
  return { ...(await abiFiles(root)), ...deploymentFiles(), ...goldenFiles(), ...machineFiles() }
}

/** Paths whose committed text is not what would be generated. */
export async function differing(files: GeneratedFiles): Promise<string[]> {
  const differs: string[] = []
  for (const [path, text] of Object.entries(files)) {
    const committed = await readFile(join(root, path), 'utf8').catch(() => null)
    if (committed !== text) differs.push(path)
  }
  return differs
}

async function main(): Promise<void> {
  const files = await generateAll()
  const differs = await differing(files)
  if (process.argv.includes('--check')) {
    if (differs.length === 0) return console.log(`All ${Object.keys(files).length} generated files are up to date.`)
    console.error(`Out of date: ${differs.join(', ')}\nRun: node scripts/generate.ts`)
    process.exitCode = 1
    return
  }
  for (const path of differs) {
    const target = join(root, path)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, files[path] ?? '')
    console.log(`Wrote ${relative(root, target)}`)
  }
  if (differs.length === 0) console.log('Nothing to write: all generated files are up to date.')
}

if (import.meta.main) await main()
