-- breaking: no
-- Bids that end by themselves, sales that leave units over, and what the relayer pays for nothing.

-- ended: expired, voided on chain or become a deal; written once its buyer makes another, so that it does not stand in the way.
ALTER TABLE app.bid DROP CONSTRAINT bid_status_check,
  ADD CONSTRAINT bid_status_check CHECK (status IN ('open', 'declined', 'withdrawn', 'countered', 'ended'));
CREATE INDEX bid_handed ON app.bid (handed_at) WHERE handed_at IS NOT NULL;

-- changed: a unit of it was sold, and others are left.
ALTER TABLE app.listing_event DROP CONSTRAINT listing_event_change_check,
  ADD CONSTRAINT listing_event_change_check CHECK (change IN ('new', 'changed', 'gone'));

ALTER TABLE app.relay
  ADD COLUMN amount NUMERIC(78, 0) NOT NULL DEFAULT 0, -- what its signer pays: price and tip
  ADD COLUMN newcomer BOOLEAN NOT NULL DEFAULT FALSE; -- whether the account had no deal yet that this market earns from
CREATE INDEX relay_paying ON app.relay (signer, token) WHERE status IN ('queued', 'sending') AND action = 'open';
-- What earned nothing is counted for everybody together: what pays no tip, and what was mined and undone.
DROP INDEX app.relay_free;
CREATE INDEX relay_unpaid ON app.relay (created_at) WHERE tip = 0 OR (status = 'failed' AND transactions <> '[]');
