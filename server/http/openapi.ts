import type { FastifyInstance, FastifySchema, RouteOptions } from "fastify";
import { z } from "zod";
import { problemSchema } from "../contract/errors.ts";
import { projectVersion } from "../in-project.ts";
import { type Access, access, SESSION_COOKIE } from "./access.ts";
import { PROBLEM_TYPE, replies } from "./errors.ts";
import { ROUTE_WORDS, wordsOf } from "./route-words.ts";
import type { Schema } from "./type-text.ts";

/**
 * Serves the description of the interface as OpenAPI 3.1, made of the schemas by which the routes check their requests
 * and replies. Describes the routes that are registered after this call.
 * @returns the description, for when all are
 */
export function describeApi(app: FastifyInstance): () => ApiDocument {
  const routes: RouteOptions[] = [];
  let made: ApiDocument | undefined;
  const description = () => (made ??= apiDocument(routes));
  app.addHook("onRoute", (route) => {
    if (route.url.startsWith("/api/") && route.method !== "HEAD") routes.push(route);
  });
  const schema = { response: replies(z.unknown().describe("An OpenAPI 3.1 document.")) };
  app.get("/api/openapi.json", { ...access("public"), schema }, description);
  return description;
}

type Json = Record<string, unknown>;
type Content = Readonly<Record<string, { readonly schema: Schema }>>;

/** What a reader of the description finds of one route; all of it is in `openapi.json`. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly "x-access": Access;
  /** Any one of these lets a request in; none: anybody. */
  readonly security: readonly Record<string, []>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: "path" | "query";
    readonly required: boolean;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface ApiDocument {
  readonly tags: readonly { readonly name: string }[];
  /** By address, then by method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

function apiDocument(routes: readonly RouteOptions[]): ApiDocument & Json {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const path = route.url.replace(/:(\w+)/g, "{$1}");
    for (const method of [route.method].flat())
      (paths[path] ??= {})[method.toLowerCase()] = operationOf(method, route);
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Tiebreak",
      version: projectVersion(),
      description:
        "Blind pairwise human evaluation of language models: what the pages, programs and the server exchange.",
    },
    tags: Object.keys(ROUTE_WORDS).map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: SESSION_COOKIE,
          description: "Somebody who is signed in on the dashboard.",
        },
        apiToken: {
          type: "http",
          scheme: "bearer",
          description: "A member's token for programs, which begins with tiebreak_.",
        },
        linkToken: {
          type: "http",
          scheme: "bearer",
          description: "The token of an annotator's link, or of one to results.",
        },
      },
      responses: {
        Refused: {
          description: "Refused: a problem (RFC 9457) with a stable name, and what to do.",
          content: { [PROBLEM_TYPE]: { schema: jsonSchema(problemSchema, "output") } },
        },
      },
    },
  };
}

/** Any one of these lets a request in; a reader who names no study is known by the token. */
const securityOf = (needed: Access | undefined, params: unknown): Record<string, []>[] => {
  const member: Record<string, []>[] = [{ session: [] }, { apiToken: [] }];
  const link: Record<string, []>[] = [{ linkToken: [] }];
  if (needed === undefined || needed === "public") return [];
  if (needed === "annotator") return link;
  if (needed === "reader") return params === undefined ? link : [...member, ...link];
  return member;
};

function operationOf(method: string, { url, schema = {}, config }: RouteOptions): Operation {
  const { params, querystring, body, response } = schema;
  const parameters = [...parametersOf(params, "path"), ...parametersOf(querystring, "query")];
  const { tag, ...words } = wordsOf(method, url);
  return {
    ...words,
    tags: [tag],
    security: securityOf(config?.access, params),
    "x-access": config?.access ?? "public",
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(body, config?.longBody === true),
    responses: responsesOf(response, config?.produces),
  };
}

function requestBody(body: unknown, isFile: boolean): Pick<Operation, "requestBody"> {
  if (isFile) return { requestBody: { required: true, content: { "*/*": { schema: {} } } } };
  if (!isZod(body)) return {};
  return {
    requestBody: { required: true, content: { "application/json": { schema: jsonSchema(body, "input") } } },
  };
}

function parametersOf(schema: unknown, place: "path" | "query"): NonNullable<Operation["parameters"]> {
  if (!isZod(schema)) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, "input");
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function responsesOf(response: unknown, files: readonly string[] = []): Operation["responses"] {
  const entries = Object.entries((response ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([status, schema]) => [status.toUpperCase(), responseOf(status, schema, files)]),
  );
}

function responseOf(status: string, schema: unknown, files: readonly string[]): Json {
  if (schema === problemSchema) return { $ref: "#/components/responses/Refused" };
  const description = REPLIES[status] ?? "Done.";
  if (!isZod(schema) || schema instanceof z.ZodNull) return { description };
  const types = files.length > 0 ? files : ["application/json"];
  const content = { schema: jsonSchema(schema, "output") };
  return { description, content: Object.fromEntries(types.map((type) => [type, content])) };
}

const REPLIES: Readonly<Record<string, string>> = {
  202: "Accepted: it goes on in the background.",
  304: "What the client has is still true.",
  422: "The file has errors: nothing of it is loaded.",
};

const isZod = (schema: FastifySchema[keyof FastifySchema]): schema is z.ZodType =>
  schema instanceof z.ZodType;

/** What has no form in JSON Schema, a refinement for instance, is left to the server to check. */
function jsonSchema(schema: z.ZodType, io: "input" | "output"): Schema {
  const found = z.toJSONSchema(schema, { target: "draft-2020-12", unrepresentable: "any", io });
  delete found.$schema;
  return found as Schema;
}
