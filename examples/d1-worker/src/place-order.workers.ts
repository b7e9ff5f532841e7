/** A product and how many of it. */
export interface Wish {
  readonly sku: string;
  readonly quantity: number;
}

/**
 * Places an order with plain SQL: stock goes down, the order and its lines come in, all of it in
 * one batch or nothing. The CHECK on `stock` refuses what is not there.
 */
export async function placeOrder(
  DB: D1Database,
  customer: number,
  wishes: readonly Wish[],
): Promise<{ order: number; totalCents: number }> {
  const wanted = JSON.stringify(wishes);
  const results = await DB.batch<{ id: number; total_cents: number }>([
    ...wishes.map(({ sku, quantity }) =>
      DB.prepare("UPDATE products SET stock = stock - ?1 WHERE sku = ?2").bind(quantity, sku),
    ),
    DB.prepare(
      `INSERT INTO orders (customer_id, total_cents)
       SELECT ?1, sum(p.price_cents * (w.value ->> 'quantity'))
         FROM json_each(?2) AS w JOIN products AS p ON p.sku = w.value ->> 'sku'
       RETURNING id, total_cents`,
    ).bind(customer, wanted),
    DB.prepare(
      `INSERT INTO order_lines (order_id, sku, quantity, price_cents)
       SELECT last_insert_rowid(), p.sku, w.value ->> 'quantity', p.price_cents
         FROM json_each(?1) AS w JOIN products AS p ON p.sku = w.value ->> 'sku'`,
    ).bind(wanted),
  ]);
  const [placed] = results[wishes.length]?.results ?? [];
  if (placed === undefined) throw new Error("the order was not placed");
  return { order: placed.id, totalCents: placed.total_cents };
}
