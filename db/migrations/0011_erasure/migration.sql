-- breaking: no
-- What a person who deleted their account leaves with a deal that was open then. It goes when the deal is over.

CREATE TABLE app.pending_erasure (
  deal_id TEXT NOT NULL,
  address TEXT NOT NULL, -- the wallet with which they are in the deal
  since TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (deal_id, address)
);

-- An export or a deletion looks for what somebody wrote, wherever that is.
CREATE INDEX media_owner ON app.media (owner);
CREATE INDEX statement_author ON app.statement (author);
CREATE INDEX review_author ON app.review (author);
