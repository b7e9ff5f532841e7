-- A small shop, for trying things out and for tests where no larger sample is at hand.
-- Loads in any SQLite and in DoSQL:
--
--     npx dosql import examples/store.sql
--
-- It holds what imports tend to lose: integers beyond 2^53, blobs, NULL, text in several
-- scripts, a value of every storage class in one column, a view, triggers, and a table whose
-- AUTOINCREMENT mark is ahead of its rows.

CREATE TABLE suppliers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  country TEXT NOT NULL DEFAULT 'DE' CHECK (length(country) = 2),
  note TEXT
);

CREATE TABLE products (
  sku TEXT PRIMARY KEY,
  supplier_id INTEGER NOT NULL REFERENCES suppliers (id),
  name TEXT NOT NULL,
  price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
  weight_kg REAL,
  picture BLOB,
  extra,
  price_text TEXT GENERATED ALWAYS AS (printf('%d.%02d', price_cents / 100, price_cents % 100))
) WITHOUT ROWID;

CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer TEXT NOT NULL,
  placed_at TEXT NOT NULL,
  -- Microseconds since 1970, the scanner's own clock, 64 bits wide.
  scanner_ticks INTEGER NOT NULL
) STRICT;

CREATE TABLE order_lines (
  order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  sku TEXT NOT NULL REFERENCES products (sku),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, line)
);

CREATE TABLE stock (
  sku TEXT PRIMARY KEY REFERENCES products (sku),
  on_hand INTEGER NOT NULL
);

CREATE INDEX products_by_supplier ON products (supplier_id, name);
CREATE INDEX orders_large_ticks ON orders (scanner_ticks) WHERE scanner_ticks > 9007199254740992;

CREATE VIEW order_totals AS
SELECT o.id, o.customer, count(*) AS lines, sum(l.quantity * p.price_cents) AS total_cents
FROM orders AS o
JOIN order_lines AS l ON l.order_id = o.id
JOIN products AS p ON p.sku = l.sku
GROUP BY o.id, o.customer;

CREATE TRIGGER lines_take_stock AFTER INSERT ON order_lines
BEGIN
  UPDATE stock SET on_hand = on_hand - NEW.quantity WHERE sku = NEW.sku;
  SELECT CASE WHEN (SELECT on_hand FROM stock WHERE sku = NEW.sku) < 0
    THEN RAISE(ABORT, 'out of stock') END;
END;

CREATE TRIGGER lines_return_stock AFTER DELETE ON order_lines
BEGIN
  UPDATE stock SET on_hand = on_hand + OLD.quantity WHERE sku = OLD.sku;
END;

INSERT INTO suppliers (id, name, country, note) VALUES
  (1, 'Müller & Söhne', 'DE', NULL),
  (2, '日本茶園', 'JP', 'ships on Mondays; calls it "express"'),
  (3, 'O''Hara Tools', 'IE', ''),
  (9007199254740993, 'Ελληνικά Ελαιόλαδα', 'GR', 'an id that no double can hold');

INSERT INTO products (sku, supplier_id, name, price_cents, weight_kg, picture, extra) VALUES
  ('TEA-01', 2, '玉露 Gyokuro', 2450, 0.1, x'89504e470d0a1a0a', 'text'),
  ('TEA-02', 2, '番茶 Bancha', 690, 0.25, x'', 7),
  ('HAM-10', 3, 'Hammer, 10 oz', 1999, 0.283495, NULL, 2.5),
  ('HAM-16', 3, 'Hammer; the "big" one', 2999, 0.453592, x'00ff00ff', x'0102'),
  ('OIL-1L', 9007199254740993, 'Λάδι 1 L 🫒', 1190, 0.92, NULL, NULL),
  ('BRD-01', 1, 'Bauernbrot
(zweizeilig)', 420, 1.0, NULL, -9223372036854775808);

INSERT INTO stock (sku, on_hand) SELECT sku, 100 FROM products;

INSERT INTO orders (customer, placed_at, scanner_ticks) VALUES
  ('Zoë', '2026-11-02T08:15:00Z', 1793607300000000),
  ('Łukasz', '2026-11-02T09:40:12Z', 9223372036854775807),
  ('أمينة', '2026-11-03T17:05:59Z', -1),
  ('deleted', '2026-11-03T18:00:00Z', 0);

INSERT INTO order_lines (order_id, line, sku, quantity) VALUES
  (1, 1, 'TEA-01', 2),
  (1, 2, 'BRD-01', 1),
  (2, 1, 'HAM-16', 1),
  (3, 1, 'OIL-1L', 12),
  (3, 2, 'TEA-02', 3);

-- Leaves the AUTOINCREMENT mark at 4.
DELETE FROM orders WHERE customer = 'deleted';
