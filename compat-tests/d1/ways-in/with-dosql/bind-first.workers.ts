import { withDoSQL } from "dosql/worker";

withDoSQL({}, { DB: "DOSQL" });
