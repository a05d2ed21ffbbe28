-- breaking: no
-- Saved searches are asked some at a time about a new listing, and what failed is put off without holding up the others.

ALTER TABLE app.listing_event
  ADD COLUMN matched_to UUID, -- saved searches up to this one were asked; null: none yet
  ADD COLUMN failures INT NOT NULL DEFAULT 0,
  ADD COLUMN retry_at TIMESTAMPTZ; -- not to be tried before

-- By listing, for edits that follow and for what is deleted for good.
CREATE INDEX listing_event_listing ON app.listing_event (listing_id);
CREATE INDEX search_match_listing ON app.search_match (listing_id);
CREATE INDEX search_match_origin ON app.search_match (origin);
CREATE INDEX alert_listing ON app.alert (listing_id);
CREATE INDEX alert_origin ON app.alert (origin);

-- Who saved a listing last: recommendations look at some of them.
DROP INDEX app.saved_listing_listing;
CREATE INDEX saved_listing_listing ON app.saved_listing (listing_id, saved_at DESC);
