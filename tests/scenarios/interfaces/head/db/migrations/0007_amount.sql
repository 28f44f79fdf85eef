ALTER TABLE orders DROP COLUMN note;
ALTER TABLE orders
  RENAME COLUMN total TO amount;
