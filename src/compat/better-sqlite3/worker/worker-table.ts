import type { TableDefinition, TableFactory, TableModule } from "../../../engine/virtual-table.ts";
import { rowOf } from "../table-row.ts";
import type { WorkerBody } from "./worker-callbacks.ts";
import type { WorkerTable } from "./worker-message.ts";

/** The table as the process declares it. */
export function withoutRows({ columns, parameters, directOnly }: TableDefinition): WorkerTable {
  return { columns, parameters, directOnly };
}

/** The tables of a module and the rows that statements read of them, by number. */
export function tableBody(name: string, module: TableModule): WorkerBody {
  const tables = new Map<number, TableDefinition>();
  const rows = new Map<number, { table: TableDefinition; rows: Iterator<unknown> }>();
  let last = 0;
  if (typeof module !== "function") tables.set(last, module);
  return (step, args) => {
    const [first] = args;
    switch (step) {
      case "define": {
        const [names, given] = args as [string[], string[]];
        const table = (module as TableFactory)(names, given);
        last += 1;
        tables.set(last, table);
        return { number: last, table: withoutRows(table) };
      }
      case "open": {
        const table = tables.get(Number(first)) as TableDefinition;
        last += 1;
        rows.set(last, { table, rows: table.rows(...args.slice(1))[Symbol.iterator]() });
        return last;
      }
      case "next": {
        const number = Number(first);
        const open = rows.get(number);
        const next = open?.rows.next();
        if (open === undefined || next === undefined || next.done === true) {
          rows.delete(number);
          return null;
        }
        return rowOf(next.value, name, open.table).map(sendable);
      }
      default: {
        const open = rows.get(Number(first));
        rows.delete(Number(first));
        open?.rows.return?.();
        return null;
      }
    }
  };
}

/** A cell that is no value arrives as another one that is none: it matters when it is read. */
function sendable(cell: unknown): unknown {
  const odd = typeof cell === "object" && cell !== null && !ArrayBuffer.isView(cell);
  const none = typeof cell === "symbol" || typeof cell === "function" || typeof cell === "boolean";
  return odd || none ? {} : cell;
}
