import { z } from "zod";
import type { Context } from "../context.ts";
import {
  type Finish,
  keySetSchema,
  panelSchema,
  type PlatformRequest,
  type TimeLimit,
  type WaysBack,
} from "../contract/platforms.ts";
import { FINISH_KINDS, type FinishKind, finishKindSchema } from "../contract/words.ts";
import { BUILT_IN } from "./platforms/index.ts";
import { panelPlatform } from "./platforms/panel.ts";
import type { Ids, Platform } from "./platforms/platform.ts";

/** How a platform is set for a group, as the table keeps it: a finish that is added later takes a migration. */
const settingsSchema = z.strictObject({
  platform: z.union([z.enum(["prolific", "connect"]), panelSchema]),
  finishes: z.record(finishKindSchema, z.strictObject({ code: z.string(), address: z.string().nullable() })),
  minutes: z.number().nullable(),
  /** The only study of the platform whose people are let in; absent: any. */
  platformStudy: z.string().optional(),
  /** With which the platform signs its addresses; absent: they need no signature. */
  keys: keySetSchema.shape.keys.optional(),
  /** Studies whose participants are not let in; absent: none. */
  notAfter: z.array(z.string()).optional(),
  /** Nobody set it: somebody came with its parameters. */
  isRecognised: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const readSettings = (text: string): Settings => settingsSchema.parse(JSON.parse(text));

export const platformOf = ({ platform }: Pick<Settings, "platform">): Platform =>
  typeof platform === "string" ? BUILT_IN[platform] : panelPlatform(platform);

/**
 * How long people may stay. A crowd platform ends their submission itself, whatever stands here; of a panel, the limit is its
 * owner's alone. @returns null: as long as they like
 */
export const timeLimitOf = ({ minutes, platform }: Settings): TimeLimit | null =>
  minutes === null ? null : { minutes, mayExtend: typeof platform !== "string" };

/** What a platform is called in the table of participants. */
export const keyOfPlatform = ({ platform }: Pick<Settings, "platform">): string =>
  typeof platform === "string" ? platform : `panel ${platform.name}`;

/**
 * Settings with what the owner gave, then what was there before, else a drawn code for each finish. Null takes an address,
 * the time limit, the platform's study or its keys away.
 */
export function makeSettings(
  context: Context,
  given: Pick<Settings, "platform" | "isRecognised"> & {
    finishes: WaysBack;
    minutes: number | null | undefined;
  } & Pick<PlatformRequest, "platformStudy" | "keys" | "notAfter">,
  before: Settings | null,
): Settings {
  const { platform, isRecognised } = given;
  const minutes = given.minutes === undefined ? (before?.minutes ?? null) : given.minutes;
  const ofPanel = typeof platform === "string" ? {} : platform.finishes;
  const made = FINISH_KINDS.map((finish) => {
    const own = { ...ofPanel[finish], ...given.finishes[finish] };
    const was = before?.finishes[finish];
    const code = own.code ?? was?.code ?? drawCode(context);
    const address = own.address === undefined ? (was?.address ?? null) : own.address;
    return [finish, { code, address }] as const;
  });
  const finishes = Object.fromEntries(made) as Settings["finishes"];
  return { platform, finishes, minutes, isRecognised, ...admissionOf(given, before) };
}

/** Whom the platform's addresses let in: as given, else as before; what is taken away is absent. */
function admissionOf(
  given: Pick<PlatformRequest, "platformStudy" | "keys" | "notAfter">,
  before: Settings | null,
): Pick<Settings, "platformStudy" | "keys" | "notAfter"> {
  const platformStudy = given.platformStudy === undefined ? before?.platformStudy : given.platformStudy;
  const keys = given.keys === undefined ? before?.keys : given.keys?.keys;
  const notAfter = given.notAfter ?? before?.notAfter ?? [];
  return {
    ...(platformStudy != null && { platformStudy }),
    ...(keys !== undefined && { keys }),
    ...(notAfter.length > 0 && { notAfter }),
  };
}

/** Letters and digits that nobody takes for one another. */
const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 8;

/** 40 random bits: nobody guesses the code of a finish that they have not come to. */
const drawCode = ({ randomBytes }: Context): string =>
  [...randomBytes(CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");

/** Where somebody is sent whose part ends so; the address has {code} and the ids still in it. */
export function wayBackOf(
  settings: Settings,
  finish: FinishKind,
): { code: string | null; address: string | null } {
  const { code, address: own } = settings.finishes[finish];
  const address = settings.isRecognised ? null : (own ?? platformOf(settings).wayBack);
  return { code: address === null || address.includes("{code}") ? code : null, address };
}

/** The same for one person, with their ids in the address. */
export function finishFor(settings: Settings, finish: FinishKind, ids: Ids): Finish {
  const { code, address } = wayBackOf(settings, finish);
  const values: Record<string, string | null> = { code, ...ids };
  const filled = address?.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  return { platform: platformOf(settings).name, finish, code, address: filled ?? null };
}
