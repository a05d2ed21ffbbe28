-- breaking: yes, answers kept for idempotency keys are forgotten, and an api that is older than this cannot keep new ones
-- Private columns become ciphertext, under data keys that are themselves stored wrapped: docs/security/keys.md.

CREATE TABLE app.data_key (
  id UUID PRIMARY KEY,
  provider TEXT NOT NULL CHECK (provider IN ('file', 'aws-kms', 'pkcs11')),
  wrapping_key TEXT NOT NULL, -- the key of the provider that it is wrapped with
  wrapped BYTEA NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  wrapped_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  retired_at TIMESTAMPTZ -- no new values since; null for the one current key
);
CREATE UNIQUE INDEX data_key_current ON app.data_key ((true)) WHERE retired_at IS NULL;

-- The plain columns are emptied by the worker as it seals them, and not used any more.
ALTER TABLE app.shipping
  ADD COLUMN address_sealed BYTEA,
  ADD COLUMN carrier_sealed BYTEA,
  ADD COLUMN tracking_number_sealed BYTEA,
  ADD COLUMN tracking_salt_sealed BYTEA;
CREATE INDEX shipping_plain ON app.shipping (deal_id)
  WHERE address_text IS NOT NULL OR carrier IS NOT NULL OR tracking_number IS NOT NULL OR tracking_salt IS NOT NULL;

-- A request may hold an address, and its answer a salt. Of a short text even a hash tells: it can be guessed.
DELETE FROM app.idempotency;
ALTER TABLE app.idempotency
  DROP COLUMN request_hash,
  DROP COLUMN body,
  ADD COLUMN request_sealed BYTEA NOT NULL,
  ADD COLUMN body_sealed BYTEA;
