import { TiebreakError } from "../contract/errors.ts";
import type { Parameter } from "../contract/platforms.ts";
import type { Ids, Platform } from "./platforms/platform.ts";
import { isSigned } from "./platforms/signed-address.ts";
import { platformOf, type Settings } from "./settings.ts";

class ParticipantMissing extends TiebreakError {
  constructor({ name }: Platform) {
    super(
      "ParticipantMissing",
      400,
      `This study is for people who come from ${name}. Open it again from its page there.`,
    );
  }
}

class ParticipantWrong extends TiebreakError {
  constructor({ name }: Platform, parameter: string) {
    super(
      "ParticipantWrong",
      400,
      `The address is not as ${name} makes it (${parameter}). Open the study again from its page there.`,
    );
  }
}

/** Whom an address names: `preview`: nobody yet, as the platform shows the study to its owner. */
export type Visitor = { readonly kind: "preview" } | { readonly kind: "participant"; readonly ids: Ids };

/**
 * Reads the query of an address by which somebody came from a platform, as it is set.
 * @param here.at the moment, and here.host the name of this server, which a signature depends on
 * @throws ParticipantMissing where none of the platform's parameters is there; ParticipantWrong where one of them is
 *   missing, empty, there twice, or no value that the platform would give, where the study is another one of the platform,
 *   or where a signature is asked for and is not right
 */
export function visitorFrom(
  query: string,
  settings: Pick<Settings, "platform" | "platformStudy" | "keys">,
  here: { at: Date; host: string | undefined },
): Visitor {
  const platform = platformOf(settings);
  const { platformStudy, keys } = settings;
  const given = new URLSearchParams(query);
  const { participant, session, study } = platform.parameters;
  const wanted = [participant, session, study].filter((one) => one !== null);
  if (!wanted.some(({ name }) => given.has(name))) throw new ParticipantMissing(platform);
  if (wanted.some(({ name }) => given.getAll(name).some(isPlaceholder))) return { kind: "preview" };
  const valueOf = (parameter: Parameter): string => {
    const [value = "", ...more] = given.getAll(parameter.name);
    if (more.length > 0 || !/^[\w.@:-]{1,128}$/.test(value))
      throw new ParticipantWrong(platform, parameter.name);
    return value;
  };
  const optionalOf = (parameter: Parameter | null): string | null =>
    parameter === null || (parameter.optional === true && !given.has(parameter.name))
      ? null
      : valueOf(parameter);
  const id = platform.participantOf(valueOf(participant));
  if (id === null) throw new ParticipantWrong(platform, participant.name);
  const ids = { participant: id, session: optionalOf(session), study: optionalOf(study) };
  if (platformStudy !== undefined && ids.study !== platformStudy)
    throw new ParticipantWrong(platform, study?.name ?? "study");
  if (keys !== undefined && !isSigned(platform, { query, ids, keys, ...here }))
    throw new ParticipantWrong(platform, platform.signature?.parameter ?? "signature");
  return { kind: "participant", ids };
}

/** Whether a platform has not yet put a value in the place of its placeholder. */
const isPlaceholder = (value: string): boolean => /\{\{|%/.test(value);

/** Whether an address has all parameters of a platform, whatever their values. */
export const looksLike = (query: string, { parameters }: Platform): boolean => {
  const given = new URLSearchParams(query);
  return Object.values(parameters).every((one) => one === null || given.has(one.name));
};
