-- breaking: no
-- What a person has put into the cart: the same on all of their devices.

CREATE TABLE app.cart_line (
  account_id UUID NOT NULL REFERENCES app.account (id) ON DELETE CASCADE,
  listing_id TEXT NOT NULL, -- no reference: who had it in the cart is told that it is gone
  choice SMALLINT NOT NULL, -- the way in which it is to be had
  quantity INT NOT NULL CHECK (quantity > 0),
  added_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account_id, listing_id, choice)
);
