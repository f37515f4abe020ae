/** The elements of a column at the given places. A plain loop: `from` with a function takes ten times as long. */
export function pick(column: Int32Array, at: Int32Array): Int32Array {
  const picked = new Int32Array(at.length);
  for (let k = 0; k < at.length; k++) picked[k] = column[at[k]!]!;
  return picked;
}
