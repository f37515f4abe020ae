import { reportsHere } from "../../server/reports/report-service.ts";
import { openDatabase } from "../../server/storage/open.ts";
import { peakMb } from "./measure.ts";

/** Makes one report of the study "s" in a file, and prints the most memory that it took, in MB. */
const [file = "", part = "report"] = process.argv.slice(2);
const database = openDatabase(file);
await reportsHere({ database }).answer({ study: "s", part: part === "full" ? "full" : "report" });
await database.close();
console.log(peakMb());
