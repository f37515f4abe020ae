import type { StudyFacts, SystemFact } from "../analysis/rows/study-structure.ts";
import { SystemNotFound } from "./errors.ts";

/** A system by what the report calls it, or by its own name. @throws SystemNotFound, naming those that there are */
export function systemNamed({ systems }: Pick<StudyFacts, "systems">, label: string): SystemFact {
  const found = systems.find((one) => one.label === label) ?? systems.find((one) => one.name === label);
  if (found) return found;
  throw new SystemNotFound(
    label,
    systems.map((one) => one.label),
  );
}
