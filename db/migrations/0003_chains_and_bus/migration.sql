-- breaking: no for people; the chain is indexed anew, since every row of it now says which chain it is of
-- Several chains side by side, events partitioned by height, deals that halted, a rolling digest; the outbox in a schema of its
-- own, because it outlives a rebuild of schema `chain`.

DROP TABLE chain.block, chain.event, chain.deal, chain.offer_void, chain.counter, chain.credit, chain.review, chain.checkpoint, chain.outbox;

CREATE TABLE chain.block (
  chain TEXT NOT NULL,
  number BIGINT NOT NULL,
  hash TEXT NOT NULL,
  parent_hash TEXT NOT NULL,
  timestamp BIGINT NOT NULL,
  digest TEXT NOT NULL, -- of this block, its events and the digest before it: indexer/src/store/digest.ts
  PRIMARY KEY (chain, number)
);

CREATE TABLE chain.event (
  chain TEXT NOT NULL,
  block_number BIGINT NOT NULL,
  log_index INT NOT NULL,
  block_hash TEXT NOT NULL,
  tx_hash TEXT NOT NULL,
  address TEXT NOT NULL,
  name TEXT NOT NULL,
  deal_id TEXT,
  args JSONB NOT NULL,
  timestamp BIGINT NOT NULL,
  PRIMARY KEY (chain, block_number, log_index)
) PARTITION BY RANGE (block_number);
CREATE INDEX event_deal ON chain.event (deal_id, block_number, log_index);
CREATE INDEX event_voiding ON chain.event ((args ->> 'maker'), block_number, log_index) WHERE name IN ('AllOffersVoided', 'NoncesVoided');

