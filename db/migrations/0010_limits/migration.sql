-- breaking: no
-- What limits have counted, for all api processes. Unlogged: it is worth nothing after a crash, and costs nothing to write.

CREATE UNLOGGED TABLE app.rate_limit (
  key TEXT PRIMARY KEY, -- the limit's name and whom it counts
  used INT NOT NULL, -- handed out to processes in this window
  granted INT NOT NULL, -- of that, by the last question
  resets_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX rate_limit_over ON app.rate_limit (resets_at);

-- Browsers that an account has signed in with: strangers' failed tries do not count against them.
CREATE TABLE app.known_device (
  account_id UUID NOT NULL REFERENCES app.account (id) ON DELETE CASCADE,
  device_hash TEXT NOT NULL,
  seen_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, device_hash)
);
