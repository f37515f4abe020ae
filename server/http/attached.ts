import type { FastifyReply } from "fastify";

/**
 * Makes a reply a file that browsers save and never show, whatever is in it.
 * @param file.type its media type; text is UTF-8
 * @param file.name any text: it is escaped
 */
export const attached = (reply: FastifyReply, { type, name }: { type: string; name: string }): FastifyReply =>
  reply
    .type(type.startsWith("text/") ? `${type}; charset=utf-8` : type)
    .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
