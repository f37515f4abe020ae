import { expect, it } from "vitest";
import { MIGRATIONS } from "../../../migrations/index.ts";
import { showPlatforms } from "../../../server/participants/set-platform.ts";
import { migrate } from "../../../server/storage/migrate.ts";
import { openDatabase } from "../../../server/storage/open.ts";
import { cleanUpLater } from "../../support/clean-up.ts";
import { DATABASES, emptyDatabaseUrl } from "../../support/context.ts";
import { AT } from "../participants/participants-support.ts";

const ENTRY = MIGRATIONS.findIndex(({ name }) => name.endsWith("-entry"));
/** As a platform was kept before there was anything before the first pair. */
const SETTINGS = {
  ...{ platform: "prolific", minutes: null, isRecognised: false },
  finishes: Object.fromEntries(
    ["completed", "no_consent", "stopped", "ended", "no_work", "timed_out"].map((finish) => [
      finish,
      { code: `CODE-${finish}`, address: null },
    ]),
  ),
};

it.each(DATABASES)(
  "a platform that was set before gains the codes of the new finishes, on %s",
  async (kind) => {
    const database = openDatabase(await emptyDatabaseUrl(kind));
    cleanUpLater(() => database.close());
    const options = { say: () => undefined, stamp: "now" };
    await migrate(database, { ...options, migrations: MIGRATIONS.slice(0, ENTRY) });
    await database.transact(async ({ db }) => {
      const study = {
        name: "s",
        public_title: "S",
        state: "draft" as const,
        note: null,
        seed: "x",
        created_at: "2026",
      };
      const { id } = await db.insertInto("study").values(study).returning("id").executeTakeFirstOrThrow();
      for (const name of ["crowd", "others"]) {
        const group = await db
          .insertInto("annotator_group")
          .values({ study_id: id, name, kind: "crowd", headline: 1, open_token_hash: null, load_id: null })
          .returning("id")
          .executeTakeFirstOrThrow();
        const settings = JSON.stringify(SETTINGS);
        const platform = { group_id: group.id, settings, secret: name, link: null, set_at: "2026" };
        await db.insertInto("platform").values(platform).execute();
      }
    });
    await migrate(database, { ...options, migrations: MIGRATIONS });
    const context = { database, clock: () => new Date(), randomBytes: () => Buffer.alloc(8) };
    const codes = (await showPlatforms(context, AT)).flatMap(({ finishes }) =>
      finishes.map(({ finish, code }) => ({ finish, code })),
    );
    expect(codes.filter(({ code }) => code?.startsWith("CODE-"))).toHaveLength(12);
    const drawn = codes.filter(({ finish }) => !(finish in SETTINGS.finishes)).map(({ code }) => code);
    for (const code of drawn) expect(code).toMatch(/^[0-9A-F]{10}$/);
    expect(new Set(drawn).size).toBe(4);
  },
);
