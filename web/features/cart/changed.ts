import type { CartLine } from './kept'

const isSame = (a: Pick<CartLine, 'listingId' | 'choice'>, b: Pick<CartLine, 'listingId' | 'choice'>): boolean =>
  a.listingId === b.listingId && a.choice === b.choice

/** The lines after these were set; none of something takes it out, and what is there keeps its place. */
export function changed(lines: readonly CartLine[], changes: readonly CartLine[]): CartLine[] {
  const stays = lines.map((line) => changes.find((change) => isSame(line, change)) ?? line)
  const added = changes.filter((change) => !lines.some((line) => isSame(line, change)))
  return [...stays, ...added].filter(({ quantity }) => quantity > 0)
}

/** How many of a listing are there in one of its ways. */
export function quantityOf(lines: readonly CartLine[], listingId: string, choice: number): number {
  return lines.find((line) => isSame(line, { listingId, choice }))?.quantity ?? 0
}
