import type { EntryStage } from "../../../server/contract/words.ts";
import type { Dictionary } from "../index.ts";
import { minutesOf, pairs } from "./counted.ts";

/** What comes before the first pair, in Arabic. */
export const entry: Dictionary["entry"] = {
  steps: "قبل الزوج الأول",
  stages: {
    information: "عن هذه الدراسة",
    consent: "الموافقة",
    questions: "عنك",
    practice: "تدريب",
    qualification: "اختبار",
  } satisfies Record<EntryStage, string>,
  continue: "متابعة",
  sending: "جارٍ الإرسال…",

  information: {
    howMuch: "كم ومتى",
    asked: (count) => `يُطلب منك أن تقيّم ${pairs(count)} من الإجابات.`,
    atMost: (count) => `أقصى ما هنالك من الأزواج: ${pairs(count)}. قيّم منها ما شئت.`,
    measured: (minutes) => `بالوتيرة التي يعمل بها الآخرون، يستغرق ذلك نحو ${minutesOf(minutes)} إجمالًا.`,
    fromLength: (minutes) => `يستغرق ذلك نحو ${minutesOf(minutes)} إجمالًا، تقديرًا من طول النصوص.`,
    pay: "الأجر",
    warning: "يرجى الانتباه",
    stored: "ما الذي يُحفظ",
    storedAlways: "تُحفظ اختياراتك ووقتها ومدة اطّلاعك واللغة وتخطيط الصفحة ونوع الجهاز تحت رقم، لا تحت اسمك.",
    stop: "التوقف",
    stopDefault: "يمكنك التوقف متى شئت: استخدم «مغادرة هذه الدراسة» في أسفل الصفحة. وما أجبت عنه محتسب.",
    contact: "من يجري هذه الدراسة",
  },

  consent: {
    isNew: "تغيّر النص منذ وافقت. اقرأه من جديد قبل الزوج التالي.",
    statements: "ضع علامة عند كل عبارة",
    agree: "أوافق",
    refuse: "لا أوافق",
    missing: "للموافقة ضع علامة عند كل عبارة.",
    readAgain: "القراءة من جديد",
    version: (version) => `الإصدار ${version}`,
  },

  questions: {
    why: "تُحفظ إجاباتك منفصلةً عن اختياراتك ولا تظهر في أي تقرير.",
    required: "مطلوب",
    decline: "أفضّل عدم الإجابة",
    severalHint: "يمكنك اختيار أكثر من واحد.",
    range: (min, max) =>
      min === undefined
        ? max === undefined
          ? "رقم"
          : `رقم لا يتجاوز ${max}`
        : max === undefined
          ? `رقم لا يقل عن ${min}`
          : `رقم من ${min} إلى ${max}`,
    send: "حفظ ومتابعة",
    missing: "أجب عن كل سؤال عليه علامة «مطلوب».",
  },

  practice: {
    number: (at, of) => `زوج تدريب ${at} من ${of}`,
    why: "لا تُحتسب إجاباتك هنا: ترى بعد كل منها ما كان متوقعًا وسببه.",
    again: "يبدأ التدريب من جديد قبل محاولتك التالية للاختبار.",
    right: "كما هو متوقع",
    wrong: "كانت إجابة أخرى متوقعة",
    chosen: (choice) => `اخترت: ${choice}`,
    expected: (choices) => `المتوقع: ${choices.join("، أو: ")}`,
    next: "الزوج التالي",
    done: "متابعة",
  },

  qualification: {
    number: (at, of) => `زوج اختبار ${at} من ${of}`,
    mark: (pass, of) => `للمتابعة ينبغي أن يطابق تقييمك المتوقع في ${pass} على الأقل من ${of}.`,
    tries: (attempt, tries) => `المحاولة ${attempt} من ${tries}.`,
    again: "لم تجتز الاختبار. يمكنك المحاولة مرة أخرى.",
  },

  begin: {
    title: "تبدأ الأزواج الفعلية الآن",
    passed: (right, of) => `اجتزت الاختبار: طابق تقييمك المتوقع في ${right} من ${of}.`,
    counts: "من الآن فصاعدًا تُحتسب إجاباتك، ولا يُنتظر منك إلا رأيك.",
    button: "بدء التقييم",
  },
};
