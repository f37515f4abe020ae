/** A file with the path under which it was dropped or chosen: `folder/file.jsonl`, or its name. */
export interface GivenFile {
  readonly name: string;
  readonly file: File;
}

/** The files of an input; those of a folder have their paths in it. */
export const filesOfInput = (input: HTMLInputElement): GivenFile[] =>
  withoutHidden(
    [...(input.files ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file })),
  );

/** The files of a drop, those in folders too. The entries have to be taken before anything is awaited. */
export async function filesOfDrop(data: DataTransfer): Promise<GivenFile[]> {
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return [...data.files].map((file) => ({ name: file.name, file }));
  const found: GivenFile[] = [];
  for (const entry of entries) await collect(entry, found);
  return withoutHidden(found);
}

/** Files that were chosen together and are called the same, such as finds of a search, get a number each. */
export function withNamesOfTheirOwn(files: readonly GivenFile[]): GivenFile[] {
  const taken = new Set(files.map(({ name }) => name));
  const seen = new Set<string>();
  return files.map((given) => {
    let { name } = given;
    for (let i = 2; seen.has(name); i++) {
      const numbered = given.name.replace(/(?=\.[^/]*$|$)/, ` (${i})`);
      if (!taken.has(numbered)) name = numbered;
    }
    seen.add(name);
    taken.add(name);
    return { ...given, name };
  });
}

const withoutHidden = (files: GivenFile[]): GivenFile[] =>
  files.filter(({ name }) => !name.split("/").some((part) => part.startsWith(".")));

async function collect(entry: FileSystemEntry, found: GivenFile[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
    found.push({ name: entry.fullPath.replace(/^\//, ""), file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return;
    for (const one of some) await collect(one, found);
  }
}
