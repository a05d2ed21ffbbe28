-- breaking: no
-- The audit log: what was done, in the order in which it was sealed. Rows come and stay: the api may add and read them, no more.

-- Written in the transaction of the deed it tells, without any lock. Column `signature` is of the process that did it.
CREATE TABLE app.audit_entry (
  id UUID PRIMARY KEY,
  log TEXT NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL, -- milliseconds, as they are signed: nothing hides behind them
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  subject TEXT,
  details JSONB NOT NULL,
  key TEXT NOT NULL,
  signature TEXT NOT NULL
);
CREATE INDEX audit_entry_waiting ON app.audit_entry (log, at); -- the sealer looks at the newest only
CREATE INDEX audit_entry_actor ON app.audit_entry (actor, id);
CREATE INDEX audit_entry_subject ON app.audit_entry (subject, id) WHERE subject IS NOT NULL;
CREATE INDEX audit_entry_kind ON app.audit_entry (kind, id);

-- The chain: one row an entry, each with the hash of the one before. There can be no two of one number, so no fork.
CREATE TABLE app.audit_seal (
  log TEXT NOT NULL,
  seq BIGINT NOT NULL CHECK (seq > 0),
  entry_id UUID NOT NULL UNIQUE,
  prev TEXT NOT NULL,
  entry_hash TEXT NOT NULL,
  sealed_at TIMESTAMPTZ(3) NOT NULL,
  hash TEXT NOT NULL,
  key TEXT NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (log, seq)
);

-- Where to look for the anchors. The truth about them is on chain.
CREATE TABLE app.audit_anchor (
  tx_hash TEXT PRIMARY KEY,
  log TEXT NOT NULL,
  size BIGINT NOT NULL,
  head TEXT NOT NULL,
  block_number BIGINT NOT NULL,
  anchored_at TIMESTAMPTZ(3) NOT NULL
);
CREATE INDEX audit_anchor_newest ON app.audit_anchor (log, anchored_at DESC);

REVOKE ALL ON app.audit_entry, app.audit_seal, app.audit_anchor FROM fairhold_api;
GRANT SELECT, INSERT ON app.audit_entry, app.audit_seal, app.audit_anchor TO fairhold_api;
