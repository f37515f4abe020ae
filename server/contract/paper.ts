import { z } from "zod";

const itemSchema = z.strictObject({
  name: z.string().describe("By which it is asked for; it begins with the name of its section."),
  section: z.string().describe("The title of the report’s section."),
  caption: z.string(),
});

/** What a report has for a paper, in the order of its sections. */
export const paperSchema = z.strictObject({
  figures: z.array(itemSchema),
  tables: z.array(itemSchema),
});
export type Paper = z.infer<typeof paperSchema>;
