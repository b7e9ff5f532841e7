-- What sells best, and who changed which price.
CREATE VIEW best_sellers AS
  SELECT p.sku, p.name, coalesce(sum(l.quantity), 0) AS sold
    FROM products AS p LEFT JOIN order_lines AS l USING (sku)
   GROUP BY p.sku;

CREATE TABLE price_changes (
  id INTEGER PRIMARY KEY,
  sku TEXT NOT NULL,
  old_cents INTEGER NOT NULL,
  new_cents INTEGER NOT NULL
);

CREATE TRIGGER products_priced AFTER UPDATE OF price_cents ON products
  WHEN new.price_cents <> old.price_cents
BEGIN
  INSERT INTO price_changes (sku, old_cents, new_cents)
  VALUES (new.sku, old.price_cents, new.price_cents);
END;
