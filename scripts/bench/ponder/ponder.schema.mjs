// What Ponder keeps: a deal of 14 columns with three indexes, and an event of 8. The same as the floors, in Ponder's own types.
import { index, onchainTable, primaryKey } from 'ponder'

export const deal = onchainTable(
  'deal',
  (t) => ({
    id: t.hex().primaryKey(),
    state: t.text().notNull(),
    seller: t.hex().notNull(),
    buyer: t.hex().notNull(),
    token: t.hex().notNull(),
    price: t.bigint().notNull(),
    arbiter: t.hex().notNull(),
    operator: t.hex().notNull(),
    itemHash: t.hex().notNull(),
    deadline: t.integer().notNull(),
    released: t.bigint().notNull(),
    fee: t.bigint().notNull(),
    openedBlock: t.integer().notNull(),
    updatedBlock: t.integer().notNull(),
  }),
  (table) => ({
    bySeller: index().on(table.seller),
    byBuyer: index().on(table.buyer),
    byDeadline: index().on(table.state, table.deadline),
  }),
)

export const event = onchainTable(
  'event',
  (t) => ({
    blockNumber: t.integer().notNull(),
    logIndex: t.integer().notNull(),
    blockHash: t.hex().notNull(),
    txHash: t.hex().notNull(),
    address: t.hex().notNull(),
    name: t.text().notNull(),
    dealId: t.hex(),
    args: t.json().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.blockNumber, table.logIndex] }) }),
)
