import { describe, expect, it } from "vitest";
import { anthropic } from "../../../server/model-servers/adapters/anthropic.ts";
import { openai } from "../../../server/model-servers/adapters/openai.ts";
import { responses } from "../../../server/model-servers/adapters/responses.ts";
import { requestBody } from "../../../server/model-servers/request-body.ts";
import { sentParameters } from "../../../server/model-servers/sent-parameters.ts";

const asked = {
  ...{ model: "m", messages: [], temperature: 0, topP: null, repetitionPenalty: null, seed: 1 },
  maxTokens: 9,
};
const schema = { name: "verdict", body: { type: "object" } };

describe("the form of a reply that is on record", () => {
  it.each([
    [openai, ["json_schema"], "json_object"],
    [openai, ["json_schema", "json_object"], "words"],
    [responses, [], "json_schema"],
    [responses, ["json_schema"], "json_object"],
    [anthropic, [], "json_schema"],
    [anthropic, ["output_config"], "tool"],
    [anthropic, ["output_config", "tools"], "words"],
  ] as const)(
    "is the one that was asked for, with an effort set by hand as well: %#",
    (adapter, refused, form) => {
      const without = new Set(refused);
      const own = adapter.effort("low");
      const request = { ...asked, schema };
      const body = requestBody(adapter, request, { without, repetitionPenaltyAs: [], own });
      expect(sentParameters(request, body, without)).toMatchObject({
        ...{ form, isFormRefused: form !== "json_schema", maxTokens: 9, without: [...refused].sort() },
      });
      const free = requestBody(
        adapter,
        { ...asked, schema: null },
        { without: new Set(), repetitionPenaltyAs: [], own },
      );
      expect(sentParameters({ ...asked, schema: null }, free).form).toBe("words");
    },
  );
});
