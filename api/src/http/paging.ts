import { z } from 'zod'
import { AppError } from './errors.ts'

/** Where a page ends: the sort key of its last row, and the row's id to tell equal keys apart. Opaque to clients. */
const cursorShape = z.tuple([z.string().regex(/^-?\d{1,80}(\.\d{1,40})?$/), z.string().regex(/^[\x21-\x7e]{1,200}$/)])

export interface Cursor {
  /** Decimal number. */
  key: string
  id: string
}

export function encodeCursor({ key, id }: Cursor): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

/** @throws AppError BAD_CURSOR for anything we did not make. */
export function decodeCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null
  try {
    const [key, id] = cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return { key, id }
  } catch {
    throw new AppError('BAD_CURSOR', 'The cursor is not one that a page of this list gave.')
  }
}

/** A page from `limit + 1` rows: the extra one only says that there is more. */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  { cursorOf, toItem }: { cursorOf: (row: Row) => Cursor; toItem: (row: Row) => Item },
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(toItem), nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null }
}
