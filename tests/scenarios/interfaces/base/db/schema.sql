CREATE TABLE orders (
  id integer NOT NULL,
  note text
);
