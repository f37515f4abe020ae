import type { Protocol } from "../../contract/studies.ts";
import { ProtocolWrong } from "../../studies/errors.ts";

type Analysis = Protocol["analysis"];

interface AnalysisFlags {
  readonly concludeAbout?: string;
  readonly margin?: string;
  readonly looks?: string;
  readonly spending?: string;
}

/**
 * What the flags declare to be concluded from; nothing where they do not.
 * @param standing what is declared so far
 * @throws ProtocolWrong
 */
export function analysisSaid(
  { concludeAbout, margin, looks, spending }: AnalysisFlags,
  standing: Analysis,
): { analysis?: Analysis } {
  if ([concludeAbout, margin, looks, spending].every((flag) => flag === undefined)) return {};
  const { margin: marginSoFar, looks: looksSoFar, ...rest } = standing;
  const said = margin === undefined ? marginSoFar : margin === "off" ? undefined : share("--margin", margin);
  const at = looks === undefined ? looksSoFar?.at : looks === "off" ? undefined : sharesOf(looks);
  if (spending !== undefined && at === undefined) throw new ProtocolWrong("--spending goes with --looks.");
  const by = spending === undefined ? (looksSoFar?.spending ?? "obrienFleming") : spendingOf(spending);
  return {
    analysis: {
      ...rest,
      ...(concludeAbout === undefined ? {} : { test: testAbout(concludeAbout) }),
      ...(said === undefined ? {} : { margin: said }),
      ...(at === undefined ? {} : { looks: { at, spending: by } }),
    },
  };
}

/** The test that is about these annotators, or about others like them. */
function testAbout(annotators: string): Protocol["analysis"]["test"] {
  if (annotators === "like-these") return "tTest";
  if (annotators === "these") return "permutationTest";
  throw new ProtocolWrong(`--conclude-about: “${annotators}” is not like-these or these.`);
}

function spendingOf(value: string): "obrienFleming" | "pocock" {
  if (value === "obrien-fleming") return "obrienFleming";
  if (value === "pocock") return "pocock";
  throw new ProtocolWrong(`--spending: “${value}” is not obrien-fleming or pocock.`);
}

const sharesOf = (value: string): number[] => value.split(",").map((one) => share("--looks", one.trim()));

function share(flag: string, value: string): number {
  if (/^0?\.\d+$/.test(value)) return Number(value);
  throw new ProtocolWrong(`${flag}: “${value}” is not a number such as 0.05.`);
}
