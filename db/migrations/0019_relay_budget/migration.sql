-- What the relayer sends for nothing is counted for everybody together.
CREATE INDEX relay_free ON app.relay (created_at) WHERE tip = 0;
