/*
 * A small shop. It knows of a D1 binding called `DB`, and of nothing else: reports go through
 * Drizzle, orders through SQL of its own.
 */
import { asc, desc, eq, like, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Wish } from "./place-order.workers.ts";
import { placeOrder } from "./place-order.workers.ts";
import { customers, orderLines, orders, products } from "./schema.ts";

/** What wrangler's settings bind. */
export interface Env {
  readonly DB: D1Database;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    try {
      return await route(request, env.DB);
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      const message = cause instanceof Error ? cause.message : String(cause);
      return Response.json({ error: message }, { status: 409 });
    }
  },
} satisfies ExportedHandler<Env>;

async function route(request: Request, DB: D1Database): Promise<Response> {
  const url = new URL(request.url);
  const [first = "", second = ""] = url.pathname.slice(1).split("/");
  const page = `${request.method} /${first}`;
  switch (page) {
    case "GET /products":
      return Response.json(await listProducts(DB, url.searchParams.get("search") ?? ""));
    case "PUT /prices":
      return Response.json(await changePrice(DB, second, await request.json()));
    case "GET /best-sellers":
      return Response.json(await bestSellers(DB));
    case "POST /customers":
      return Response.json(await addCustomer(DB, await request.json()), { status: 201 });
    case "DELETE /customers":
      return Response.json(await removeCustomer(DB, Number(second)));
    case "GET /orders":
      return Response.json(await ordersOf(DB, Number(second)));
    case "POST /orders": {
      const wishes = await request.json<Wish[]>();
      return Response.json(await placeOrder(DB, Number(second), wishes), { status: 201 });
    }
    default:
      return Response.json({ error: "no such page" }, { status: 404 });
  }
}

/** All products, or those with a word in their name. */
async function listProducts(DB: D1Database, search: string): Promise<unknown> {
  const rows = await drizzle(DB)
    .select()
    .from(products)
    .where(like(products.name, `%${search}%`))
    .orderBy(asc(products.sku));
  return rows.map((row) => ({ ...row, picture: row.picture?.toString("hex") ?? null }));
}

/** Changes a price; a trigger writes down what it was. */
async function changePrice(DB: D1Database, sku: string, cents: unknown): Promise<unknown> {
  const [changed, log] = await DB.batch([
    DB.prepare(
      "UPDATE products SET price_cents = ?2 WHERE sku = ?1 RETURNING sku, price_cents",
    ).bind(sku, cents),
    DB.prepare("SELECT old_cents, new_cents FROM price_changes WHERE sku = ? ORDER BY id").bind(
      sku,
    ),
  ]);
  return { changed: changed?.results, log: log?.results };
}

/** The page of the shop's window, with column names in the first row. */
async function bestSellers(DB: D1Database): Promise<unknown> {
  const select = DB.prepare("SELECT * FROM best_sellers ORDER BY sold DESC, sku LIMIT 2");
  return select.raw({ columnNames: true });
}

async function addCustomer(DB: D1Database, body: unknown): Promise<unknown> {
  const { email, name } = body as { email: string; name: string };
  const [added] = await drizzle(DB).insert(customers).values({ email, name }).returning();
  return added;
}

/** Their orders and lines go with them. */
async function removeCustomer(DB: D1Database, id: number): Promise<unknown> {
  const gone = await DB.prepare("DELETE FROM customers WHERE id = ? RETURNING id").bind(id).all();
  const left = await DB.prepare("SELECT count(*) AS n FROM order_lines").first<number>("n");
  return { removed: gone.results.length, linesLeft: left };
}

/** A customer's orders, newest first, each with its lines: one batch of Drizzle's. */
async function ordersOf(DB: D1Database, customer: number): Promise<unknown> {
  const db = drizzle(DB);
  const [found, lines] = await db.batch([
    db.select().from(orders).where(eq(orders.customerId, customer)).orderBy(desc(orders.id)),
    db
      .select({
        order: orderLines.orderId,
        name: products.name,
        quantity: orderLines.quantity,
        cents: sql<number>`${orderLines.quantity} * ${orderLines.priceCents}`,
      })
      .from(orderLines)
      .innerJoin(products, eq(products.sku, orderLines.sku))
      .innerJoin(orders, eq(orders.id, orderLines.orderId))
      .where(eq(orders.customerId, customer))
      .orderBy(asc(orderLines.sku)),
  ]);
  return found.map((order) => ({
    ...order,
    lines: lines.filter((line) => line.order === order.id),
  }));
}
