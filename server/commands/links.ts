import { type Command, InvalidArgumentError, Option } from "commander";
import type { ConfigInput } from "../config.ts";
import {
  type IssuedLinks,
  linkLabelSchema,
  type LinkReplaced,
  type LinksChanged,
} from "../contract/links.ts";
import { issuedLinks } from "../links/issued-links.ts";
import { labelLink } from "../links/label-link.ts";
import { limitLink } from "../links/limit-link.ts";
import { restoreLinks, revokeLinks } from "../links/revoke-links.ts";
import { replaceLink } from "../links/replace-link.ts";
import { addLinkOptions, LINK_HELP } from "./support/link-options.ts";
import { linksText } from "./support/links-text.ts";
import { repeated } from "./support/repeated.ts";
import { onEither, studyPath } from "./support/remote-server.ts";
import { print, say, tellOrigin } from "./support/run.ts";

interface Limit {
  readonly name: string;
  readonly most: number | null;
}

interface Label {
  readonly name: string;
  readonly label: string | null;
}

interface LinksFlags extends ConfigInput {
  readonly revoke?: readonly string[];
  readonly restore?: readonly string[];
  readonly replace?: string;
  readonly most?: Limit;
  readonly label?: Label;
  readonly json?: boolean;
}

const BY = "command line";
const HELP = `
The links themselves cannot be shown again: only their hashes are stored. To send one again, replace it: the old
one ends, and its annotator goes on where they were. Judgments made with a revoked link stay and count.

Examples:
  npx tiebreak links haiku
  npx tiebreak links haiku --revoke annotator-7 --revoke results-1
  npx tiebreak links haiku --restore annotator-7
  npx tiebreak links haiku --replace annotator-7
  npx tiebreak links haiku --most shared-crowd=300
  npx tiebreak links haiku --label results-1="for the reviewers"`;

export function linksCommand(program: Command): void {
  addLinkOptions(program.command("links <study>"))
    .description(
      "list the links that were issued, with their last use; revoke, restore, replace or label them",
    )
    .option("--revoke <name>", "revoke this link (repeatable)", repeated)
    .addOption(
      new Option("--restore <name>", "make a revoked link valid again (repeatable)")
        .argParser(repeated)
        .conflicts("revoke"),
    )
    .addOption(
      new Option("--replace <name>", "print a new link in place of this one, to send it again").conflicts([
        "revoke",
        "restore",
      ]),
    )
    .addOption(
      new Option(
        "--most <name=number>",
        "set how many people may join by a shared link, which stays valid (“default”: three times the people needed, at least 50)",
      )
        .argParser(limitIn)
        .conflicts(["revoke", "restore", "replace"]),
    )
    .addOption(
      new Option("--label <name=text>", "set what you call a link, for yourself (empty: nothing)")
        .argParser(labelIn)
        .conflicts(["revoke", "restore", "replace", "most"]),
    )
    .addHelpText("after", LINK_HELP)
    .addHelpText("after", HELP)
    .action(async (study: string, _flags: unknown, command: Command) => {
      const { revoke, restore, replace, most, label, ...flags } = command.optsWithGlobals<LinksFlags>();
      if (replace !== undefined) {
        const made = await onEither<LinkReplaced>(flags, {
          there: (server) => server.post(studyPath(study, "links", "replace"), { name: replace }),
          here: async (run) => {
            const { context, origin } = run;
            const replaced = await replaceLink(context, { study, name: replace, origin, by: BY });
            tellOrigin(run);
            return replaced;
          },
        });
        if (made.warning) say(made.warning);
        return print(flags.json ? JSON.stringify(made) : made.url);
      }
      if (most !== undefined) return tell("set", await limited(study, { ...flags, most }), flags);
      if (label !== undefined) return tell("set", await labelled(study, { ...flags, label }), flags);
      const names = revoke ?? restore;
      if (names) {
        const verb = revoke ? "revoke" : "restore";
        const change = revoke ? revokeLinks : restoreLinks;
        const changed = await onEither(flags, {
          there: (server) => server.post<LinksChanged>(studyPath(study, "links", verb), { names }),
          here: ({ context }) => change(context, { study, names, by: BY }),
        });
        return tell(revoke ? "revoked" : "valid again", changed, flags);
      }
      const { links } = await onEither<IssuedLinks>(flags, {
        there: (server) => server.whole(studyPath(study, "links"), "links"),
        here: async ({ context }) => ({ links: await issuedLinks(context, study) }),
      });
      print(flags.json ? JSON.stringify({ links }) : linksText(links));
    });
}

const limited = (study: string, { most, ...flags }: LinksFlags & { most: Limit }): Promise<LinksChanged> =>
  onEither(flags, {
    there: (server) => server.post(studyPath(study, "links", "limit"), most),
    here: ({ context }) => limitLink(context, { study, ...most, by: BY }),
  });

const labelled = (study: string, { label, ...flags }: LinksFlags & { label: Label }): Promise<LinksChanged> =>
  onEither(flags, {
    there: (server) => server.post(studyPath(study, "links", "label"), label),
    here: ({ context }) => labelLink(context, { study, ...label, by: BY }),
  });

/** @throws InvalidArgumentError where the value names no link and label */
function labelIn(value: string): Label {
  const label = linkLabelSchema.safeParse({
    name: value.split("=", 1)[0],
    label: value.slice(value.indexOf("=") + 1).trim() || null,
  });
  if (!value.includes("=") || !label.success)
    throw new InvalidArgumentError("Write the link and up to 200 characters: annotator-7=Ada’s pilot.");
  return label.data;
}

/** @throws InvalidArgumentError where the value names no link and number */
function limitIn(value: string): Limit {
  const [, name, limit] = /^(.+)=(default|[1-9]\d{0,6})$/.exec(value) ?? [];
  if (name === undefined || Number(limit) > 1_000_000)
    throw new InvalidArgumentError("Write the link and a number from 1 to 1000000: shared-crowd=300.");
  return { name, most: limit === "default" ? null : Number(limit) };
}

function tell(what: string, { changed }: { changed: readonly string[] }, { json }: LinksFlags): void {
  if (json) return print(JSON.stringify({ changed }));
  print(
    changed.length === 0
      ? `Nothing changed: already ${what.replace(" again", "")}.`
      : `${changed.join(", ")}: ${what}.`,
  );
}
