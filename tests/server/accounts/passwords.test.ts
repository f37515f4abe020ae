import { describe, expect, it } from "vitest";
import { checkPassword, hashPassword } from "../../../server/accounts/password.ts";
import { browserName } from "../../../server/accounts/sessions.ts";

/** The first 32 bytes of the third test vector of RFC 7914, section 12, as a PHC string. */
const PUBLISHED = "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI";

describe("passwords", () => {
  it("match the hash that RFC 7914 has, which is to be made again as its cost is lower than today's", async () => {
    expect(await checkPassword("pleaseletmein", PUBLISHED)).toEqual({ isRight: true, isOld: true });
    expect(await checkPassword("pleaseletmeout", PUBLISHED)).toMatchObject({ isRight: false });
  });

  it("are hashed with a salt of their own, in one form of Unicode, and match nothing else", async () => {
    const [one, other] = await Promise.all([
      hashPassword("Caf\u00e9 am See"),
      hashPassword("Caf\u00e9 am See"),
    ]);
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await checkPassword("Cafe\u0301 am See", one)).toEqual({ isRight: true, isOld: false });
    for (const hash of [null, "", "$2b$10$abc", other.replace("ln=15", "ln=14")])
      expect(await checkPassword("Caf\u00e9 am See", hash), String(hash)).toMatchObject({ isRight: false });
  });
});

describe("the name of a browser", () => {
  it.each([
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"],
    [
      "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/147.0.0.0 Safari/537.36 Edg/147.0",
      "Edge, Windows",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
      "Safari, iOS",
    ],
    ["curl/8.5.0", null],
    [undefined, null],
  ])("of %s", (agent, name) => expect(browserName(agent)).toBe(name));
});
