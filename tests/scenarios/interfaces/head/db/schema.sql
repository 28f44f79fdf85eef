CREATE TABLE orders (
  id bigint NOT NULL,
  state text NOT NULL
);
