import { z } from "zod";

/** Lists that grow come in pages: `next` of one page is `after` of the following one. */

/** The most items on one page, and how many there are by default. */
export const PAGE_ITEMS = 1000;

export const pageQuerySchema = z.strictObject({
  after: z.string().max(100).optional().describe("The `next` of the page before; missing: the first page."),
  limit: z.coerce.number().int().min(1).max(PAGE_ITEMS).default(PAGE_ITEMS),
});
export type PageQuery = z.infer<typeof pageQuerySchema>;

export const nextSchema = z
  .string()
  .nullable()
  .describe("The `after` of the next page; null: this is the last one.");

/** A reply whose list comes in pages. */
export const paged = <Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape, z.core.$strict>) =>
  schema.extend({ next: nextSchema });

/** One page of a reply with a list. @param name of the list in the reply */
export function pageOf<Name extends string, Reply extends Record<Name, readonly unknown[]>>(
  reply: Reply,
  name: Name,
  { after = "0", limit }: PageQuery,
): Reply & { next: string | null } {
  const from = Number(after) || 0;
  const to = from + limit;
  const next = to < reply[name].length ? String(to) : null;
  return { ...reply, [name]: reply[name].slice(from, to), next };
}
