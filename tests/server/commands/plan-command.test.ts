import { Command } from "commander";
import { afterEach, describe, expect, it, vi } from "vitest";
import { planCommand } from "../../../server/commands/plan.ts";

afterEach(() => vi.restoreAllMocks());

/** What `tiebreak plan …` prints. */
async function plan(...args: string[]): Promise<string> {
  const printed: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  const program = new Command("tiebreak").option("--json").exitOverride();
  program.configureOutput({ writeErr: () => undefined });
  planCommand(program);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  try {
    await program.parseAsync(["plan", ...args], { from: "user" });
  } finally {
    vi.restoreAllMocks();
  }
  return printed.join("");
}

const planned = async (...args: string[]) =>
  JSON.parse(await plan(...args, "--json")) as Record<string, unknown>;

describe("tiebreak plan", () => {
  it("tells prompts and judgments for a rate", async () => {
    expect(await plan("--rate", "0.55")).toBe(
      [
        "605 prompts × 1 = 605 judgments per baseline. They detect a win rate (ties count ½) of 0.55 with a power of 80 %.",
        "",
        "Assumed: 22 % ties; a two-sided test at 5 %.",
        "This assumes 20 annotators or more: with fewer, the interval that generalises to others like them is wider.",
        "If annotators differ strongly from each other, more judgments are needed.",
        "",
      ].join("\n"),
    );
    const three = await plan("--rate", "0.52", "--judgments", "3", "--ties", "0.35", "--power", "0.9");
    expect(three).toContain("2,839 prompts × 3 = 8,517 judgments");
    expect(three).toContain("Assumed: two judgments of the same prompt correlate at 0.5");
  });

  it("tells the smallest rate for prompts, and turns round", async () => {
    expect(await plan("--prompts", "300")).toContain(
      "0.5705 or more, or 0.4295 or less, with a power of 80 %",
    );
    const found = await planned("--prompts", "300", "--judgments", "3", "--correlation", "0.3");
    expect(found).toMatchObject({ prompts: 300, judgments: 900, power: 0.8, ties: 0.22 });
    const rate = String(found.smallestRate);
    expect(await planned("--rate", rate, "--judgments", "3", "--correlation", "0.3")).toMatchObject({
      prompts: 300,
    });
  });

  it("tells the power for both", async () => {
    const { power } = await planned("--prompts", "605", "--rate", "0.55");
    expect(power).toBeCloseTo(0.8, 3);
    expect(await plan("--prompts", "100", "--rate", "0.55")).toMatch(/with a power of 2\d\.\d %/);
  });

  it("counts on as many annotators as are given", async () => {
    const few = await plan("--rate", "0.6", "--judgments", "3", "--annotators", "3");
    expect(few).toMatch(/^1\d\d prompts × 3 = /);
    expect(few).toContain(
      "This is for 3 annotators, with the interval that generalises to others like them.",
    );
    expect(
      await planned("--rate", "0.6", "--prompts", "97", "--judgments", "3", "--annotators", "3"),
    ).toMatchObject({
      annotators: 3,
      power: expect.closeTo(0.74, 2) as number,
    });
    await expect(plan("--rate", "0.6", "--judgments", "3", "--annotators", "2")).rejects.toThrow(
      "3 judgments per prompt take as many annotators",
    );
  });

  it("says what to do where nothing can be planned", async () => {
    await expect(plan()).rejects.toThrow("Give a rate, a number of prompts, or both.");
    await expect(plan("--rate", "0.5")).rejects.toMatchObject({ name: "PlanImpossible", status: 400 });
    await expect(plan("--rate", "0.95")).rejects.toThrow("no half-tie rate is beyond 0.89");
    for (const wrong of [
      ["--rate", "55"],
      ["--rate", ""],
      ["--prompts", "0"],
      ["--prompts", "2.5"],
      ["--power", "1"],
      ["--ties", "many"],
      ["--judgments", "0"],
    ]) {
      await expect(plan("--rate", "0.6", ...wrong), wrong.join(" ")).rejects.toMatchObject({
        code: "commander.invalidArgument",
      });
    }
  });
});
