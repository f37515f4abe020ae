import type { Wording } from "../contract/studies.ts";

/** The question and its three answers, in the sense of LIMA's, in our own words. */
export const DEFAULT_WORDING: Wording = {
  question:
    "Put yourself in the place of the person who wrote this, wanting help. Which answer would serve you better?",
  left: "A is significantly better",
  tie: "Neither is significantly better",
  right: "B is significantly better",
  guidelines: [
    "Read the question as if you had asked it yourself, then read both answers to the end.",
    "",
    "- Choose **A** or **B** when one would clearly serve you better: it is more correct, more to the point, safer, or easier to use.",
    "- Choose **neither** when you would be about as well served by both, whether both are good or both are bad.",
    "- Which side an answer stands on means nothing. Length alone is no merit.",
    "- You may go back and change an answer at any time.",
  ].join("\n"),
};

/** The title of a study that was given none. */
export const DEFAULT_TITLE = "Which answer is better?";

/** The same in the other languages of the annotator's page. */
const DEFAULT_TITLES: Readonly<Record<string, string>> = { zh: "哪个回答更好？", ar: "أي الإجابتين أفضل؟" };

/** A study's title in a language that its wording gives none in: ours, if the study was given none at all. */
export const titleIn = (language: string, title: string): string =>
  (title === DEFAULT_TITLE ? DEFAULT_TITLES[language.toLowerCase().split("-")[0] ?? ""] : undefined) ?? title;

const CHINESE: Wording = {
  question: "请设想您就是写下这段话、需要帮助的人。哪个回答对您更有帮助？",
  left: "A 明显更好",
  tie: "两者没有明显差别",
  right: "B 明显更好",
  guidelines: [
    "请像自己提出问题一样阅读，然后把两个回答都读完。",
    "",
    "- 如果其中一个对您明显更有帮助（更正确、更切题、更安全或更易用），请选 **A** 或 **B**。",
    "- 如果两个回答对您的帮助差不多，无论都好还是都不好，请选**没有明显差别**。",
    "- 回答在哪一边没有任何意义。仅仅篇幅长不算优点。",
    "- 您可以随时返回修改回答。",
  ].join("\n"),
};

const ARABIC: Wording = {
  question: "ضع نفسك مكان من كتب هذا طلبًا للمساعدة. أي الإجابتين أنفع لك؟",
  left: "الإجابة A أفضل بوضوح",
  tie: "لا فرق واضح بينهما",
  right: "الإجابة B أفضل بوضوح",
  guidelines: [
    "اقرأ السؤال كما لو كنت أنت من طرحه، ثم اقرأ الإجابتين حتى النهاية.",
    "",
    "- اختر **A** أو **B** إن كانت إحداهما أنفع لك بوضوح: أصح، أو ألصق بالموضوع، أو أكثر أمانًا، أو أسهل استعمالًا.",
    "- اختر **لا فرق واضح** إن كانت الإجابتان متقاربتين في نفعهما لك، سواء أكانتا جيدتين أم سيئتين.",
    "- لا معنى للجهة التي تظهر فيها الإجابة، وليس الطول وحده ميزة.",
    "- يمكنك الرجوع وتعديل أي إجابة في أي وقت.",
  ].join("\n"),
};

/** The same by language; the annotator's page speaks these languages too. */
export const DEFAULT_WORDINGS: Readonly<Record<string, Wording>> = {
  en: DEFAULT_WORDING,
  zh: CHINESE,
  ar: ARABIC,
};

/** The choice for two bad answers, and what our guidelines say where it is offered instead of sending them to the tie. */
const BOTH_BAD: Readonly<Record<string, { choice: string; without: string; with: string }>> = {
  en: {
    choice: "Both are bad",
    without: "about as well served by both, whether both are good or both are bad.",
    with: "about as well served by both. If there is a choice for two bad answers, use it when neither would help you.",
  },
  zh: {
    choice: "两者都不好",
    without: "差不多，无论都好还是都不好，请选**没有明显差别**。",
    with: "差不多，请选**没有明显差别**。如果有“两者都不好”一项，而两个回答都帮不了您，请选那一项。",
  },
  ar: {
    choice: "كلتاهما سيئة",
    without: "متقاربتين في نفعهما لك، سواء أكانتا جيدتين أم سيئتين.",
    with: "متقاربتين في نفعهما لك. وإن كان هناك خيار لإجابتين سيئتين فاستعمله حين لا تنفعك أي منهما.",
  },
};

const primary = (language: string): string => language.toLowerCase().split("-")[0] ?? "";

type Wordings = Readonly<Record<string, Wording>>;

/** The wordings with a choice for two bad answers, in our own words where we have the language and a wording has none yet. */
export const withBothBad = (wordings: Wordings): Record<string, Wording> =>
  each(wordings, (wording, ours) => ({
    ...(ours && { both_bad: ours.choice }),
    ...wording,
    guidelines: (ours && wording.guidelines?.replace(ours.without, ours.with)) ?? wording.guidelines,
  }));

/** The wordings without that choice; our own guidelines as they are without it. */
export const withoutBothBad = (wordings: Wordings): Record<string, Wording> =>
  each(wordings, ({ question, left, tie, right, guidelines }, ours) => ({
    ...{ question, left, tie, right },
    guidelines: (ours && guidelines?.replace(ours.with, ours.without)) ?? guidelines,
  }));

const each = (
  wordings: Wordings,
  change: (wording: Wording, ours: (typeof BOTH_BAD)[string] | undefined) => Wording,
): Record<string, Wording> =>
  Object.fromEntries(
    Object.entries(wordings).map(([language, wording]) => [
      language,
      change(wording, BOTH_BAD[primary(language)]),
    ]),
  );
