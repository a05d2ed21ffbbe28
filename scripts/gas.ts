/**
 * What each action costs, in gas of real receipts on the in-process chain, and how large the contracts are; then the same beside
 * what other escrows cost. `npm run gas` compares with snapshots/gas.json and fails if anything differs, so that a change of
 * cost is seen in review; `-- --write` commits it. `-- --json` prints only the comparison, as one JSON object;
 * `-- --explain` says where the gas of an opening and of a release goes.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { measureBreakdowns, parts } from '../test/gas/breakdown.ts'
import { type Comparison, compareWithOthers, formatFigures, isWithin } from '../test/gas/comparison.ts'
import { type GasReport, measureGas } from '../test/gas/scenarios.ts'

const snapshot = join(import.meta.dirname, '..', 'snapshots', 'gas.json')

/** One line of the table: what was committed and what was measured; null where there is none. */
export interface GasRow {
  readonly name: string
  readonly committed: number | null
  readonly measured: number | null
}

/** Puts two reports side by side, in the order of the measured one, with what is gone at the end. */
export function compareGas(committed: GasReport | null, measured: GasReport): GasRow[] {
  const flatten = (report: GasReport | null): Record<string, number> => ({
    ...report?.gas,
    ...Object.fromEntries(Object.entries(report?.codeSize ?? {}).map(([name, bytes]) => [`${name}, bytes of code`, bytes])),
  })
  const before = flatten(committed)
  const after = flatten(measured)
  const names = new Set([...Object.keys(after), ...Object.keys(before)])
  return [...names].map((name) => ({ name, committed: before[name] ?? null, measured: after[name] ?? null }))
}

/** The row as text, with the difference where there is one. */
export function formatRow(row: GasRow): string {
  const number = (value: number | null): string => (value === null ? '-' : value.toLocaleString('en-US')).padStart(10)
  const change = row.committed === row.measured ? '' : `   was ${number(row.committed).trim()}`
  return `${row.name.padEnd(32)}${number(row.measured)}${change}`
}

async function readSnapshot(): Promise<GasReport | null> {
  const text = await readFile(snapshot, 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as GasReport)
}

/** A row of the comparison as text: ours, what we must reach and aim at, and the best of the others. */
export function formatComparison({ name, ours, must, aim, anchor }: Comparison): string {
  const verdict = isWithin(ours, aim) ? 'aim reached' : isWithin(ours, must) ? 'within' : 'TOO DEAR'
  const figures = [formatFigures(ours), formatFigures(must), formatFigures(aim)].map((text) => text.padStart(19)).join('')
  return `${name.padEnd(51)}${figures}  ${verdict.padEnd(12)}${anchor}`
}

async function main(): Promise<void> {
  if (process.argv.includes('--explain')) return explain()
  const measured = await measureGas()
  const comparison = compareWithOthers(measured)
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(Object.fromEntries(comparison.map(({ key, ours }) => [key, ours])), null, 2))
    return
  }
  printComparison(comparison)
  if (comparison.some(({ ours, must }) => !isWithin(ours, must))) process.exitCode = 1
  const rows = compareGas(await readSnapshot(), measured)
  for (const row of rows) console.log(formatRow(row))
  const differs = rows.filter((row) => row.committed !== row.measured).length
  if (process.argv.includes('--write')) {
    await mkdir(dirname(snapshot), { recursive: true })
    await writeFile(snapshot, `${JSON.stringify(measured, null, 2)}\n`)
    console.log(`\nWrote ${rows.length} figures to snapshots/gas.json.`)
  } else if (differs === 0) {
    console.log(`\nAll ${rows.length} figures are as committed.`)
  } else {
    console.log(`\n${differs} figures differ from snapshots/gas.json. If that is meant: npm run gas -- --write`)
    process.exitCode = 1
  }
}

async function explain(): Promise<void> {
  console.log(`${''.padEnd(18)}${parts.map((part) => part.padStart(12)).join('')}${'all'.padStart(12)}`)
  for (const [name, breakdown] of Object.entries(await measureBreakdowns())) {
    const figures = parts.map((part) => breakdown[part])
    const all = figures.reduce((sum, figure) => sum + figure, 0)
    console.log(name.padEnd(18) + [...figures, all].map((figure) => figure.toLocaleString('en-US').padStart(12)).join(''))
  }
}

function printComparison(comparison: readonly Comparison[]): void {
  const heads = ['ours', 'must', 'aim'].map((text) => text.padStart(19)).join('')
  console.log(`${''.padEnd(51)}${heads}  ${''.padEnd(12)}best of the others`)
  for (const row of comparison) console.log(formatComparison(row))
  console.log()
}

if (import.meta.main) await main()
