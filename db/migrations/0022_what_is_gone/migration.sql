-- breaking: no
-- Words are known as long as a listing on the market has them.

-- What was taken out of the index and is still to be taken off the counts: by the one who counts, so that nobody waits for a common word.
CREATE TABLE app.search_gone (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  terms BIGINT[] NOT NULL,
  words TEXT[] NOT NULL, -- of its title, as in search_word
  counted BOOLEAN NOT NULL -- whether it had been counted
);

-- Counted anew, without what listings left behind that are gone. The worker does so within its next half minute.
DELETE FROM app.search_term;
DELETE FROM app.search_size;
DELETE FROM app.search_word;
INSERT INTO app.search_uncounted (listing) SELECT listing FROM app.search_document ON CONFLICT DO NOTHING;

-- Pictures that no listing and no draft shows are deleted some days after they were uploaded last.
ALTER TABLE app.media ADD COLUMN uploaded_at TIMESTAMPTZ NOT NULL DEFAULT now();
CREATE INDEX media_uploaded ON app.media (uploaded_at);
CREATE INDEX listing_photos ON app.listing USING GIN ((content -> 'photos') jsonb_path_ops);
CREATE INDEX draft_photos ON app.draft USING GIN ((form -> 'photos') jsonb_path_ops);
