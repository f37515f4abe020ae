/** What a file of a call is called in messages, and whose outputs it holds if nobody says. */
interface FileNaming {
  /** The shortest end of its path that tells it from the others of the call. */
  readonly name: string;
  /** The folder that is called as the system, where the file itself is not; null where it is. */
  readonly folderSystem: string | null;
}

/** Names that files of all systems have; the system's stands in a folder above. */
const GENERIC =
  /^(outputs?|model_outputs?|results?|scenario_state|display_predictions|predictions?|generations?|responses?|answers?|model_answers?|completions?|samples?(_.*)?|annotations?|generated_predictions)$/i;

/**
 * Names the files of one call by their paths as they were typed: by their last part, or by as many parts as it takes to
 * tell two apart. Where several have one name, or it is a name that says nothing, the folder that differs names the system.
 */
export function nameFiles(paths: readonly string[]): FileNaming[] {
  const parted = paths.map((path) => path.split(/[\\/]+/).filter((part) => part !== "" && part !== "."));
  return parted.map((parts, i) => {
    const last = parts.at(-1) ?? paths[i] ?? "";
    const others = parted.filter((other, j) => j !== i && other.at(-1) === last && paths[j] !== paths[i]);
    const isGeneric = GENERIC.test(last.replace(/\.\w+$/, ""));
    const folder = parts.at(-2);
    if (others.length === 0)
      return isGeneric && isName(folder)
        ? { name: `${folder}/${last}`, folderSystem: folder }
        : { name: last, folderSystem: null };
    let length = 2;
    const endOf = (all: readonly string[]) => all.slice(-length).join("/");
    while (length < parts.length && others.some((other) => endOf(other) === endOf(parts))) length++;
    const first = parts.at(-length);
    return { name: endOf(parts), folderSystem: length <= parts.length && isName(first) ? first : null };
  });
}

const isName = (folder: string | undefined): folder is string => folder !== undefined && folder !== "..";
