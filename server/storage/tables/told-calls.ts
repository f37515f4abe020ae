/** What a file says of the calls of a model whose judgments it holds: contract/model-calls.ts, as JSON. */
export interface ToldCallsTable {
  annotator_id: number;
  load_id: number;
  calls: string;
}
