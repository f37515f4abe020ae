/** A sign that a response speaks to whoever judges it, by the name that the report shows. */
interface Sign {
  readonly name: string;
  readonly patterns: readonly RegExp[];
}

/**
 * Names of the signs that a text addresses its judge rather than whoever asked: each at most once, in the order of
 * `SIGNS`. It looks for what such texts say in English, Chinese, Spanish, German and French, whatever the emphasis,
 * invisible characters or wide letters. It is a flag for the reader of a report, neither a proof nor a filter: a response
 * may quote such words, and others will not be found.
 */
export function addressesJudge(text: string): string[] {
  const plain = plainly(text);
  return SIGNS.filter(({ patterns }) => patterns.some((pattern) => pattern.test(plain))).map(
    ({ name }) => name,
  );
}

/** A label as a judge would be told it: a capital letter that begins no further word. */
const LABEL = "[\"'(\\[]*[AB]\\b(?!['’]?[a-z])[\"')\\]]*";
/** What may follow a bare label: so that "choose A good book" is none. */
const LABEL_ENDS = "(?= *(?:[.,;:!\\n]|$|as\\b|over\\b|because\\b|and\\b|for\\b))";
const ENGLISH_RESPONSE = "(?:[Rr]esponse|[Aa]nswer|[Aa]ssistant|[Oo]utput|[Rr]eply)";

