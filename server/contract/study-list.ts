import { z } from "zod";
import { nextSchema } from "./paging.ts";
import { studySummarySchema } from "./studies.ts";

/** GET /api/studies */
export const studiesSchema = z.strictObject({ studies: z.array(studySummarySchema), next: nextSchema });
export type Studies = z.infer<typeof studiesSchema>;
