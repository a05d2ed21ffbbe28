-- breaking: no
-- Second factors: passkeys (WebAuthn), an authenticator app (TOTP, RFC 6238) and recovery codes.

-- With what it was proved who the person is. A wallet's proof counts for nothing once the account has a second factor, also in
-- sessions that are open at that moment: so it is stored with what, and judged when it is read.
ALTER TABLE app.session ADD COLUMN proved_with TEXT CHECK (proved_with IN ('wallet', 'passkey', 'totp', 'recovery'));
UPDATE app.session SET proved_with = 'wallet' WHERE proved_at IS NOT NULL;

CREATE TABLE app.passkey (
  id TEXT PRIMARY KEY, -- of the credential, base64url: it is one person's alone
  account_id UUID NOT NULL REFERENCES app.account (id) ON DELETE CASCADE,
  public_key BYTEA NOT NULL, -- COSE
  counter BIGINT NOT NULL, -- how often it signed, as the authenticator last said; 0 from those that do not count
  transports TEXT[] NOT NULL,
  synced BOOLEAN NOT NULL, -- whether it is kept by more than one device
  name TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  used_at TIMESTAMPTZ
);
CREATE INDEX passkey_account ON app.passkey (account_id, created_at);

-- What an authenticator signs: for one session, one purpose, once.
CREATE TABLE app.passkey_challenge (
  challenge_hash TEXT PRIMARY KEY,
  account_id UUID NOT NULL,
  session_id UUID NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('add', 'prove')),
  expires_at TIMESTAMPTZ NOT NULL,
  used_at TIMESTAMPTZ
);
CREATE INDEX passkey_challenge_expiry ON app.passkey_challenge (expires_at);

CREATE TABLE app.totp (
  account_id UUID PRIMARY KEY REFERENCES app.account (id) ON DELETE CASCADE,
  secret_sealed BYTEA NOT NULL, -- see api/src/keys
  last_step BIGINT NOT NULL DEFAULT 0, -- of the last code that was used: it and those before it are not taken again
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  confirmed_at TIMESTAMPTZ, -- when the app showed its first right code; until then it is no factor
  used_at TIMESTAMPTZ
);

CREATE TABLE app.recovery_code (
  account_id UUID NOT NULL REFERENCES app.account (id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL, -- SHA-256 of 80 random bits
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  used_at TIMESTAMPTZ,
  PRIMARY KEY (account_id, code_hash)
);

-- Tries of codes. `scope`: a network where the account has proved itself before, or all others together.
CREATE TABLE app.factor_try (
  account_id UUID NOT NULL REFERENCES app.account (id) ON DELETE CASCADE,
  scope TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  tried_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  proved_at TIMESTAMPTZ, -- when a factor was last used from there
  PRIMARY KEY (account_id, scope)
);
CREATE INDEX factor_try_age ON app.factor_try (tried_at);
