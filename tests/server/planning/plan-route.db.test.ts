import { expect, it } from "vitest";
import { HOST, testApp } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";

it("refuses what is no number with a sentence that names the field", async () => {
  const app = await testApp(await testContext("sqlite"));
  const messageOf = async (query: string) => {
    const { statusCode, body } = await app.inject({ url: `/api/plan?${query}`, headers: HOST });
    expect(statusCode).toBe(400);
    return (JSON.parse(body) as { detail: string }).detail;
  };
  expect(await messageOf("rate=abc")).toBe("rate: Give a share from 0 to 1, such as 0.55.");
  expect(await messageOf("rate=55")).toBe("rate: Give a share from 0 to 1, such as 0.55.");
  expect(await messageOf("prompts=2.5")).toBe("prompts: Give a whole number from 1.");
  expect(await messageOf("rate=0.6&power=1")).toMatch(/^power: Give a power above 0\.05/);
  await app.close();
});
