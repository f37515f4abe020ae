import fs from "node:fs";
import { inProject } from "../in-project.ts";
import { readMethods } from "../methods/documents.ts";
import { formatReport } from "../report-document/write/index.ts";
import type { OnBlock } from "../reports/blocks.ts";
import { buildFullReport } from "../reports/report.ts";
import type { PackParts } from "./pack.ts";

/** What a pack takes from the installation. @param onBlock called with how far the report is */
export const packParts = (onBlock?: OnBlock): PackParts => ({
  report: async (database, study) => {
    const report = await buildFullReport({ database }, { study }, onBlock);
    return { json: formatReport(report, "json"), markdown: formatReport(report, "markdown") };
  },
  methods: readMethods(),
  recompute: fs.readFileSync(inProject("server", "export", "recompute.mjs"), "utf8"),
});
