-- breaking: yes, accounts have ids of their own and everybody has to sign in anew
-- A person is one account with one or more wallets. A wallet is keyed by its chain too (CAIP-10): the same address of a contract
-- wallet may belong to two people on two chains.

CREATE TABLE app.wallet (
  chain TEXT NOT NULL, -- CAIP-2
  address TEXT NOT NULL,
  account_id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('eoa', 'contract')),
  linked_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (chain, address)
);
CREATE INDEX wallet_account ON app.wallet (account_id, linked_at);

DROP TABLE app.session;

ALTER TABLE app.account ADD COLUMN id UUID NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE app.account ADD COLUMN subject TEXT;
ALTER TABLE app.account ADD COLUMN deleted_at TIMESTAMPTZ;
INSERT INTO app.wallet (chain, address, account_id, kind, linked_at)
  SELECT 'eip155:' || split_part(did, ':', 4), address, id, 'eoa', created_at FROM app.account;
UPDATE app.account SET subject = did;
ALTER TABLE app.account ALTER COLUMN subject SET NOT NULL;
ALTER TABLE app.account DROP CONSTRAINT account_pkey;
ALTER TABLE app.account DROP COLUMN address;
ALTER TABLE app.account ADD PRIMARY KEY (id);
ALTER TABLE app.account ALTER COLUMN did DROP NOT NULL; -- a deleted account has none
ALTER TABLE app.account ADD UNIQUE (did);
ALTER TABLE app.account ADD UNIQUE (subject); -- never given to another account, also after this one is deleted
ALTER TABLE app.wallet ADD FOREIGN KEY (account_id) REFERENCES app.account (id);

CREATE TABLE app.session (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  token_hash TEXT NOT NULL UNIQUE,
  account_id UUID NOT NULL REFERENCES app.account (id),
  chain TEXT NOT NULL,
  address TEXT NOT NULL, -- the wallet it was opened with
  name TEXT NOT NULL DEFAULT '',
  user_agent TEXT NOT NULL DEFAULT '',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  seen_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL,
  proved_at TIMESTAMPTZ, -- when the person last proved, beyond the cookie, to be who they are
  revoked_at TIMESTAMPTZ
);
CREATE INDEX session_account ON app.session (account_id, seen_at DESC);
CREATE INDEX session_expiry ON app.session (expires_at);

CREATE TABLE app.role (
  account_id UUID NOT NULL REFERENCES app.account (id),
  role TEXT NOT NULL CHECK (role IN ('moderator', 'admin')),
  granted_by TEXT NOT NULL, -- the account that did, or 'operator' for who is named in the configuration
  granted_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, role)
);

-- A nonce is for one purpose: what was signed to sign in can never link a wallet.
TRUNCATE app.login_nonce;
ALTER TABLE app.login_nonce ADD COLUMN purpose TEXT NOT NULL CHECK (purpose IN ('sign-in', 'link-wallet', 'prove'));
ALTER TABLE app.login_nonce ADD COLUMN request_id TEXT NOT NULL;
ALTER TABLE app.login_nonce ADD COLUMN account_id UUID;
CREATE INDEX login_nonce_expiry ON app.login_nonce (expires_at);
