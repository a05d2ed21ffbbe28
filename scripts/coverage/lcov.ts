/** How much of one source file the tests run. */
export interface FileCoverage {
  readonly file: string
  readonly lines: Ratio
  readonly branches: Ratio
  readonly missedLines: readonly number[]
  /** Lines on which a branch is never taken. */
  readonly missedBranches: readonly number[]
}
export interface Ratio {
  readonly hit: number
  readonly all: number
}

/** Reads an LCOV trace: https://manpages.debian.org/geninfo (section FILES). */
export function parseLcov(text: string): FileCoverage[] {
  return text
    .split('end_of_record')
    .filter((record) => record.includes('SF:'))
    .map(coverageOf)
}

/** Sum of ratios over files. */
export function sumOf(files: readonly FileCoverage[], what: 'lines' | 'branches'): Ratio {
  return files.reduce((sum, file) => ({ hit: sum.hit + file[what].hit, all: sum.all + file[what].all }), { hit: 0, all: 0 })
}

/** Per cent with two digits, rounded down so that 100 means all. */
export function percentOf({ hit, all }: Ratio): string {
  return all === 0 ? '-' : (Math.floor((hit * 10_000) / all) / 100).toFixed(2)
}

function coverageOf(record: string): FileCoverage {
  const valuesOf = (key: string): string[][] =>
    [...record.matchAll(new RegExp(`^${key}:(.+)$`, 'gm'))].map(([, value]) => (value ?? '').split(','))
  const lines = valuesOf('DA').map(([line, hits]) => ({ line: Number(line), hit: Number(hits) > 0 }))
  const branches = valuesOf('BRDA').map(([line, , , hits]) => ({ line: Number(line), hit: Number(hits) > 0 }))
  const missed = (points: readonly { line: number; hit: boolean }[]): number[] => [
    ...new Set(points.filter(({ hit }) => !hit).map(({ line }) => line)),
  ]
  return {
    file: valuesOf('SF')[0]?.[0] ?? '',
    lines: { hit: lines.filter(({ hit }) => hit).length, all: lines.length },
    branches: { hit: branches.filter(({ hit }) => hit).length, all: branches.length },
    missedLines: missed(lines),
    missedBranches: missed(branches),
  }
}
