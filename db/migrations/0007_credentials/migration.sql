-- breaking: no
-- Tokens by DID keys, verifiable credentials, and the keys that messages are encrypted to.

-- Ids of tokens that may be used once, for as long as they could be used again.
CREATE TABLE app.used_token (
  issuer TEXT NOT NULL,
  jti TEXT NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (issuer, jti)
);
CREATE INDEX used_token_expiry ON app.used_token (expires_at);

-- Keys of programs that may act for an account: each a did:key that the person named.
CREATE TABLE app.agent_key (
  account_id UUID NOT NULL REFERENCES app.account (id),
  did TEXT NOT NULL,
  name TEXT NOT NULL,
  scopes TEXT[] NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL,
  used_at TIMESTAMPTZ,
  PRIMARY KEY (account_id, did)
);

-- Credentials that this market issued. A place in a status list is taken for ever: what stands there outlives the credential.
CREATE TABLE app.credential (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id UUID NOT NULL REFERENCES app.account (id),
  status_list INT NOT NULL,
  status_index INT NOT NULL,
  wallets TEXT[] NOT NULL,
  token TEXT NOT NULL,
  shown BOOLEAN NOT NULL,
  issued_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  revoked_at TIMESTAMPTZ,
  UNIQUE (status_list, status_index)
);
CREATE INDEX credential_account ON app.credential (account_id, issued_at DESC);

-- Credentials of others, word for word as they were handed in.
CREATE TABLE app.imported_credential (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id UUID NOT NULL REFERENCES app.account (id),
  token_hash TEXT NOT NULL,
  token TEXT NOT NULL,
  imported_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (account_id, token_hash)
);

-- X25519 keys of wallets, each signed by its wallet. Old ones stay: what was encrypted to them names them.
CREATE TABLE app.encryption_key (
  chain TEXT NOT NULL,
  address TEXT NOT NULL,
  sequence INT NOT NULL,
  account_id UUID NOT NULL REFERENCES app.account (id),
  public_key TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('signature', 'random')),
  signed_at BIGINT NOT NULL, -- seconds, in what was signed
  signature TEXT NOT NULL,
  PRIMARY KEY (chain, address, sequence)
);

-- What a second device needs to read on, encrypted before it came here.
CREATE TABLE app.key_bundle (
  chain TEXT NOT NULL,
  address TEXT NOT NULL,
  account_id UUID NOT NULL REFERENCES app.account (id),
  sequence INT NOT NULL,
  bundle TEXT NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (chain, address)
);
