CREATE TABLE orders (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id     bigint NOT NULL REFERENCES users (id),
  status      text NOT NULL DEFAULT 'open',
  total_cents integer NOT NULL,
  currency    text NOT NULL DEFAULT 'EUR',
  placed_at   timestamptz NOT NULL DEFAULT now()
);
