import type {
  Panel,
  Parameter,
  PlatformRequest,
  PlatformShown,
} from "../../../../server/contract/platforms.ts";
import { words } from "../../../words/dashboard.ts";
import { Refused } from "../owner-api.ts";
import type { FinishKind } from "../../../../server/contract/words.ts";

export const PARAMETERS = ["participant", "session", "study"] as const;
/** The platforms with an adapter of their own, and any other. */
export const KINDS = ["prolific", "connect", "panel"] as const;
type Kind = (typeof KINDS)[number];

/** What people of a panel are known by in its address, as it is typed; a blank name: the panel has no such parameter. */
export interface ParameterFields {
  readonly name: string;
  readonly placeholder: string;
  readonly optional: boolean;
}

/** The form's fields as they are typed. */
export interface PlatformFields {
  readonly platform: Kind;
  readonly panel: string;
  readonly parameters: Readonly<Record<(typeof PARAMETERS)[number], ParameterFields>>;
  readonly minutes: string;
  readonly platformStudy: string;
  readonly notAfter: readonly string[];
  /** The text of a file with keys; null: addresses need no signature; undefined: as it was set before. */
  readonly keys: string | null | undefined;
  readonly codes: Readonly<Record<FinishKind, string>>;
  readonly addresses: Readonly<Record<FinishKind, string>>;
}

/** What a part of the form needs: the fields, and how to change some. */
export interface FieldsParts {
  readonly fields: PlatformFields;
  readonly change: (changed: Partial<PlatformFields>) => void;
}

/** The ways a part can end, in the order in which they are listed. */
export const FINISHES = Object.keys(words.platform.kinds) as FinishKind[];

const forEachFinish = (value: (finish: FinishKind) => string): Record<FinishKind, string> =>
  Object.fromEntries(FINISHES.map((finish) => [finish, value(finish)])) as Record<FinishKind, string>;

/** The fields of a platform that nobody has set. */
const blankFields = (platform: Kind): PlatformFields => ({
  ...{ platform, panel: "", minutes: "", platformStudy: "", notAfter: [], keys: undefined },
  parameters: { participant: parameter(), session: parameter(), study: parameter() },
  ...{ codes: forEachFinish(() => ""), addresses: forEachFinish(() => "") },
});

const parameter = (given?: Parameter): ParameterFields => ({
  name: given?.name ?? "",
  placeholder: given?.placeholder ?? "",
  optional: given?.optional ?? false,
});

const kindOf = ({ platform }: Pick<PlatformShown, "platform">): Kind =>
  typeof platform === "string" ? platform : "panel";

/** The fields of a kind of platform: as it is set, or blank where another one is, or none. */
export function fieldsFor(platform: Kind, shown: PlatformShown | undefined): PlatformFields {
  const blank = blankFields(platform);
  if (shown === undefined || kindOf(shown) !== platform) return blank;
  const of = (finish: FinishKind) => shown.finishes.find((one) => one.finish === finish);
  const {
    participant,
    session,
    study,
    name = "",
  } = (typeof shown.platform === "string" ? {} : shown.platform) as Partial<Panel>;
  return {
    ...{ platform, panel: name, keys: undefined, notAfter: shown.notAfter },
    parameters: {
      ...{ participant: parameter(participant), session: parameter(session), study: parameter(study) },
    },
    minutes: shown.minutes === null ? "" : String(shown.minutes),
    platformStudy: shown.platformStudy ?? "",
    codes: forEachFinish((finish) => of(finish)?.code ?? ""),
    addresses: forEachFinish((finish) => of(finish)?.address ?? ""),
  };
}

export const firstFields = (shown: PlatformShown | undefined): PlatformFields =>
  fieldsFor(shown === undefined ? "prolific" : kindOf(shown), shown);

/**
 * What the fields ask for: of a platform that is set already only what was changed, so that what is left stays; what was
 * emptied is taken away. @throws Refused where the keys are no JSON
 */
export function requestOf(
  fields: PlatformFields,
  { group, shown }: { group: string; shown: PlatformShown | undefined },
): PlatformRequest {
  const set = fieldsFor(fields.platform, shown);
  const before = set.panel === fields.panel.trim() ? set : blankFields(fields.platform);
  const changed = (field: "minutes" | "platformStudy"): string | null | undefined => {
    const text = fields[field].trim();
    if (text === before[field]) return undefined;
    return text === "" ? null : text;
  };
  const minutes = changed("minutes");
  return {
    group,
    platform: fields.platform === "panel" ? panelOf(fields) : fields.platform,
    finishes: waysBack(fields, before),
    minutes: minutes == null ? minutes : Number(minutes),
    platformStudy: changed("platformStudy"),
    keys: fields.keys == null ? fields.keys : keysIn(fields.keys),
    notAfter: String(fields.notAfter) === String(before.notAfter) ? undefined : [...fields.notAfter],
  };
}

function keysIn(text: string): PlatformRequest["keys"] {
  try {
    return JSON.parse(text) as PlatformRequest["keys"];
  } catch {
    throw new Refused(400, words.platform.keysWrong);
  }
}

function panelOf({ panel, parameters }: PlatformFields): Panel {
  const { participant, session, study } = parameters;
  const isThere = (one: ParameterFields) => one.name.trim() !== "";
  return {
    name: panel.trim(),
    participant: asParameter(participant),
    ...(isThere(session) && { session: asParameter(session) }),
    ...(isThere(study) && { study: asParameter(study) }),
    finishes: {},
  };
}

const asParameter = ({ name, placeholder, optional }: ParameterFields): Parameter => ({
  name: name.trim(),
  ...(placeholder.trim() !== "" && { placeholder: placeholder.trim() }),
  ...(optional && { optional }),
});

function waysBack(fields: PlatformFields, before: PlatformFields): PlatformRequest["finishes"] {
  const finishes: PlatformRequest["finishes"] = {};
  for (const finish of FINISHES) {
    const [code, address] = [fields.codes[finish].trim(), fields.addresses[finish].trim()];
    const own = {
      ...(code !== "" && code !== before.codes[finish] && { code }),
      ...(address !== before.addresses[finish] && { address: address === "" ? null : address }),
    };
    if (Object.keys(own).length > 0) finishes[finish] = own;
  }
  return finishes;
}
