import { z } from "zod";

/** What somebody is in the instance, or in one study. */
export const memberRoleSchema = z.enum(["owner", "researcher", "coordinator", "viewer"]);
export type MemberRole = z.infer<typeof memberRoleSchema>;

/**
 * What a route can ask for, in a study or in the instance.
 * `view`: that a study exists, its state, progress and preview; nothing that ends blinding
 * `results`: figures, names of systems, judgments, exports
 * `people`: annotators, their links, platform ids, messages and reviews
 * `edit`: create, load, set, open, pause, amend, exclude, run models
 * `manage`: close and delete a study, its links to results, its members and their invitations
 * `administer`: accounts, invitations to the instance, the audit
 */
export const rightSchema = z.enum(["view", "results", "people", "edit", "manage", "administer"]);
export type Right = z.infer<typeof rightSchema>;
export const RIGHTS = rightSchema.options;

/**
 * The table of rights, the one definition of what a role may. Who creates a study is an owner of it. A role in one study never
 * brings `administer`, which is of the instance.
 */
export const RIGHTS_OF: Readonly<Record<MemberRole, readonly Right[]>> = {
  owner: ["view", "results", "people", "edit", "manage", "administer"],
  researcher: ["view", "results", "people", "edit"],
  coordinator: ["view", "people"],
  viewer: ["view", "results"],
};

/**
 * What somebody may in a study by their roles.
 * @param roles.instance their role in the instance, which holds in every study; null: none
 * @param roles.study their role in this study; null: none, or no study is meant
 */
export function rightsBy(roles: {
  readonly instance: MemberRole | null;
  readonly study: MemberRole | null;
}): ReadonlySet<Right> {
  const { instance, study } = roles;
  const ofStudy = study === null ? [] : RIGHTS_OF[study].filter((right) => right !== "administer");
  return new Set([...(instance === null ? [] : RIGHTS_OF[instance]), ...ofStudy]);
}

/** Whether nobody is given more than the giver has. */
export const mayGrant = (rights: ReadonlySet<Right>, role: MemberRole, study: string | null): boolean =>
  [...rightsBy(study === null ? { instance: role, study: null } : { instance: null, study: role })].every(
    (right) => rights.has(right),
  );
