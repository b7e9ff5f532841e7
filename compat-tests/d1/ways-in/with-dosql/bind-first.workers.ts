import { withDoSQL } from "dosql/worker";

withDoSQL({}, { DB: { namespace: "DOSQL", database: "early" } });
