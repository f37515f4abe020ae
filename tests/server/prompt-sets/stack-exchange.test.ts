import { gzipSync } from "node:zlib";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import type { Candidate } from "../../../server/prompt-sets/candidate.ts";
import { type Input, standardInput } from "../../../server/prompt-sets/sources/input.ts";
import { licenceAt, readStackExchange, siteOf } from "../../../server/prompt-sets/sources/stack-exchange.ts";
import { SourceTally } from "../../../server/prompt-sets/sources/tally.ts";
import { postsXml, rowOf } from "../../support/prompt-dumps.ts";

const SITE = "cooking.stackexchange.com";
const inputOf = (bytes: Buffer | string): Input => standardInput(Readable.from([Buffer.from(bytes)]));

async function read(bytes: Buffer | string): Promise<{ all: Candidate[]; tally: SourceTally }> {
  const tally = new SourceTally();
  const all: Candidate[] = [];
  for await (const one of readStackExchange(inputOf(bytes), { site: SITE, tally })) all.push(one);
  return { all, tally };
}

const question = (more: Record<string, string | number | undefined> = {}) =>
  rowOf({ Id: 7, PostTypeId: 1, Score: 41, Body: "<p>b</p>", Title: "Why rest dough?", ...more });
const answer = (Id: number, Score: number, more: Record<string, string | number> = {}) =>
  rowOf({ Id, PostTypeId: 2, ParentId: 7, Score, Body: `<p>answer ${Id}</p>`, ...more });

test("reads a question with its best answer, and what the licence wants named", async () => {
  const dates = { CreationDate: "2012-03-04T05:06:07.000" };
  const { all, tally } = await read(
    postsXml([
      question({ AcceptedAnswerId: 9, OwnerUserId: 3, Tags: "|bread|<dough>", ...dates }),
      answer(9, 33, {
        OwnerUserId: 5,
        ContentLicense: "CC BY-SA 4.0",
        Body: "<p>Gluten &amp; rest &#x2014; &#233;</p>",
      }),
      answer(10, 12),
    ]),
  );
  expect(all).toEqual([
    {
      ...{ id: `${SITE}/7`, group: SITE, score: 41, responseScore: 33, isClosed: false, isAdult: false },
      ...{ unsafe: [], language: null, difficulty: null, flags: [] },
      texts: {
        ...{ title: "Why rest dough?", prompt: "Why rest dough?", body: "<p>b</p>" },
        response: "<p>Gluten &amp; rest &#x2014; &#233;</p>",
      },
      ...{ tags: ["bread", "dough"], licence: null, url: `https://${SITE}/questions/7`, changes: [] },
      authors: [
        { of: "prompt", name: "user 3", url: `https://${SITE}/users/3`, licence: "CC BY-SA 3.0" },
        { of: "response", name: "user 5", url: `https://${SITE}/users/5`, licence: "CC BY-SA 4.0" },
      ],
    },
  ]);
  expect([...tally.notTaken]).toEqual([["answers", 2]]);
});

test("takes no part of a value for an attribute", async () => {
  const { all } = await read(
    postsXml([question({ Title: "What is Score=", Body: "set Tags=", Tags: "|a|", Score: 5 })]),
  );
  expect(all[0]).toMatchObject({
    score: 5,
    tags: ["a"],
    texts: { title: "What is Score=", body: "set Tags=" },
  });
});

describe("takes the best answer", () => {
  test.each([
    ["with the highest score", {}, [answer(8, 3), answer(9, 5)], "answer 9"],
    ["that was accepted, of equals", { AcceptedAnswerId: 9 }, [answer(8, 5), answer(9, 5)], "answer 9"],
    ["that came first, of equals", {}, [answer(10, 5), answer(9, 5)], "answer 9"],
    [
      "with the highest score, not the accepted one",
      { AcceptedAnswerId: 8 },
      [answer(8, 3), answer(9, 5)],
      "answer 9",
    ],
    ["below zero, where there is no other", {}, [answer(8, -2)], "answer 8"],
  ])("%s", async (_what, more, answers, found) => {
    for (const rows of [[question(more), ...answers], [...answers, question(more)].reverse()]) {
      const { all } = await read(postsXml(rows));
      expect(all[0]!.texts.response).toBe(`<p>${found}</p>`);
    }
  });
});

