-- breaking: no, first version
-- Schema `chain`: what the chain says. Written by the indexer alone; can be dropped and rebuilt from block 0.
-- Schema `app`: what people wrote and the chain does not hold. Written by the api alone.
-- Addresses and hashes are lower-case 0x hex; wei are NUMERIC(78,0); times of the chain are seconds.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE SCHEMA IF NOT EXISTS chain;
CREATE SCHEMA IF NOT EXISTS app;

CREATE TYPE chain.deal_state AS ENUM (
  'none', 'partlyFunded', 'funded', 'shipped', 'delivered', 'completed', 'refunded', 'settled', 'disputed', 'resolved', 'cancelled'
);

CREATE TABLE chain.block (
  number BIGINT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  parent_hash TEXT NOT NULL,
  timestamp BIGINT NOT NULL
);

CREATE TABLE chain.event (
  block_hash TEXT NOT NULL,
  log_index INT NOT NULL,
  block_number BIGINT NOT NULL,
  tx_hash TEXT NOT NULL,
  address TEXT NOT NULL,
  name TEXT NOT NULL,
  deal_id TEXT,
  args JSONB NOT NULL,
  timestamp BIGINT NOT NULL,
  PRIMARY KEY (block_hash, log_index)
);
CREATE INDEX event_deal ON chain.event (deal_id, block_number, log_index);
CREATE INDEX event_block ON chain.event (block_number);

