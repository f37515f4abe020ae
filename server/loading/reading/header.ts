/** What promptfoo writes behind each column of outputs, under the same names for all of them. */
const DETAIL = /^(Reasoning|Status|Score|Named Scores|Metric: .*|Grader Reason|Comment|Latency \(ms\))$/;
/** Between the name of a column of outputs and that of a detail. */
export const DETAIL_MARK = " › ";

/**
 * The names of a file's columns as they are used: those of a table of promptfoo, which come once for every column of outputs, get
 * the name of that column in front (`[openai:gpt-4] Name {{it}}. › Status`).
 */
export function columnNames(header: readonly string[]): readonly string[] {
  if (!header.includes("Grader Reason") || !header.includes("Comment")) return header;
  let outputs = "";
  return header.map((name, i) => {
    if (i > 0 && DETAIL.test(name)) return `${outputs}${DETAIL_MARK}${name}`;
    outputs = name;
    return name;
  });
}

/** What is wrong with a header; null where nothing is. */
export function headerFault(header: readonly string[]): string | null {
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) return `Two columns are called “${twice}”. Give each its own name.`;
  return null;
}
