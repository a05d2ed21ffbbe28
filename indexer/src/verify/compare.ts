import { columnsOf, type Rows, type TableName } from '../store/tables.ts'

const SHOWN_DIFFERENCES = 3

/** A row that only one side has. A row that was altered comes twice: as it should be, and as it is. */
export type Difference = { side: 'only in the table' | 'only on the chain'; row: string }

/** How the rows of a table fared: counted as they should be, with the first few differences. */
export type Tally = { table: TableName; rows: number; differences: number; shown: Difference[] }

/** Counts compared rows by table. */
export type Tallies = ReturnType<typeof createTallies>

export function createTallies() {
  const tallies = new Map<TableName, Tally>()
  const tallyOf = (table: TableName): Tally => {
    const tally = tallies.get(table) ?? { table, rows: 0, differences: 0, shown: [] }
    tallies.set(table, tally)
    return tally
  }
  return {
    all: (): Tally[] => [...tallies.values()],
    /** Compares the rows that should be with those that are, in whatever order. */
    compare: <T extends TableName>(table: T, expected: readonly Rows[T][], stored: readonly Rows[T][]): void => {
      const tally = tallyOf(table)
      tally.rows += expected.length
      const found = differencesOf(texts(table, expected), texts(table, stored))
      tally.differences += found.length
      tally.shown.push(...found.slice(0, SHOWN_DIFFERENCES - tally.shown.length))
    },
  }
}

/** One line for a table, and one for each difference shown. */
export function linesOf({ table, rows, differences, shown }: Tally): string[] {
  const verdict = differences === 0 ? 'same' : `${differences} DIFFERENCES`
  const line = `${table.padEnd(10)} ${rows.toLocaleString('en').padStart(11)} rows  ${verdict}`
  return [line, ...shown.map(({ side, row }) => `  ${side}: ${row}`)]
}

function differencesOf(expected: readonly string[], stored: readonly string[]): Difference[] {
  const [wanted, found] = [new Set(expected), new Set(stored)]
  const missing = expected.filter((row) => !found.has(row))
  const strange = stored.filter((row) => !wanted.has(row))
  return [
    ...missing.map((row): Difference => ({ side: 'only on the chain', row })),
    ...strange.map((row): Difference => ({ side: 'only in the table', row })),
  ]
}

function texts<T extends TableName>(table: T, rows: readonly Rows[T][]): string[] {
  const columns = columnsOf(table) as (keyof Rows[T])[]
  return rows.map((row) => JSON.stringify(Object.fromEntries(columns.map((column) => [column, toJson(row[column])]))))
}

function toJson(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : (value ?? null)
}
