import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import {
  inviteMemberSchema,
  memberInvitedSchema,
  memberRemoveSchema,
  memberRoleChangeSchema,
  membersSchema,
} from "../contract/accounts.ts";
import type { MemberRole } from "../contract/rights.ts";
import { access, callerOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { inviteMember, passwordLink, revokeInvitation } from "./invitations.ts";
import { changeRole, membersOf, removeAccount } from "./members.ts";

const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const ofInstance = z.strictObject({ id });
const ofStudy = z.strictObject({ study: z.string().max(100) });
const inStudy = ofStudy.extend({ id });

/** The address of an invitation; the token is in the fragment. */
const invitationAddress = (origin: string, token: string): string => `${origin}/invitation#${token}`;

const fromTo = (before: MemberRole | null, after: MemberRole | null): string =>
  `${before ?? "none"} → ${after ?? "none"}`;

/** Members of the instance and of a study: their roles, and invitations. */
export function memberRoutes(context: Context, { origin }: { origin: () => string }): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(instanceRoutes(context, origin));
    await app.register(studyMemberRoutes(context, origin));
  };
}

function instanceRoutes(context: Context, origin: () => string): FastifyPluginAsyncZod {
  const members = replies(membersSchema);
  return async (app) => {
    app.get("/api/members", { ...access("administer"), schema: { response: members } }, async () =>
      membersOf(context, null),
    );
    app.patch(
      "/api/members/:id",
      {
        ...access("administer"),
        schema: { params: ofInstance, body: memberRoleChangeSchema, response: members },
      },
      async (request) => {
        const { role } = request.body;
        const accountId = request.params.id;
        const rights = await callerOf(request).rightsIn(null);
        const { name, before } = await changeRole(context, { accountId, study: null, role, rights });
        request.changed = { object: name, detail: fromTo(before, role) };
        return membersOf(context, null);
      },
    );
    app.delete(
      "/api/members/:id",
      {
        ...access("administer"),
        schema: { params: ofInstance, body: memberRemoveSchema, response: members },
      },
      async (request) => {
        const of = { accountId: request.params.id, typed: request.body.name };
        request.changed = { object: await removeAccount(context, of) };
        return membersOf(context, null);
      },
    );
    app.post(
      "/api/members/:id/password-link",
      { ...access("administer"), schema: { params: ofInstance, response: replies(memberInvitedSchema) } },
      async (request) => {
        const { rightsIn, name: by } = callerOf(request);
        const of = { accountId: request.params.id, rights: await rightsIn(null), by };
        const { token, invitation } = await passwordLink(context, of);
        request.changed = { object: invitation.name };
        return { url: invitationAddress(origin(), token), invitation };
      },
    );
    app.post(
      "/api/invitations",
      {
        ...access("administer"),
        schema: { body: inviteMemberSchema, response: replies(memberInvitedSchema) },
      },
      async (request) => {
        const { rightsIn, name: by } = callerOf(request);
        const given = { ...request.body, study: null, rights: await rightsIn(null), by };
        const { token, invitation } = await inviteMember(context, given);
        request.changed = { object: invitation.name, detail: request.body.role };
        return { url: invitationAddress(origin(), token), invitation };
      },
    );
    app.delete(
      "/api/invitations/:id",
      { ...access("administer"), schema: { params: ofInstance, response: members } },
      async (request) => {
        const of = { id: request.params.id, study: null };
        request.changed = { object: await revokeInvitation(context, of) };
        return membersOf(context, null);
      },
    );
  };
}

function studyMemberRoutes(context: Context, origin: () => string): FastifyPluginAsyncZod {
  const members = replies(membersSchema);
  return async (app) => {
    app.get(
      "/api/studies/:study/members",
      { ...access("manage"), schema: { params: ofStudy, response: members } },
      async (request) => membersOf(context, request.params.study),
    );
    app.patch(
      "/api/studies/:study/members/:id",
      {
        ...access("manage"),
        schema: { params: inStudy, body: memberRoleChangeSchema, response: members },
      },
      async (request) => {
        const { study, id: accountId } = request.params;
        const { role } = request.body;
        const rights = await callerOf(request).rightsIn(study);
        const { name, before } = await changeRole(context, { accountId, study, role, rights });
        request.changed = { object: name, detail: fromTo(before, role) };
        return membersOf(context, study);
      },
    );
    app.post(
      "/api/studies/:study/invitations",
      {
        ...access("manage"),
        schema: { params: ofStudy, body: inviteMemberSchema, response: replies(memberInvitedSchema) },
      },
      async (request) => {
        const { study } = request.params;
        const { rightsIn, name: by } = callerOf(request);
        const given = { ...request.body, study, rights: await rightsIn(study), by };
        const { token, invitation } = await inviteMember(context, given);
        request.changed = { object: invitation.name, detail: request.body.role };
        return { url: invitationAddress(origin(), token), invitation };
      },
    );
    app.delete(
      "/api/studies/:study/invitations/:id",
      { ...access("manage"), schema: { params: inStudy, response: members } },
      async (request) => {
        request.changed = { object: await revokeInvitation(context, request.params) };
        return membersOf(context, request.params.study);
      },
    );
  };
}
