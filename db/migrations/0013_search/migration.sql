-- breaking: no
-- An inverted index with the weight of each word in each listing worked out when it is published, so that the best listings of a
-- word are the first rows of an index, however many there are. Written by api/src/listings/search/index-listing.ts.

-- A short name of each listing for the index; those there are get theirs in the order of their publication.
ALTER TABLE app.listing ADD COLUMN number INT;
UPDATE app.listing SET number = ranked.number
FROM (SELECT id, row_number() OVER (ORDER BY created_at, id)::int AS number FROM app.listing) ranked WHERE ranked.id = listing.id;
CREATE SEQUENCE app.listing_number_seq AS INT OWNED BY app.listing.number;
SELECT setval('app.listing_number_seq', COALESCE((SELECT max(number) FROM app.listing), 0) + 1, FALSE);
ALTER TABLE app.listing ALTER COLUMN number SET DEFAULT nextval('app.listing_number_seq'), ALTER COLUMN number SET NOT NULL,
  ADD CONSTRAINT listing_number UNIQUE (number);
GRANT USAGE ON SEQUENCE app.listing_number_seq TO fairhold_api;

-- What it replaces. The title's trigrams were for misspelt words, which are now looked up in `search_word`.
DROP INDEX app.listing_search, app.listing_title;
ALTER TABLE app.listing DROP COLUMN search;

-- The lexeme `term` counts for so much in the listing. A term is the 64-bit hash of the lexeme: no dictionary has to be asked.
CREATE TABLE app.search_posting (
  term BIGINT NOT NULL,
  impact SMALLINT NOT NULL,
  listing INT NOT NULL,
  PRIMARY KEY (term, impact, listing)
);

-- The same the other way round, which gives a listing's exact score, what it is like, and what to delete.
CREATE TABLE app.search_document (
  listing INT PRIMARY KEY,
  terms BIGINT[] NOT NULL,
  impacts SMALLINT[] NOT NULL
);

-- In how many listings a term is, as counted now and then: rare words tell more. Listings not yet counted are in `search_uncounted`.
CREATE TABLE app.search_term (
  term BIGINT PRIMARY KEY,
  listings INT NOT NULL
);
CREATE TABLE app.search_uncounted (listing INT PRIMARY KEY);
CREATE TABLE app.search_size (
  one BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (one),
  listings INT NOT NULL
);

-- Words of titles as they are written, to complete what is being typed and to correct what is misspelt.
CREATE TABLE app.search_word (
  word TEXT PRIMARY KEY,
  listings INT NOT NULL DEFAULT 0
);
CREATE INDEX search_word_prefix ON app.search_word (word text_pattern_ops, listings DESC);
CREATE INDEX search_word_alike ON app.search_word USING GIN (word gin_trgm_ops);

-- Small letters without marks; e-cloth also as ecloth; 35 mm also as 35mm; words parted by a slash as two.
CREATE FUNCTION app.search_text(given TEXT) RETURNS TEXT LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT plain || COALESCE((SELECT ' ' || string_agg(replace(found[1], '-', ''), ' ') FROM regexp_matches(plain, '[[:alnum:]]+(?:-[[:alnum:]]+)+', 'g') found), '')
    || COALESCE((SELECT ' ' || string_agg(found[1] || found[2], ' ') FROM regexp_matches(plain, '(?<![[:alnum:].,])([0-9]+) ([[:alpha:]]{1,2})(?![[:alnum:]])', 'g') found), '')
  FROM (SELECT regexp_replace(lower(public.unaccent(given)), '([[:alpha:]])/(?=[[:alpha:]])', '\1 ', 'g') AS plain) text;
END;

-- How Postgres takes a language's words apart; words of a language that it does not know stay as they are.
CREATE FUNCTION app.search_config(language TEXT) RETURNS REGCONFIG LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE language
  WHEN 'en' THEN 'english'::regconfig WHEN 'de' THEN 'german'::regconfig WHEN 'fr' THEN 'french'::regconfig
  WHEN 'es' THEN 'spanish'::regconfig WHEN 'pt' THEN 'portuguese'::regconfig WHEN 'it' THEN 'italian'::regconfig
  WHEN 'nl' THEN 'dutch'::regconfig ELSE 'simple'::regconfig END;

-- The orders in which the market is browsed, with the filters that few listings pass.
DROP INDEX app.listing_newest;
CREATE INDEX listing_newest ON app.listing (created_at DESC, id DESC) WHERE status = 'active';
CREATE INDEX listing_category ON app.listing (category, created_at DESC, id DESC) WHERE status = 'active';
CREATE INDEX listing_brand ON app.listing (lower(brand), created_at DESC, id DESC) WHERE status = 'active' AND brand IS NOT NULL;
CREATE INDEX listing_country ON app.listing (country, created_at DESC, id DESC) WHERE status = 'active' AND country IS NOT NULL;
CREATE INDEX listing_place ON app.listing (lat, lon) WHERE status = 'active' AND lat IS NOT NULL;
