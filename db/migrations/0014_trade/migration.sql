-- breaking: no
-- Negotiating and the relayer. What became of a bid on chain is read from chain.deal, chain.offer_void and chain.counter.

-- An offer between two people on one listing: a buyer's bid or the seller's counter. `id` is the deal that it would open.
CREATE TABLE app.bid (
  id TEXT PRIMARY KEY,
  listing_id TEXT NOT NULL,
  choice SMALLINT NOT NULL, -- how it would be shipped: one of the listing's choices
  maker TEXT NOT NULL,
  seller TEXT NOT NULL,
  buyer TEXT NOT NULL,
  token TEXT NOT NULL,
  price NUMERIC(78, 0) NOT NULL,
  offer JSONB NOT NULL,
  signature TEXT NOT NULL,
  payment JSONB, -- a bidder's signed payment; null where an allowance pays, and in counters
  unit INT, -- of the listing: known once somebody takes it
  note TEXT NOT NULL DEFAULT '',
  expiry BIGINT NOT NULL,
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'declined', 'withdrawn', 'countered')),
  handed_at TIMESTAMPTZ, -- when its signature was given to the other side: before that nobody can take it
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  closed_at TIMESTAMPTZ,
  CHECK (maker IN (seller, buyer))
);
-- Two people have one open offer on a listing at most: whoever answers closes the one before.
CREATE UNIQUE INDEX bid_open ON app.bid (listing_id, buyer) WHERE status = 'open';
CREATE INDEX bid_listing ON app.bid (listing_id, created_at DESC);
CREATE INDEX bid_seller ON app.bid (seller, created_at DESC, id DESC);
CREATE INDEX bid_buyer ON app.bid (buyer, created_at DESC, id DESC);

-- What people signed for the relayer to send, and how far that is.
CREATE TABLE app.relay (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id UUID NOT NULL REFERENCES app.account (id) ON DELETE CASCADE,
  signer TEXT NOT NULL, -- whose signature it carries
  deal_id TEXT NOT NULL,
  action TEXT NOT NULL,
  data TEXT NOT NULL, -- the call of the escrow
  digest TEXT NOT NULL, -- keccak256 of it
  token TEXT NOT NULL,
  tip NUMERIC(78, 0) NOT NULL,
  expires BIGINT NOT NULL, -- last chain second at which it can work
  status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'sending', 'done', 'failed')),
  nonce BIGINT, -- of the relayer's account, from the moment a transaction is signed
  transactions JSONB NOT NULL DEFAULT '[]', -- signed, in the order in which they replaced each other: [{hash, raw}]
  sent_at TIMESTAMPTZ,
  problem TEXT, -- why it failed: a contract's error, or a word of ours
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
-- The same call is under way once, however often it is asked for.
CREATE UNIQUE INDEX relay_digest ON app.relay (digest) WHERE status <> 'failed';
CREATE INDEX relay_due ON app.relay (created_at) WHERE status IN ('queued', 'sending');
CREATE INDEX relay_account ON app.relay (account_id, created_at DESC);
CREATE INDEX relay_deal ON app.relay (deal_id, created_at DESC);
