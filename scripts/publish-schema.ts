import fs from "node:fs";
import { format } from "prettier";
import { reportJsonSchema } from "../server/reports/schema.ts";

/** Writes the report's JSON Schema to docs/: run it after a change to server/contract/report.ts. */
const file = new URL("../docs/report.schema.json", import.meta.url);
const text = await format(JSON.stringify(reportJsonSchema()), { parser: "json", printWidth: 110 });
fs.writeFileSync(file, text);
console.log("Wrote docs/report.schema.json.");
