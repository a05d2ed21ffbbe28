/** The floors' tables: what Ponder's handlers keep, in the smallest types, and a cursor. */
export const FLOOR_TABLES = `
  create table event (
    block_number bigint not null, log_index int not null, block_hash bytea not null, tx_hash bytea not null, address bytea not null,
    name text not null, args json not null, deal_id bytea, primary key (block_number, log_index)
  );
  create table deal (
    id bytea primary key, state text not null, seller bytea not null, buyer bytea not null, token bytea not null,
    price numeric(78, 0) not null, arbiter bytea not null, operator bytea not null, item_hash bytea not null,
    deadline bigint not null, released numeric(78, 0) not null, fee numeric(78, 0) not null,
    opened_block bigint not null, updated_block bigint not null
  );
  create index deal_seller on deal (seller);
  create index deal_buyer on deal (buyer);
  create index deal_deadline on deal (state, deadline);
  create table cursor (only_row boolean primary key default true, block_number bigint not null);
  insert into cursor (block_number) values (-1);`

const columns = ['state', 'released', 'fee', 'deadline', 'updated_block'] as const // the rest of a deal never changes

/** What an upsert of a deal sets where the deal is there. */
export const CHANGING = columns.map((column) => `${column} = excluded.${column}`).join(', ')

/** Moves deals from a temporary table into theirs. */
export const UPSERT_DEALS = `insert into deal select * from incoming on conflict (id) do update set ${CHANGING}`
