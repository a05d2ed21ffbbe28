import type { Place } from './sealed.ts'

/**
 * Every private column of schema app that lasts, by table. `key` is the column that names the row. Each sealed column (bytea) may
 * have a plain one (text) that it took the place of, which is to be empty. Keys are changed over all of these; answers kept for
 * idempotency keys are sealed too, but live for two days only.
 */
export const privateTables = {
  shipping: {
    key: 'deal_id',
    columns: {
      address_sealed: 'address_text',
      carrier_sealed: 'carrier',
      tracking_number_sealed: 'tracking_number',
      tracking_salt_sealed: 'tracking_salt',
    },
  },
  totp: { key: 'account_id', columns: { secret_sealed: null } },
} as const satisfies Record<string, PrivateTable>

export interface PrivateTable {
  key: string
  columns: Record<string, string | null>
}

type Tables = typeof privateTables
export type TableName = keyof Tables

/** Where a value of a private column belongs. */
export function placeOf<T extends TableName>(table: T, column: keyof Tables[T]['columns'] & string, row: string): Place {
  return { table, column, row }
}
