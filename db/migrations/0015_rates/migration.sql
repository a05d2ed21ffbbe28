-- breaking: no
-- What currencies and tokens are worth, so that prices can be shown in the reader's currency.

CREATE TABLE app.rate (
  asset TEXT PRIMARY KEY, -- ISO 4217 code of a currency, or the address of a token
  worth NUMERIC(40, 0) NOT NULL CHECK (worth > 0), -- of one whole unit, in trillionths of a US dollar
  as_of TIMESTAMPTZ NOT NULL, -- when it was so, as the source says
  source TEXT NOT NULL,
  doubted NUMERIC(40, 0), -- a value too far from the last one, which is not believed at once
  doubted_since TIMESTAMPTZ
);

-- When each source was asked last: of several workers the one that writes it asks.
CREATE TABLE app.rate_source (
  name TEXT PRIMARY KEY,
  asked_at TIMESTAMPTZ NOT NULL,
  answered_at TIMESTAMPTZ,
  problem TEXT -- why there was no answer of use, or part of it was refused; null if all was well
);