test("leaves out what the dump's publisher has planted", async () => {
  const planted = [
    rowOf({ Id: 1_000_000_001, PostTypeId: 1, Title: "Is this made up?", Score: 99, OwnerUserId: -1 }),
    rowOf({ Id: 1_000_000_010, PostTypeId: 2, ParentId: 7, Score: 99, Body: "made up", OwnerUserId: -1 }),
  ];
  const { all, tally } = await read(postsXml([question(), answer(8, 5), ...planted]));
  expect(all.map(({ id, texts }) => [id, texts.response])).toEqual([[`${SITE}/7`, "<p>answer 8</p>"]]);
  expect(tally.notTaken.get("planted by the publisher of the dump")).toBe(2);
});

test("counts rows that it cannot read, with their lines", async () => {
  const rows = [
    question(),
    '  <row Id="8" PostTypeId="2" Body="no end',
    '  <row PostTypeId="1" Title="No id" />',
    '  <row Id="11" PostTypeId="2" ParentId="7" Body="x" />',
    '  <row Id="twelve" PostTypeId="1" Title="t" />',
    question(),
    "  <comment>x</comment>",
    `${question({ Id: 20 })}${question({ Id: 21 })}`,
    rowOf({ Id: 13, PostTypeId: 5 }),
    rowOf({ Id: 14, PostTypeId: 1, Title: " " }),
  ];
  const { all, tally } = await read(postsXml(rows));
  expect(all).toHaveLength(1);
  expect(tally.unreadable).toBe(7);
  expect(tally.unreadableRows.map(({ line, why }) => `${line} ${why}`)).toEqual([
    "4 is a row without its end",
    "5 has no Id",
    "6 has no Score",
    "7 has no Id",
    "8 has the Id 7 of an earlier row",
  ]);
  expect(Object.fromEntries(tally.notTaken)).toEqual({
    "neither questions nor answers": 1,
    "questions without a title": 1,
  });
});

test.each([
  [
    "cut off",
    postsXml([question()]).replace("</posts>", ""),
    /ends before <\/posts>, after 1 rows: it is cut off/,
  ],
  [
    "another XML file",
    "<?xml version='1.0'?>\n<html>\n<body/>",
    /is not the Posts.xml of a Stack Exchange dump: it begins with/,
  ],
  ["JSON", '{"a": 1}', /is not the Posts.xml/],
  ["empty", "", /is empty, or not the Posts.xml/],
])("refuses a file that is %s", async (_what, text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test("reads what is compressed, and refuses what is cut off there", async () => {
  const packed = gzipSync(postsXml([question(), answer(8, 5)]));
  expect((await read(packed)).all).toHaveLength(1);
  await expect(read(packed.subarray(0, packed.length - 12))).rejects.toThrow(/cannot be unpacked/);
});

test.each([
  ["dumps/cooking.stackexchange.com/Posts.xml", undefined, "cooking.stackexchange.com"],
  ["dumps/Cooking.stackexchange.com.7z", undefined, "cooking.stackexchange.com"],
  ["mathoverflow.net/Posts.xml", undefined, "mathoverflow.net"],
  ["x/Posts.xml", "superuser.com", "superuser.com"],
  ["x/Posts.xml", "Superuser.com", "superuser.com"],
  ["dumps/cooking.stackexchange.com/Posts.xml.gz", undefined, "cooking.stackexchange.com"],
  ["cooking.stackexchange.com/Posts.xml.zst", undefined, "cooking.stackexchange.com"],
  ["dumps/stackoverflow.com-Posts.7z", undefined, "stackoverflow.com"],
])("knows the site of %s", (path, given, site) => {
  expect(siteOf({ name: path, path, bytes: () => Readable.from([]) }, given)).toBe(site);
});

test("asks for the site where nothing says it", () => {
  const file = { name: "2024.01/Posts.xml", path: "2024.01/Posts.xml", bytes: () => Readable.from([]) };
  expect(() => siteOf(file, undefined)).toThrow(/The site of 2024.01\/Posts.xml is not known/);
  expect(() => siteOf(inputOf(""), undefined)).toThrow(/The site of standard input is not known/);
});

// meta.stackexchange.com, question 347758: by the day on which a post was written.
test.each([
  ["2011-04-07T23:59:59.999", "CC BY-SA 2.5"],
  ["2011-04-08T00:00:00.000", "CC BY-SA 3.0"],
  ["2018-05-01T23:59:59.999", "CC BY-SA 3.0"],
  ["2018-05-02T00:00:00.000", "CC BY-SA 4.0"],
  ["", null],
])("a post of %s is under %s", (created, licence) => {
  expect(licenceAt(created)).toBe(licence);
});
