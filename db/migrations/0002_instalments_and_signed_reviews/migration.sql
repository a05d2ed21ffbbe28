-- breaking: yes, the contracts are others: offers signed for the old ones cannot be taken, and the chain is indexed anew
-- Deals in instalments, fees that wait to be collected, offers voided by their nonce, reviews signed off chain.

TRUNCATE chain.block, chain.event, chain.deal, chain.offer_void, chain.counter, chain.credit, chain.review, chain.checkpoint, chain.outbox;

ALTER TABLE chain.deal
  ADD COLUMN deposit_bps INT NOT NULL,
  ADD COLUMN funding_seconds BIGINT NOT NULL,
  ADD COLUMN paid NUMERIC(78, 0) NOT NULL,
  ADD COLUMN funded_at BIGINT,
  ADD COLUMN fees_due BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN fees_collected_at BIGINT;
CREATE INDEX deal_fees_due ON chain.deal (operator, ended_at) WHERE fees_due;

ALTER TABLE chain.counter ADD COLUMN voided_nonces SMALLINT[] NOT NULL DEFAULT '{}';
CREATE INDEX event_voiding ON chain.event ((args ->> 'maker'), block_number, log_index) WHERE name IN ('AllOffersVoided', 'NoncesVoided');

-- A review that both sides signed off chain is published without having been committed on chain before.
ALTER TABLE chain.review ALTER COLUMN commitment DROP NOT NULL, ALTER COLUMN committed_at DROP NOT NULL;

DELETE FROM app.review;
ALTER TABLE app.review
  ADD COLUMN text_hash TEXT NOT NULL,
  ADD COLUMN publisher TEXT NOT NULL,
  ADD COLUMN publish_signature TEXT NOT NULL,
  ADD COLUMN commit_signature TEXT NOT NULL;

UPDATE app.listing SET status = 'withdrawn', updated_at = now() WHERE NOT (offer ? 'nonce');
