-- breaking: no
-- What proves that a seller took a listing off the market: they signed so, at a time that they name. See docs/decisions/019.

ALTER TABLE app.listing
  ADD COLUMN withdrawn_at BIGINT, -- seconds, as signed; null where nobody signed it: an edit, or a program of the seller's
  ADD COLUMN withdrawal TEXT, -- the signature
  ADD CONSTRAINT listing_withdrawal CHECK ((withdrawn_at IS NULL) = (withdrawal IS NULL) AND (withdrawal IS NULL OR status = 'withdrawn'));