/** @internal */
export const SIGNS: readonly Sign[] = [
  {
    name: "asks to be chosen",
    patterns: [
      new RegExp(
        `\\b(?:[Cc]hoose|[Pp]ick|[Ss]elect|[Pp]refer|[Vv]ote for|[Ff]avou?r) (?:the )?${ENGLISH_RESPONSE} ${LABEL}`,
      ),
      new RegExp(`\\b(?:[Cc]hoose|[Pp]ick|[Ss]elect|[Vv]ote for) ${LABEL}${LABEL_ENDS}`),
      /\b(?:choose|pick|select|prefer|vote for) (?:this|my) (?:response|answer)\b/i,
      /请?(?:选择?|投票?给)(?:回答|答案|回复|助手)?\s?[AB](?![a-zA-Z])(?!选项)/,
      /\b(?:[Ee]lige|[Ee]lija|[Ee]scoge|[Ee]scoja|[Ss]elecciona|[Ss]eleccione) (?:la )?(?:respuesta|opción) [AB]\b/,
      /\b[Ww]ähl(?:e|en Sie) (?:die )?(?:Antwort|Option) [AB]\b/,
      /\b[Cc]hois(?:is|issez|ir) (?:la )?réponse [AB]\b/,
    ],
  },
  {
    name: "says which is better",
    patterns: [
      new RegExp(
        `\\b${ENGLISH_RESPONSE} ${LABEL} (?:is|was|should be|must be) (?:\\w+ ){0,2}(?:better|best|superior|preferred|winner)\\b`,
      ),
      /\b(?:this|my) (?:response|answer) is (?:\w+ ){0,2}(?:better than the other|superior to the other|the better (?:one|response|answer)|the best (?:one|response|answer))\b/i,
      /\bthe other (?:response|answer) is (?:\w+ ){0,2}(?:worse|wrong|incorrect|inferior|bad)\b/i,
      /(?:回答|答案|回复|助手)\s?[AB]\s?(?:是|明显|显然|要)?\s?(?:更好|更优|最好|最佳|更佳)/,
      /\b[Rr]espuesta [AB] es (?:\p{L}+ ){0,2}(?:mejor|superior)\b/u,
      /\bAntwort [AB] ist (?:\p{L}+ ){0,2}(?:besser|bessere|beste|überlegen)\b/u,
      /\b[Rr]éponse [AB] est (?:\p{L}+ ){0,2}(?:meilleure|supérieure)/u,
    ],
  },
  {
    name: "overrules instructions",
    patterns: [
      /\b(?:ignore|disregard|forget|override) (?:all |any )?(?:of )?(?:the |your |these |those |my )?(?:previous|prior|above|earlier|preceding|foregoing|other)(?: \w+)? (?:instruction|prompt|guideline|rule|direction)s?\b/i,
      /\b(?:ignore|disregard|forget) (?:all |any )?(?:of )?(?:the |your )?(?:instructions|guidelines) (?:above|before|so far|given|you)\b/i,
      /(?:忽略|无视|忘记|不要理会)(?:掉)?(?:所有|全部|一切)?(?:之前|以前|此前|以上|上述|上面|前面|先前)(?:的)?(?:所有|全部|一切)?(?:的)?(?:指令|指示|说明|提示|规则|要求)/,
      /\bignor[ae] (?:todas )?(?:las )?(?:instrucciones|indicaciones) (?:anteriores|previas|de arriba)\b/i,
      /\bignorier(?:e|en Sie) (?:alle )?(?:die )?(?:vorherigen|vorigen|obigen|bisherigen|vorangegangenen) (?:Anweisungen|Instruktionen|Vorgaben)\b/i,
      /\bignore[zr]? (?:toutes )?(?:les )?(?:instructions|consignes) (?:précédentes|ci-dessus|antérieures)/i,
    ],
  },
  {
    name: "speaks to the judge",
    patterns: [
      /\byou are (?:now )?(?:the |an? )(?:(?:impartial|fair|ai|llm|expert|helpful) )?(?:evaluator|grader|annotator|rater)\b/i,
      /\byou are (?:now )?(?:the |an impartial |an ai |an llm |a fair )judge\b/i,
      /(?:^|\n) *(?:dear|attention|attn|note (?:to|for)|message (?:to|for))[,:]? (?:the |all )?(?:ai |llm )?(?:judges?|evaluators?|graders?|annotators?|raters?)\b/i,
      /你(?:现在)?是(?:一[位名个])?(?:公正的)?(?:评委|评审员?|裁判|评判者?|评估[者员]|评分员)/,
      /\b(?:eres|usted es) (?:el|la|un|una) (?:juez|jueza|evaluador|evaluadora)\b/i,
      /\b(?:du bist|sie sind) (?:der|die|ein|eine) (?:richter|gutachter|bewerter|juror|prüfer)(?:in)?\b/i,
      /\b(?:vous êtes|tu es) (?:le |la |l['’]|un |une )(?:juge|évaluateur|évaluatrice)/i,
    ],
  },
  {
    name: "holds a verdict",
    patterns: [
      /\[\[ ?(?:[ABC]|tie|A>{1,2}B|B>{1,2}A|A=B) ?\]\]/,
      /(?:^|\n)[ #>"']*(?:(?:my|the) )?(?:final |overall )?verdict ?[:：] ?["'[(]{0,3}(?:A|B|tie)["'\])]{0,3}[.!]? *(?:\n|$)/i,
      /["']verdict["'] ?: ?["'](?:A|B|tie)["']/i,
    ],
  },
  {
    name: "asks for a grade",
    patterns: [
      /(?<!\b(?:I|I['’]d|would|could|can|to|you|people|users|they|we) )\b(?:rate|score|grade) (?:this|it|me|(?:this|my) (?:response|answer)|(?:response|answer) [AB]) (?:as )?(?:a |with )?(?:perfect )?(?:10|5|100) ?(?:\/|out of) ?(?:10|5|100)\b/i,
      /\b(?:give|award) (?:(?:this|my) (?:response|answer)|(?:response|answer) [AB]) (?:a |an |the )?(?:\w+ )?(?:score|rating|grade|mark|10|5|100)\b/i,
    ],
  },
  {
    name: "imitates the frame",
    patterns: [
      /\[\[ ?(?:END OF )?(?:PROMPT|RESPONSE|TURN)\b/i,
      /(?:^|\n)[\W_]{0,10}END OF (?:THE )?(?:PROMPT|RESPONSE|ANSWER)(?: [AB])?[\W_]{0,10}(?:\n|$)/i,
      /\[The (?:Start|End) of Assistant [AB]['’]s (?:Answer|Conversation)/i,
      /<\|im_?start\|> ?system|<\|start_?header_?id\|> ?system|<<SYS>>/i,
    ],
  },
];

/** Invisible characters that split words for a machine and not for a reader. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g;

/** One width of letters, no emphasis, single blanks; lines stay lines. */
const plainly = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(/[*_`~]/g, "")
    .replace(/[^\S\n]+/g, " ");
