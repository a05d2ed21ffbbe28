import type { Database } from '@fairhold/db/client'
import type { ProviderName, Wrapped } from './provider.ts'

/** A row of app.data_key. One row, the current one, has not been retired; new values go under it. */
export interface DataKeyRow extends Wrapped {
  id: string
  provider: ProviderName
  createdAt: Date
  wrappedAt: Date
  retiredAt: Date | null
}

const select = { id: true, provider: true, wrappingKey: true, wrapped: true, createdAt: true, wrappedAt: true, retiredAt: true }

export async function findDataKey(db: Database, id: string): Promise<DataKeyRow | null> {
  return (await db.dataKey.findUnique({ where: { id }, select })) as DataKeyRow | null // providers are checked by the table
}

export async function findCurrentDataKey(db: Database): Promise<string | null> {
  return (await db.dataKey.findFirst({ where: { retiredAt: null }, select: { id: true } }))?.id ?? null
}

/** Oldest first. There are few: one for each time that the data key was changed. */
export async function listDataKeys(db: Database): Promise<DataKeyRow[]> {
  return (await db.dataKey.findMany({ select, orderBy: { createdAt: 'asc' }, take: 1000 })) as DataKeyRow[]
}

export type NewDataKey = Pick<DataKeyRow, 'id' | 'provider' | 'wrappingKey' | 'wrapped'>

/** Whether it became the current one: of several processes that make the first key at once, one wins. */
export async function insertFirstDataKey(db: Database, row: NewDataKey): Promise<boolean> {
  const inserted = await db.$executeRaw`
    INSERT INTO app.data_key (id, provider, wrapping_key, wrapped)
    VALUES (${row.id}::uuid, ${row.provider}, ${row.wrappingKey}, ${row.wrapped}) ON CONFLICT DO NOTHING`
  return inserted === 1
}

/** Retires the current key and puts another in its place. */
export async function replaceDataKey(db: Database, { id, provider, wrappingKey, wrapped }: NewDataKey): Promise<void> {
  await db.$transaction([
    db.dataKey.updateMany({ where: { retiredAt: null }, data: { retiredAt: new Date() } }),
    db.dataKey.create({ data: { id, provider, wrappingKey, wrapped: Buffer.from(wrapped) } }),
  ])
}

/** Exchanges the wrapping, unless somebody else did meanwhile. */
export async function rewrapDataKey(db: Database, row: DataKeyRow, next: Wrapped & { provider: ProviderName }): Promise<boolean> {
  const where = { id: row.id, wrapped: Buffer.from(row.wrapped) }
  const { provider, wrappingKey } = next
  const data = { provider, wrappingKey, wrapped: Buffer.from(next.wrapped), wrappedAt: new Date() }
  return (await db.dataKey.updateMany({ where, data })).count === 1
}

export async function deleteDataKeys(db: Database, ids: readonly string[]): Promise<void> {
  await db.dataKey.deleteMany({ where: { id: { in: [...ids] }, retiredAt: { not: null } } })
}
