-- breaking: no
-- A consumer of events that cannot go on says why where everybody looks for its position.

ALTER TABLE bus.consumer ADD COLUMN stuck TEXT; -- null while it can go on
