-- breaking: no
-- What people keep of the market: listings, searches, alerts; and, for who wants recommendations, what they looked at.

-- What became of listings, for pages and workers that were away. `seq` is given before the commit, so a lower one can appear later:
-- whoever has seen an event has to look again at those of transactions that had not ended when it was written (`xid >= open_xid`).
CREATE TABLE app.listing_event (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  listing_id TEXT, -- null when the listing was deleted for good
  change TEXT NOT NULL CHECK (change IN ('new', 'gone')),
  at TIMESTAMPTZ NOT NULL DEFAULT now(),
  xid BIGINT NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
  open_xid BIGINT NOT NULL DEFAULT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
  matched_at TIMESTAMPTZ -- when saved searches were compared with it
);
CREATE INDEX listing_event_xid ON app.listing_event (xid);
CREATE INDEX listing_event_unmatched ON app.listing_event (seq) WHERE matched_at IS NULL;

CREATE TABLE app.saved_listing (
  account_id UUID NOT NULL REFERENCES app.account (id) ON DELETE CASCADE,
  listing_id TEXT NOT NULL,
  saved_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  price NUMERIC(78, 0) NOT NULL, -- what it cost then
  token TEXT NOT NULL,
  PRIMARY KEY (account_id, listing_id)
);
CREATE INDEX saved_listing_listing ON app.saved_listing (listing_id);
CREATE INDEX saved_listing_newest ON app.saved_listing (account_id, saved_at DESC, listing_id);

CREATE TABLE app.saved_search (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id UUID NOT NULL REFERENCES app.account (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  query JSONB NOT NULL, -- filters of GET /v1/listings, without sort and page
  frequency TEXT NOT NULL CHECK (frequency IN ('at-once', 'daily', 'off')),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  seen_at TIMESTAMPTZ NOT NULL DEFAULT now(), -- up to when its matches were looked at
  UNIQUE (account_id, query)
);
-- What a listing must have for a search to be worth asking about it; the search itself decides.
CREATE INDEX saved_search_category ON app.saved_search ((query->>'category'));

CREATE TABLE app.search_match (
  search_id UUID NOT NULL REFERENCES app.saved_search (id) ON DELETE CASCADE,
  origin TEXT NOT NULL, -- the first of a listing and its edits
  listing_id TEXT NOT NULL,
  found_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (search_id, origin)
);
CREATE INDEX search_match_newest ON app.search_match (search_id, found_at DESC);

CREATE TABLE app.alert (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id UUID NOT NULL REFERENCES app.account (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('match', 'price-drop')),
  listing_id TEXT NOT NULL,
  origin TEXT NOT NULL,
  search_id UUID REFERENCES app.saved_search (id) ON DELETE CASCADE,
  old_price NUMERIC(78, 0),
  new_price NUMERIC(78, 0),
  token TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  due_at TIMESTAMPTZ NOT NULL, -- from when it is shown
  announced_at TIMESTAMPTZ, -- when open pages were told
  read_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX alert_match ON app.alert (account_id, origin) WHERE kind = 'match';
CREATE UNIQUE INDEX alert_price_drop ON app.alert (account_id, listing_id) WHERE kind = 'price-drop';
CREATE INDEX alert_newest ON app.alert (account_id, due_at DESC, id DESC);
CREATE INDEX alert_unannounced ON app.alert (due_at) WHERE announced_at IS NULL;

CREATE TABLE app.personal (
  account_id UUID PRIMARY KEY REFERENCES app.account (id) ON DELETE CASCADE,
  inbox TEXT NOT NULL UNIQUE, -- topic on which open pages of the account are told of alerts; nobody else can guess it
  history_since TIMESTAMPTZ -- when they wanted recommendations, and with them a history of what they look at; null: they do not
);

CREATE TABLE app.listing_view (
  account_id UUID NOT NULL REFERENCES app.account (id) ON DELETE CASCADE,
  listing_id TEXT NOT NULL,
  times INT NOT NULL DEFAULT 1,
  viewed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, listing_id)
);
CREATE INDEX listing_view_newest ON app.listing_view (account_id, viewed_at DESC);
CREATE INDEX listing_view_listing ON app.listing_view (listing_id, viewed_at DESC);