-- A partition holds a million heights: the index that new events go to stays of one size, however long the chain becomes.
CREATE FUNCTION chain.make_event_partition(schema_name TEXT, height BIGINT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part BIGINT := height / 1000000;
BEGIN
  IF schema_name NOT IN ('chain', 'chain_next') OR part < 0 THEN RAISE EXCEPTION 'no events are kept in %', schema_name; END IF;
  EXECUTE format('CREATE TABLE IF NOT EXISTS %1$I.event_%2$s PARTITION OF %1$I.event FOR VALUES FROM (%3$s) TO (%4$s)',
    schema_name, part, part * 1000000, (part + 1) * 1000000);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON %I.event_%s TO fairhold_indexer', schema_name, part);
  EXECUTE format('GRANT SELECT ON %I.event_%s TO fairhold_api', schema_name, part);
END $$;
REVOKE ALL ON FUNCTION chain.make_event_partition FROM PUBLIC;
GRANT EXECUTE ON FUNCTION chain.make_event_partition TO fairhold_indexer;
SELECT chain.make_event_partition('chain', 0);

CREATE TABLE chain.deal (
  chain TEXT NOT NULL,
  id TEXT NOT NULL,
  state chain.deal_state NOT NULL,
  seller TEXT NOT NULL,
  buyer TEXT NOT NULL,
  token TEXT NOT NULL,
  price NUMERIC(78, 0) NOT NULL,
  arbiter TEXT NOT NULL,
  operator TEXT NOT NULL,
  operator_fee_bps INT NOT NULL,
  arbiter_fee_bps INT NOT NULL,
  silent_award_bps INT NOT NULL,
  deposit_bps INT NOT NULL,
  funding_seconds BIGINT NOT NULL,
  ship_seconds BIGINT NOT NULL,
  delivery_seconds BIGINT NOT NULL,
  inspection_seconds BIGINT NOT NULL,
  ruling_seconds BIGINT NOT NULL,
  item_hash TEXT NOT NULL,
  salt TEXT NOT NULL,
  terms JSONB NOT NULL,
  deadline BIGINT NOT NULL,
  paid NUMERIC(78, 0) NOT NULL,
  released NUMERIC(78, 0) NOT NULL DEFAULT 0,
  refunded NUMERIC(78, 0) NOT NULL DEFAULT 0,
  to_seller NUMERIC(78, 0) NOT NULL DEFAULT 0,
  to_buyer NUMERIC(78, 0) NOT NULL DEFAULT 0,
  operator_fee NUMERIC(78, 0) NOT NULL DEFAULT 0,
  arbiter_fee NUMERIC(78, 0) NOT NULL DEFAULT 0,
  fees_due BOOLEAN NOT NULL DEFAULT FALSE,
  fees_collected_at BIGINT,
  tracking_hash TEXT,
  statement_hash TEXT,
  disputed_by TEXT,
  buyer_bps INT,
  reason_hash TEXT,
  opened_at BIGINT NOT NULL,
  opened_block BIGINT NOT NULL,
  funded_at BIGINT,
  shipped_at BIGINT,
  delivered_at BIGINT,
  disputed_at BIGINT,
  ended_at BIGINT,
  updated_block BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (chain, id)
);
CREATE INDEX deal_newest ON chain.deal (chain, opened_at DESC, id DESC);
CREATE INDEX deal_seller ON chain.deal (seller, opened_at DESC, id DESC);
CREATE INDEX deal_buyer ON chain.deal (buyer, opened_at DESC, id DESC);
CREATE INDEX deal_arbiter ON chain.deal (arbiter, opened_at DESC, id DESC);
CREATE INDEX deal_disputed ON chain.deal (arbiter, opened_at DESC, id DESC) WHERE disputed_at IS NOT NULL;
CREATE INDEX deal_disputed_state ON chain.deal (arbiter, state) WHERE disputed_at IS NOT NULL; -- the few that are open among all
CREATE INDEX deal_deadline ON chain.deal (state, deadline);
CREATE INDEX deal_fees_due ON chain.deal (operator, ended_at) WHERE fees_due;

CREATE TABLE chain.offer_void (
  chain TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  maker TEXT NOT NULL,
  block_number BIGINT NOT NULL,
  PRIMARY KEY (chain, deal_id)
);

CREATE TABLE chain.counter (
  chain TEXT NOT NULL,
  maker TEXT NOT NULL,
  counter NUMERIC(78, 0) NOT NULL,
  voided_nonces SMALLINT[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (chain, maker)
);

CREATE TABLE chain.credit (
  chain TEXT NOT NULL,
  token TEXT NOT NULL,
  account TEXT NOT NULL,
  amount NUMERIC(78, 0) NOT NULL,
  PRIMARY KEY (chain, token, account)
);

CREATE TABLE chain.review (
  chain TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  author TEXT NOT NULL,
  subject TEXT NOT NULL,
  commitment TEXT,
  committed_at BIGINT,
  score INT,
  text_hash TEXT,
  revealed_at BIGINT,
  PRIMARY KEY (chain, deal_id, author)
);
CREATE INDEX review_subject ON chain.review (subject, revealed_at DESC);

-- A deal whose events contradict the state machine: its rows stay as they were before the event that could not follow.
CREATE TABLE chain.halt (
  chain TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  event_name TEXT NOT NULL,
  block_number BIGINT NOT NULL,
  log_index INT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (chain, deal_id)
);

CREATE TABLE chain.checkpoint (
  chain TEXT PRIMARY KEY,
  block_number BIGINT NOT NULL,
  block_hash TEXT NOT NULL,
  finalized_number BIGINT NOT NULL,
  contracts TEXT NOT NULL, -- which contracts the rows are about, and from which block on
  stopped TEXT -- why these rows can no longer be trusted; null while they can
);

CREATE SCHEMA bus;

-- One row for each event that was stored or taken back, in the transaction that did so. Positions grow in the order of commits.
CREATE TABLE bus.outbox (
  position BIGINT PRIMARY KEY,
  chain TEXT NOT NULL,
  kind TEXT NOT NULL,
  retracted BOOLEAN NOT NULL,
  deal_id TEXT,
  accounts TEXT[] NOT NULL,
  block_number BIGINT NOT NULL,
  block_hash TEXT,
  log_index INT,
  tx_hash TEXT,
  payload JSONB NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE SEQUENCE bus.outbox_position;

-- How far each consumer has come.
CREATE TABLE bus.consumer (
  name TEXT PRIMARY KEY,
  position BIGINT NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  stuck TEXT -- why it cannot go on; null while it can
);

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA chain TO fairhold_indexer;
GRANT SELECT ON ALL TABLES IN SCHEMA chain TO fairhold_api;
GRANT USAGE ON SCHEMA bus TO fairhold_indexer, fairhold_api;
GRANT SELECT, INSERT ON bus.outbox TO fairhold_indexer;
GRANT USAGE, SELECT, UPDATE ON SEQUENCE bus.outbox_position TO fairhold_indexer;
GRANT SELECT, DELETE ON bus.outbox TO fairhold_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON bus.consumer TO fairhold_api;
