-- The shop: who buys, what there is to buy, and what was bought.
CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  joined_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE products (
  sku TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
  stock INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0),
  details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
  picture BLOB
);

CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  total_cents INTEGER NOT NULL,
  placed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE order_lines (
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  sku TEXT NOT NULL REFERENCES products (sku),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  price_cents INTEGER NOT NULL,
  PRIMARY KEY (order_id, sku)
) WITHOUT ROWID;

CREATE INDEX orders_by_customer ON orders (customer_id, placed_at);

INSERT INTO products (sku, name, price_cents, stock, details, picture) VALUES
  ('TEA-01', 'Green tea', 450, 20, '{"grams":100}', x'89504e47'),
  ('TEA-02', 'Black tea; strong', 390, 5, '{"grams":250}', NULL),
  ('POT-01', 'Teapot', 2900, 2, '{}', NULL),
  ('CUP-01', 'Cup', 0, 100, '{"note":"free with a pot"}', NULL);