CREATE TABLE chain.deal (
  id TEXT PRIMARY KEY,
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
  ship_seconds BIGINT NOT NULL,
  delivery_seconds BIGINT NOT NULL,
  inspection_seconds BIGINT NOT NULL,
  ruling_seconds BIGINT NOT NULL,
  item_hash TEXT NOT NULL,
  salt TEXT NOT NULL,
  terms JSONB NOT NULL,
  deadline BIGINT NOT NULL,
  released NUMERIC(78, 0) NOT NULL DEFAULT 0,
  refunded NUMERIC(78, 0) NOT NULL DEFAULT 0,
  to_seller NUMERIC(78, 0) NOT NULL DEFAULT 0,
  to_buyer NUMERIC(78, 0) NOT NULL DEFAULT 0,
  operator_fee NUMERIC(78, 0) NOT NULL DEFAULT 0,
  arbiter_fee NUMERIC(78, 0) NOT NULL DEFAULT 0,
  tracking_hash TEXT,
  statement_hash TEXT,
  disputed_by TEXT,
  buyer_bps INT,
  reason_hash TEXT,
  opened_at BIGINT NOT NULL,
  opened_block BIGINT NOT NULL,
  shipped_at BIGINT,
  delivered_at BIGINT,
  disputed_at BIGINT,
  ended_at BIGINT,
  updated_block BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX deal_seller ON chain.deal (seller, opened_at DESC, id);
CREATE INDEX deal_buyer ON chain.deal (buyer, opened_at DESC, id);
CREATE INDEX deal_arbiter ON chain.deal (arbiter, opened_at DESC, id);
CREATE INDEX deal_deadline ON chain.deal (state, deadline);
CREATE INDEX deal_item ON chain.deal (item_hash);

CREATE TABLE chain.offer_void (
  deal_id TEXT PRIMARY KEY,
  maker TEXT NOT NULL,
  block_number BIGINT NOT NULL
);

CREATE TABLE chain.counter (
  maker TEXT PRIMARY KEY,
  counter NUMERIC(78, 0) NOT NULL
);

CREATE TABLE chain.credit (
  token TEXT NOT NULL,
  account TEXT NOT NULL,
  amount NUMERIC(78, 0) NOT NULL,
  PRIMARY KEY (token, account)
);

CREATE TABLE chain.review (
  deal_id TEXT NOT NULL,
  author TEXT NOT NULL,
  subject TEXT NOT NULL,
  commitment TEXT NOT NULL,
  committed_at BIGINT NOT NULL,
  score INT,
  text_hash TEXT,
  revealed_at BIGINT,
  PRIMARY KEY (deal_id, author)
);
CREATE INDEX review_subject ON chain.review (subject, revealed_at DESC);

CREATE TABLE chain.checkpoint (
  chain_id BIGINT PRIMARY KEY,
  block_number BIGINT NOT NULL,
  block_hash TEXT NOT NULL,
  finalized_number BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE chain.outbox (
  id BIGSERIAL PRIMARY KEY,
  kind TEXT NOT NULL,
  deal_id TEXT,
  accounts TEXT[] NOT NULL DEFAULT '{}',
  block_number BIGINT NOT NULL,
  payload JSONB NOT NULL DEFAULT '{}'
);

CREATE TABLE app.account (
  address TEXT PRIMARY KEY,
  did TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  bio TEXT NOT NULL DEFAULT '',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE app.login_nonce (
  nonce_hash TEXT PRIMARY KEY,
  browser_hash TEXT NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  used_at TIMESTAMPTZ
);

CREATE TABLE app.session (
  token_hash TEXT PRIMARY KEY,
  address TEXT NOT NULL REFERENCES app.account (address),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL,
  user_agent TEXT NOT NULL DEFAULT '',
  revoked_at TIMESTAMPTZ
);
CREATE INDEX session_address ON app.session (address);

CREATE TABLE app.media (
  sha256 TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  width INT NOT NULL,
  height INT NOT NULL,
  bytes INT NOT NULL,
  mime TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE app.listing (
  id TEXT PRIMARY KEY,
  seller TEXT NOT NULL,
  content JSONB NOT NULL,
  item_hash TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  category TEXT NOT NULL,
  condition TEXT NOT NULL,
  place TEXT NOT NULL,
  token TEXT NOT NULL,
  price NUMERIC(78, 0) NOT NULL,
  quantity INT NOT NULL,
  offer JSONB NOT NULL,
  signature TEXT NOT NULL,
  expiry BIGINT NOT NULL,
  arbiter TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'withdrawn')),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  search TSVECTOR GENERATED ALWAYS AS (
    setweight(to_tsvector('english', title), 'A')
    || setweight(to_tsvector('english', category || ' ' || condition || ' ' || place), 'B')
    || setweight(to_tsvector('english', description), 'C')
  ) STORED
);
CREATE INDEX listing_search ON app.listing USING GIN (search);
CREATE INDEX listing_title ON app.listing USING GIN (title gin_trgm_ops);
CREATE INDEX listing_newest ON app.listing (created_at DESC, id) WHERE status = 'active';
CREATE INDEX listing_price ON app.listing (token, price, id) WHERE status = 'active';
CREATE INDEX listing_seller ON app.listing (seller, created_at DESC);
CREATE INDEX listing_item ON app.listing (item_hash);

CREATE TABLE app.listing_unit (
  deal_id TEXT PRIMARY KEY,
  listing_id TEXT NOT NULL REFERENCES app.listing (id),
  unit INT NOT NULL
);
CREATE INDEX listing_unit_listing ON app.listing_unit (listing_id, unit);

CREATE TABLE app.shipping (
  deal_id TEXT PRIMARY KEY,
  address_text TEXT,
  carrier TEXT,
  tracking_number TEXT,
  tracking_salt TEXT,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE app.statement (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  deal_id TEXT NOT NULL,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (deal_id, author, text_hash)
);
CREATE INDEX statement_deal ON app.statement (deal_id, created_at);

CREATE TABLE app.settlement (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  deal_id TEXT NOT NULL,
  to_buyer NUMERIC(78, 0) NOT NULL,
  remaining NUMERIC(78, 0) NOT NULL,
  expiry BIGINT NOT NULL,
  buyer_signature TEXT,
  seller_signature TEXT,
  proposed_by TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (deal_id, to_buyer, remaining, expiry)
);

CREATE TABLE app.ruling (
  deal_id TEXT PRIMARY KEY,
  arbiter TEXT NOT NULL,
  buyer_bps INT NOT NULL,
  reason TEXT NOT NULL,
  reason_hash TEXT NOT NULL,
  signature TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  submitted_tx TEXT
);

CREATE TABLE app.review (
  deal_id TEXT NOT NULL,
  author TEXT NOT NULL,
  score INT NOT NULL,
  text TEXT NOT NULL,
  secret TEXT NOT NULL,
  commitment TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (deal_id, author)
);

CREATE TABLE app.idempotency (
  key TEXT NOT NULL,
  account TEXT NOT NULL,
  route TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status INT NOT NULL,
  body JSONB NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (key, account, route)
);

-- Two writers, each confined to its own schema. Passwords are set by whoever runs the server (see db/src/roles.ts).
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fairhold_indexer') THEN CREATE ROLE fairhold_indexer LOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fairhold_api') THEN CREATE ROLE fairhold_api LOGIN; END IF;
END $$;

GRANT USAGE ON SCHEMA chain TO fairhold_indexer, fairhold_api;
GRANT USAGE ON SCHEMA app TO fairhold_api;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA chain TO fairhold_indexer;
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA chain TO fairhold_indexer;
GRANT SELECT ON ALL TABLES IN SCHEMA chain TO fairhold_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA app TO fairhold_api;
ALTER DEFAULT PRIVILEGES IN SCHEMA chain GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON TABLES TO fairhold_indexer;
ALTER DEFAULT PRIVILEGES IN SCHEMA chain GRANT SELECT ON TABLES TO fairhold_api;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO fairhold_api;
