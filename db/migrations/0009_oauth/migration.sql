-- breaking: no, new tables only
-- Programs that act for people: apps of others that log them in (OAuth 2.1, OpenID Connect), and keys that people make themselves.

CREATE TABLE app.oauth_client (
  id TEXT PRIMARY KEY, -- client_id
  account_id UUID NOT NULL REFERENCES app.account (id), -- who registered it and answers for it
  name TEXT NOT NULL,
  homepage TEXT NOT NULL,
  redirect_uris TEXT[] NOT NULL CHECK (cardinality(redirect_uris) BETWEEN 1 AND 10),
  secret_hash TEXT, -- null: a public client, which can keep no secret
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  disabled_at TIMESTAMPTZ,
  disabled_by TEXT
);
CREATE INDEX oauth_client_account ON app.oauth_client (account_id, created_at);

-- What the provider keeps: grants, codes, tokens, its sessions and interactions. Whatever would be of use to who holds it stands
-- here as a hash only.
CREATE TABLE app.oauth_item (
  kind TEXT NOT NULL,
  id_hash TEXT NOT NULL,
  payload TEXT NOT NULL, -- JSON; TEXT, as it may hold characters that JSONB refuses
  grant_id TEXT, -- of a grant its own, of codes and tokens that of the grant they come from
  uid_hash TEXT, -- second name of a session
  client_id TEXT,
  subject TEXT, -- the person, as other applications know them
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  used_at TIMESTAMPTZ, -- of a grant: when a token of it was last used, to five minutes
  consumed_at TIMESTAMPTZ,
  expires_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (kind, id_hash)
);
CREATE INDEX oauth_item_grant ON app.oauth_item (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX oauth_item_uid ON app.oauth_item (uid_hash) WHERE uid_hash IS NOT NULL;
CREATE INDEX oauth_item_subject ON app.oauth_item (subject, client_id) WHERE kind = 'Grant';
CREATE INDEX oauth_item_client ON app.oauth_item (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX oauth_item_expiry ON app.oauth_item (expires_at);

CREATE TABLE app.api_key (
  id TEXT PRIMARY KEY, -- the part of the key that may be shown
  account_id UUID NOT NULL REFERENCES app.account (id),
  name TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  scopes TEXT[] NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL,
  used_at TIMESTAMPTZ, -- to five minutes
  revoked_at TIMESTAMPTZ
);
CREATE INDEX api_key_account ON app.api_key (account_id, created_at);
CREATE INDEX api_key_expiry ON app.api_key (expires_at);
