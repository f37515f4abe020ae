import fs from "node:fs";
import path from "node:path";

/** One file of the repository: its path from the root, with slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const CODE = /\.(?:tsx?|mjs|js)$/;

/** Every code file below these folders, and these single files, of the repository at `root`, in order of their paths. */
export function readSourceFiles(root: string, places: readonly string[]): SourceFile[] {
  const paths = places.flatMap((place) => {
    const full = path.join(root, place);
    if (!fs.statSync(full).isDirectory()) return [place];
    const names = fs.readdirSync(full, { recursive: true, encoding: "utf8" });
    return names
      .filter((name) => CODE.test(name))
      .map((name) => `${place}/${name.replaceAll(path.sep, "/")}`);
  });
  return paths.sort().map((one) => ({ path: one, text: fs.readFileSync(path.join(root, one), "utf8") }));
}
