/** A request to the shop, and what it must answer. */
export interface Step {
  readonly request: string;
  readonly body?: unknown;
  readonly status: number;
  /** A regular expression stands for an error's message. */
  readonly answer: unknown;
}

const tea = {
  sku: "TEA-01",
  name: "Green tea",
  priceCents: 450,
  details: { grams: 100 },
  picture: "89504e47",
};
const blackTea = {
  sku: "TEA-02",
  name: "Black tea; strong",
  priceCents: 390,
  stock: 5,
  details: { grams: 250 },
  picture: null,
};

/** A visit to a new shop: each step sees what those before it have done. */
export const VISIT: readonly Step[] = [
  {
    request: "GET /products?search=tea;",
    status: 200,
    answer: [blackTea],
  },
  { request: "POST /customers", body: ada(), status: 201, answer: { id: 1, ...ada() } },
  {
    request: "POST /customers",
    body: ada(),
    status: 409,
    answer: /UNIQUE constraint failed: customers\.email/,
  },
  {
    request: "POST /orders/1",
    body: [
      { sku: "TEA-01", quantity: 3 },
      { sku: "POT-01", quantity: 1 },
    ],
    status: 201,
    answer: { order: 1, totalCents: 4250 },
  },
  // More than there is: the batch leaves nothing behind.
  {
    request: "POST /orders/1",
    body: [
      { sku: "TEA-01", quantity: 1 },
      { sku: "POT-01", quantity: 2 },
    ],
    status: 409,
    answer: /CHECK constraint failed/,
  },
  {
    request: "GET /products?search=green",
    status: 200,
    answer: [{ ...tea, stock: 17 }],
  },
  // Nobody by that number.
  {
    request: "POST /orders/2",
    body: [{ sku: "CUP-01", quantity: 1 }],
    status: 409,
    answer: /FOREIGN KEY constraint failed/,
  },
  {
    request: "PUT /prices/TEA-01",
    body: 500,
    status: 200,
    answer: {
      changed: [{ sku: "TEA-01", price_cents: 500 }],
      log: [{ old_cents: 450, new_cents: 500 }],
    },
  },
  {
    request: "POST /orders/1",
    body: [{ sku: "TEA-01", quantity: 2 }],
    status: 201,
    answer: { order: 2, totalCents: 1000 },
  },
  {
    request: "GET /orders/1",
    status: 200,
    answer: [
      {
        id: 2,
        customerId: 1,
        totalCents: 1000,
        lines: [{ order: 2, name: "Green tea", quantity: 2, cents: 1000 }],
      },
      {
        id: 1,
        customerId: 1,
        totalCents: 4250,
        lines: [
          { order: 1, name: "Teapot", quantity: 1, cents: 2900 },
          { order: 1, name: "Green tea", quantity: 3, cents: 1350 },
        ],
      },
    ],
  },
  {
    request: "GET /best-sellers",
    status: 200,
    answer: [
      ["sku", "name", "sold"],
      ["TEA-01", "Green tea", 5],
      ["POT-01", "Teapot", 1],
    ],
  },
  { request: "GET /nowhere", status: 404, answer: { error: "no such page" } },
  // The orders go with the customer.
  { request: "DELETE /customers/1", status: 200, answer: { removed: 1, linesLeft: 0 } },
  { request: "GET /orders/1", status: 200, answer: [] },
];

function ada(): { email: string; name: string } {
  return { email: "ada@example.com", name: "Ada" };
}

/** What a step of the visit came to. */
export interface Outcome {
  readonly status: number;
  readonly answer: unknown;
}

/** Makes one step. */
export async function take(
  step: Step,
  serve: (request: Request) => Promise<Response>,
): Promise<Outcome> {
  const [method = "GET", page = "/"] = step.request.split(" ");
  const body = step.body === undefined ? {} : { body: JSON.stringify(step.body) };
  const response = await serve(new Request(`http://shop${page}`, { method, ...body }));
  return { status: response.status, answer: await response.json() };
}
