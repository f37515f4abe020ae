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
        "677 prompts × 1 = 677 judgments per baseline. They detect a win rate (ties count ½) of 0.55 with a power of 80 %.",
        "",
        "Assumed: 22 % ties; t test, two-sided at 5 %.",
        "This is about annotators like these, with 20 of them sharing the judgments.",
        "It assumes that annotators do not differ; if they do, more prompts and annotators are needed.",
        "",
      ].join("\n"),
    );
    const ofThese = ["--conclude-about", "these"];
    expect(await plan("--rate", "0.55", ...ofThese)).toBe(
      [
        "605 prompts × 1 = 605 judgments per baseline. They detect a win rate (ties count ½) of 0.55 with a power of 80 %.",
        "",
        "Assumed: 22 % ties; permutation test, two-sided at 5 %.",
        "This is about these annotators alone: other prompts, but no other annotators.",
        "",
      ].join("\n"),
    );
    const three = await plan(
      ...["--rate", "0.52", "--judgments", "3", "--ties", "0.35", "--power", "0.9", ...ofThese],
    );
    expect(three).toContain("2,839 prompts × 3 = 8,517 judgments");
    expect(three).toContain("Assumed: two judgments of the same prompt correlate at 0.5");
  });

  it("tells the smallest rate for prompts, and turns round", async () => {
    expect(await plan("--prompts", "300", "--conclude-about", "these")).toContain(
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
    const { power } = await planned("--prompts", "605", "--rate", "0.55", "--conclude-about", "these");
    expect(power).toBeCloseTo(0.8, 3);
    expect((await planned("--prompts", "605", "--rate", "0.55")).power).toBeCloseTo(0.755, 3);
    expect(await plan("--prompts", "100", "--rate", "0.55")).toContain("with a power of 18.8 %.");
  });

  it("counts on as many annotators as are given", async () => {
    const few = await plan("--rate", "0.6", "--judgments", "3", "--annotators", "3");
    expect(few).toMatch(/^1\d\d prompts × 3 = /);
    expect(few).toContain("This is about annotators like these, with 3 of them sharing the judgments.");
    expect(
      await planned("--rate", "0.6", "--prompts", "97", "--judgments", "3", "--annotators", "3"),
    ).toMatchObject({
      annotators: 3,
      power: expect.closeTo(0.725, 3) as number,
    });
    await expect(plan("--rate", "0.6", "--judgments", "4", "--annotators", "3")).rejects.toThrow(
      "4 judgments per prompt take as many annotators",
    );
    await expect(plan("--rate", "0.6", "--judgments", "2", "--annotators", "2")).rejects.toThrow(
      "two annotators are too few to stand for others",
    );
  });

  it("says how many annotators are needed where no number of prompts is enough", async () => {
    const given = ["--rate", "0.6", "--judgments", "3", "--annotator-correlation", "0.02"];
    await expect(plan(...given, "--annotators", "3")).rejects.toThrow(
      "with 3 annotators who differ so much no number of prompts is enough (the power is 35 % at most); it takes 6 annotators or more",
    );
    const six = await planned(...given, "--annotators", "6");
    expect(six.prompts).toBeGreaterThan(300);
    expect((await planned(...given, "--annotators", "12")).prompts).toBeLessThan(200);
  });

  it("tells the hours and what they cost", async () => {
    const given = ["--rate", "0.6", "--conclude-about", "these", "--words", "480", "--pay", "12"];
    expect(await planned(...given)).toMatchObject({ judgments: 146, hours: 146 / 30, cost: (146 / 30) * 12 });
    expect(await plan(...given)).toContain("Reading for them takes 4.9 hours, which cost 58 at that pay.");
    await expect(plan("--rate", "0.6", "--pay", "12")).rejects.toThrow("Give the words that one judgment");
  });

  it("knows that few prompts never show a difference by the permutation test", async () => {
    const these = ["--conclude-about", "these"];
    await expect(plan("--rate", "0.8", "--prompts", "5", ...these)).rejects.toThrow("fewer than six prompts");
    expect(await planned("--rate", "0.88", "--power", "0.3", ...these)).toMatchObject({ prompts: 6 });
  });

  it("warns that a plan with few prompts is too hopeful", async () => {
    for (const about of ["like-these", "these"]) {
      const given = ["--rate", "0.8", "--judgments", "3", "--conclude-about", about, "--prompts"];
      expect(await plan(...given, "14")).toContain("With fewer than 15 prompts the true power is lower");
      expect(await plan(...given, "15")).not.toContain("true power");
    }
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
