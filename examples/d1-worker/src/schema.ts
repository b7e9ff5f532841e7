import { blob, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** People who buy. */
export const customers = sqliteTable("customers", {
  id: integer("id").primaryKey(),
  email: text("email").notNull().unique(),
  name: text("name").notNull(),
});

/** What there is to buy. */
export const products = sqliteTable("products", {
  sku: text("sku").primaryKey(),
  name: text("name").notNull(),
  priceCents: integer("price_cents").notNull(),
  stock: integer("stock").notNull().default(0),
  details: text("details", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
  picture: blob("picture", { mode: "buffer" }),
});

/** What was bought. */
export const orders = sqliteTable("orders", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  customerId: integer("customer_id").notNull(),
  totalCents: integer("total_cents").notNull(),
});

/** One product of an order. */
export const orderLines = sqliteTable(
  "order_lines",
  {
    orderId: integer("order_id").notNull(),
    sku: text("sku").notNull(),
    quantity: integer("quantity").notNull(),
    priceCents: integer("price_cents").notNull(),
  },
  (line) => [primaryKey({ columns: [line.orderId, line.sku] })],
);
