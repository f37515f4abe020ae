/** Safe HTML of a list of turns, as a JSON list, by the hash of the list. */
export interface RenderingTable {
  content_hash: string;
  version: string;
  html: string;
}
