-- breaking: no
-- Listings with attributes, a town and several ways of shipping, each of which is an offer of its own; drafts; towns.

ALTER TABLE app.listing
  ADD COLUMN language TEXT NOT NULL DEFAULT 'en', -- title and description are written in it
  ADD COLUMN attributes JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN brand TEXT,
  ADD COLUMN country TEXT,
  ADD COLUMN town TEXT,
  ADD COLUMN town_id INT,
  ADD COLUMN lat FLOAT8, -- of the town: never of a person
  ADD COLUMN lon FLOAT8,
  ADD COLUMN ships_to TEXT[] NOT NULL DEFAULT '{}', -- codes of countries, or * alone; empty where words say it, or nothing is sent
  ADD COLUMN pickup BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN shipping_from NUMERIC(78, 0), -- the cheapest way of shipping, on top of the price; null where nothing is sent
  ADD COLUMN cover TEXT, -- the first photo
  ADD COLUMN nonce SMALLINT, -- the group that its offers can be voided with
  ADD COLUMN replaces TEXT REFERENCES app.listing (id) ON DELETE SET NULL; -- the listing that this one is an edit of

-- So far the price had everything included.
UPDATE app.listing SET shipping_from = 0, cover = content -> 'photos' ->> 0, nonce = COALESCE((offer ->> 'nonce')::smallint, 0);
ALTER TABLE app.listing ALTER COLUMN nonce SET NOT NULL;

CREATE UNIQUE INDEX listing_replaces ON app.listing (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX listing_nonce ON app.listing (seller, nonce) WHERE status = 'active';

-- What a buyer can take: one signed offer for each way that the listing can be had.
CREATE TABLE app.listing_offer (
  listing_id TEXT NOT NULL REFERENCES app.listing (id),
  choice SMALLINT NOT NULL,
  offer JSONB NOT NULL,
  signature TEXT NOT NULL,
  price NUMERIC(78, 0) NOT NULL, -- the item and this shipping
  PRIMARY KEY (listing_id, choice)
);
INSERT INTO app.listing_offer (listing_id, choice, offer, signature, price) SELECT id, 0, offer, signature, price FROM app.listing;

-- A unit has a deal for each choice; it is gone when any of them is.
ALTER TABLE app.listing_unit ADD COLUMN choice SMALLINT NOT NULL DEFAULT 0;

-- What somebody has begun to write. `form` is what they typed, mistakes included.
CREATE TABLE app.draft (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id UUID NOT NULL REFERENCES app.account (id),
  listing_id TEXT REFERENCES app.listing (id) ON DELETE SET NULL, -- that it is an edit of
  revision INT NOT NULL DEFAULT 1, -- raised by each save: who saves over another one is told
  form JSONB NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX draft_account ON app.draft (account_id, updated_at DESC);

-- The towns of GeoNames with more than a thousand people, filled by the api when it first needs them.
CREATE TABLE app.town (
  id INT PRIMARY KEY,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  region TEXT NOT NULL, -- code of GeoNames within the country: tells towns of one name apart
  population INT NOT NULL,
  lat FLOAT8 NOT NULL,
  lon FLOAT8 NOT NULL
);

-- What a town can be found by: small letters without marks. Its own name, and names in other languages.
CREATE TABLE app.town_name (
  search TEXT NOT NULL,
  town_id INT NOT NULL REFERENCES app.town (id),
  country TEXT NOT NULL,
  population INT NOT NULL,
  PRIMARY KEY (search, town_id)
);
CREATE INDEX town_name_prefix ON app.town_name (search text_pattern_ops, population DESC);
CREATE INDEX town_name_alike ON app.town_name USING GIN (search gin_trgm_ops);
