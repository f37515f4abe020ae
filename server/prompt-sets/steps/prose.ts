/** A text without its code and its quotes: what its author says in their own words. */
export const proseOf = (text: string): string =>
  text
    .replace(/```[\s\S]*?(```|$)/g, " ")
    .replace(/`[^`\n]*`/g, " ")
    .replace(/^[^\S\n]*>.*$/gm, " ")
    .replace(/[“"][^“”"\n]*[”"]/g, " ");

/** Where “I” is no person: input and output, names of types and errors, kings. */
const NO_PERSON =
  /\bI\/O\b|\b([Tt]ype|[Pp]hase|[Ss]tage|[Ww]orld [Ww]ar)[- ]I\b|\bI[- ]([Bb]eam|[Ff]rame)s?\b|\bI\.(?=\s*[A-Z])|\b[A-Z][a-z]+ I\b(?= of (?!course\b))/g;
/** Parts that are numbered, unless a verb may follow, as in “the book I read”. */
const NUMBERED =
  /\b(class|part|chapter|volume|group|category|level|grade|figure|table|act|book)[- ]I(?=\s*([.,;:)]|$)| (of|and|or|is|in|to)\b)/gi;
const FIRST_PERSON = /(?<![\w'’.$\\])(I|I['’](m|ve|d|ll)|[Mm]y|[Mm]yself)(?![\w$])/;

/** Whether a text is written in the first person: “I” or “my” in its prose. Source of the rule: LIMA, section 2.1; the exceptions are ours. */
export const isFirstPerson = (text: string): boolean =>
  FIRST_PERSON.test(proseOf(text).replace(NO_PERSON, " ").replace(NUMBERED, " "));

/** Words that point to another answer, or to the site. The first two are LIMA's own examples; the others are ours, and a recipe can replace them. */
export const REFERENCES: readonly string[] = [
  "as mentioned",
  "stack exchange",
  "stackexchange",
  "stack overflow",
  "stackoverflow",
  "other answer",
  "other answers",
  "another answer",
  "answer above",
  "answers above",
  "answer below",
  "answers below",
  "previous answer",
  "accepted answer",
  "top answer",
  "as others have",
  "as has been said",
  "this question",
  "your question",
  "the OP",
  "in the comments",
  "comment above",
  "this site",
];

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");

/** Finds the first of the words that a text has as whole words, whatever their capitals; null: none. */
export function referenceFinder(words: readonly string[]): (text: string) => string | null {
  const wanted = words.map((word) => ({ word, plainly: ` ${plain(word).trim()} ` }));
  return (text) => {
    const prose = ` ${plain(proseOf(text))} `;
    return wanted.find(({ plainly }) => prose.includes(plainly))?.word ?? null;
  };
}

/** Words by which a title points to something that it does not hold. */
const POINTING =
  /\b(this|these|those|following|below|above|attached|screenshot|picture|image|photo|here)\b|\bmy (code|script|program|query|output|error|log|proof|setup)\b/i;
const OPEN_QUESTION =
  /^(what|why|how|when|where|who|whom|whose|which|is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|may|might|must)\b/i;
const WORDS_MIN = 4;

/**
 * Why a title cannot be answered without the body below it; null: nothing shows that it cannot. LIMA's people judged this by
 * reading; these rules are ours, and take away what plainly does not stand alone.
 */
export function whyNotAlone(title: string): string | null {
  const text = title.trim();
  if (/\[(closed|duplicate|on hold|migrated)\]/i.test(text)) return "is marked as closed";
  if (POINTING.test(text)) return "points to something that is not in it";
  if (/[:…]$|\.\.\.$/.test(text)) return "goes on elsewhere";
  if (!OPEN_QUESTION.test(text) && !text.endsWith("?")) return "is no question";
  if (text.split(/\s+/).length < WORDS_MIN) return "is too short to say what is asked";
  return null;
}
