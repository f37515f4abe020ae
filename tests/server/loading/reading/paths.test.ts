import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnOfPath, valueAt } from "../../../../server/loading/reading/paths.ts";

const reply = {
  id: 7,
  "a.b": "its own name",
  response: { choices: [{ message: { content: "Cod." } }, { message: { content: "Hake." } }] },
  cell: '{"inputs": [{"text": "Name a fish."}]}',
  broken: '{"inputs": ',
  chat: [
    { role: "system", content: "Be brief." },
    { role: "user", content: "One?" },
    { role: "assistant", content: "Yes." },
    { role: "user", content: "Two?" },
  ],
};

describe("a path into a row", () => {
  it.each<[string, unknown]>([
    ["id", 7],
    ["a.b", "its own name"],
    ["response.choices[0].message.content", "Cod."],
    ["response.choices.1.message.content", "Hake."],
    ["response.choices[-1].message.content", "Hake."],
    ["response.choices.message.content", ["Cod.", "Hake."]],
    ["cell.inputs[0].text", "Name a fish."],
    ["chat[role=user].content", ["One?", "Two?"]],
    ["chat[role=user][-1].content", "Two?"],
    ["chat[role=tool].content", undefined],
    ["broken.inputs", undefined],
    ["response.choices[2]", undefined],
    ["response.length", undefined],
    ["chat.length", undefined],
    ["id.toString", undefined],
    ["constructor.name", undefined],
    ["nothing[", undefined],
    ["", undefined],
  ])("%s is %j", (path, value) => {
    expect(valueAt(reply, path)).toEqual(value);
  });

  it("takes the column that it begins in, or the one that is called so", () => {
    expect(columnOfPath(reply, "response.choices[0]")).toBe("response");
    expect(columnOfPath(reply, "chat[role=user].content")).toBe("chat");
    expect(columnOfPath(reply, "a.b")).toBe("a.b");
  });

  it("leads to every value of a nested row, written with brackets and with points", () => {
    const name = fc.stringMatching(/^[a-z]{1,4}$/).filter((one) => !(one in {}));
    const steps = fc.array(fc.oneof(name, fc.nat(3)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(name, steps, fc.integer(), (first, rest, leaf) => {
        const inner = rest.reduceRight<unknown>((value, step) => {
          if (typeof step === "string") return { [step]: value };
          return [...Array<null>(step).fill(null), value];
        }, leaf);
        const brackets = rest.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
        for (const value of [inner, JSON.stringify(inner)]) {
          expect(valueAt({ [first]: value }, first + brackets)).toBe(leaf);
          expect(valueAt({ [first]: value }, [first, ...rest].join("."))).toBe(leaf);
        }
      }),
    );
  });
});
