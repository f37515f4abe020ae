import type { FinishKind, SkipReason } from "../../../server/contract/words.ts";
import type { Dictionary } from "../index.ts";
import { counted, number, pairs } from "./counted.ts";

const answers = (count: number): string =>
  counted(count, { one: "إجابة واحدة", two: "إجابتان", few: "{} إجابات", other: "{} إجابة" });
const seconds = (count: number): string =>
  counted(count, { one: "ثانية", two: "ثانيتين", few: "{} ثوانٍ", other: "{} ثانية" });

/** The annotator's page in Arabic. */
export const annotator: Dictionary["annotator"] = {
  language: "ar",
  brand: "Tiebreak",
  tabTitle: (title) => `${title} – Tiebreak`,

  progress: (judged, of) => `${number(judged)} من ${number(of)}`,
  progressLabel: (judged, of) => `تم تقييم ${number(judged)} من ${number(of)}`,
  waiting: {
    saved: "✓ محفوظ",
    saving: "جارٍ الحفظ…",
    offline: (count) => `دون اتصال: لم تُرسَل بعد: ${number(count)}`,
    offlineNone: "دون اتصال",
    serverAway: (count) => `إعادة المحاولة: لم تُرسَل بعد: ${number(count)}`,
    serverAwayNone: "إعادة المحاولة",
    onlyHere: "لا يستطيع هذا المتصفح الحفظ دون اتصال. أبقِ الصفحة مفتوحة حتى تظهر كلمة «محفوظ».",
  },
  takenOver: "أُسند هذا الزوج إلى شخص آخر في هذه الأثناء. إجابتك محفوظة على أي حال.",
  refused: (message) => `لم تُقبل إحدى الإجابات ولن تُحتسب. ${message}`,
  refusedChange: (message) => `لم يُقبل تعديل إجابة سابقة. ${message}`,
  understood: "فهمت",

  reading: "النص والعرض",
  readingShort: "Aa",
  textSize: "حجم النص",
  smaller: "أصغر",
  larger: "أكبر",
  sizePercent: (percent) => `${number(percent)}%`,
  face: "الخط",
  serif: "بزوائد",
  sans: "بلا زوائد",
  theme: "فاتح أو داكن",
  themes: { device: "مثل الجهاز", light: "فاتح", dark: "داكن" },
  longLines: "الشيفرة والجداول",
  wrapLines: "لف الأسطر الطويلة",
  keysTitle: "لوحة المفاتيح",
  keysSwitch: (zero) => `الاختيار بالمفاتيح 1 و2 و3${zero ? " و0" : ""} أو A وN وB، والرجوع بالمفتاح ⌫`,
  questionLanguage: "لغة السؤال",
  guidelines: "الإرشادات",
  close: "إغلاق",

  prompt: "الطلب",
  turn: (turn) => `الطلب، الدور ${number(turn)}`,
  lastTurn: (turn) => `الطلب، الدور ${number(turn)}: قيّم الإجابتين عن هذا الدور`,
  ofTurn: (turn) => `، الدور ${number(turn)}`,
  earlierTurns: (count) =>
    counted(count, {
      one: "الدور السابق",
      two: "الدوران السابقان",
      few: "الأدوار السابقة ({})",
      other: "الأدوار السابقة ({})",
    }),
  showWholePrompt: "عرض الكل",
  foldPrompt: "عرض أقل",
  left: "الإجابة A",
  right: "الإجابة B",
  jumpToLeft: "إلى الإجابة A ↑",
  jumpToRight: "إلى الإجابة B ↓",
  emptyAnswer: "هذه الإجابة فارغة.",
  nextPair: (judged, of) => `زوج جديد. تم تقييم ${number(judged)} من ${number(of)}.`,
  earlierPair: (choice) => `زوج سابق. اخترت: ${choice}`,
  earlierSkipped: (reason) => `زوج سابق. لم تستطع تقييمه: ${reason}`,

  choices: "اختيارك",
  keySigns: { left: "1", tie: "2", right: "3", both_bad: "0" },
  keyShortcuts: { left: "1 A ArrowLeft", tie: "2 N", right: "3 B ArrowRight", both_bad: "0" },
  keys: {
    left: "المفاتيح: 1 أو A أو ←",
    tie: "المفاتيح: 2 أو N",
    right: "المفاتيح: 3 أو B أو →",
    both_bad: "المفتاح: 0",
  },
  asleep: {
    both: "اطّلع على الإجابتين أولًا.",
    left: "اطّلع على الإجابة A أولًا.",
    right: "اطّلع على الإجابة B أولًا.",
    reading: "أغلق «النص والعرض» أولًا.",
    guidelines: "أغلق الإرشادات أولًا.",
    cannot: "اذكر السبب، أو ارجع إلى الخيارات.",
    time: "يمكنك الاختيار بعد لحظة.",
    remarks: "ارجع إلى الخيارات أولًا.",
    messages: "أغلق الرسائل أولًا.",
  },
  cannot: {
    button: "لا أستطيع تقييم هذا الزوج",
    why: "لماذا لا تستطيع تقييم هذا الزوج؟",
    reasons: {
      language: "لا أعرف هذه اللغة",
      unreadable: "النص معطوب أو غير مقروء",
      missing: "صورة أو مرفق ناقص",
      offensive: "المحتوى مسيء",
      other: "سبب آخر",
    } satisfies Record<SkipReason, string>,
    back: "الرجوع إلى الخيارات",
  },
  chosen: "اختيارك",
  goBack: "رجوع",
  goBackKey: "المفتاح: ⌫",
  goForward: "التالي",
  noEarlier: "هذا هو الزوج الأول.",
  earlierNeedsNetwork: "تعذّر الآن تحميل الأزواج السابقة.",
  noMoreChanges: "لم يعد ممكنًا تعديل الإجابات السابقة.",
  changeOrLeave: "هذا زوج سابق. اختر مرة أخرى لتعديل إجابتك، أو انتقل إلى التالي.",

  states: {
    fetching: "جارٍ تحميل الأزواج…",
    wait: {
      title: "لا توجد أزواج متاحة الآن",
      text: "يعمل آخرون على الأزواج المتبقية، وقد يتاح لك بعضها لاحقًا.",
      next: "أبقِ هذه الصفحة مفتوحة، أو عد لاحقًا عبر رابطك.",
    },
    done: {
      title: "انتهى كل شيء. شكرًا لك",
      text: "لم تبقَ أزواج لك.",
      next: "يمكنك إغلاق هذه الصفحة. ما دامت الدراسة مفتوحة يمكنك الرجوع وتعديل إجابة.",
    },
    noneLeft: {
      title: "لم يبقَ شيء للتقييم",
      text: "لم تبقَ أزواج لك.",
      next: "يمكنك إغلاق هذه الصفحة.",
    },
    paused: {
      title: "الدراسة متوقفة مؤقتًا",
      text: "لا توجد أزواج متاحة حاليًا.",
      next: "أبقِ هذه الصفحة مفتوحة، أو عد لاحقًا عبر رابطك.",
    },
    closed: {
      title: "انتهت الدراسة",
      text: "لا حاجة إلى مزيد من الإجابات. شكرًا على عملك.",
      next: "يمكنك إغلاق هذه الصفحة.",
    },
    ended: {
      title: "انتهت مشاركتك في هذه الدراسة",
      text: "لن تصلك أزواج أخرى. إجاباتك محفوظة. شكرًا على وقتك.",
      next: "يمكنك إغلاق هذه الصفحة. إن كانت لديك أسئلة فاسأل من أرسل إليك الرابط.",
    },
    withdrawn: {
      title: "لقد انسحبت",
      text: "لن يُستخدم أي من تقييماتك. شكرًا على وقتك.",
      next: "يمكنك إغلاق هذه الصفحة.",
    },
    youJudged: (count) => `لقد قيّمت ${pairs(count)}.`,
    allSaved: "كل شيء محفوظ.",
    asksAgain: (every) => `تتحقق هذه الصفحة من جديد كل ${seconds(every)}.`,
    stillWaiting: (count) =>
      `لم يكتمل الإرسال بعد: ${answers(count)}. أبقِ هذه الصفحة مفتوحة حتى تظهر كلمة «محفوظ».`,
    offline: {
      title: "قيّمت كل الأزواج المحمّلة حتى الآن",
      text: "تعذّر الاتصال بالخادم. ستُحمَّل أزواج أخرى حالما يعود الاتصال.",
    },
    offlineAtStart: {
      title: "تعذّر الاتصال بالخادم",
      text: "تحقق من الشبكة. ستعيد هذه الصفحة المحاولة تلقائيًا.",
    },
    away: {
      title: "الخادم مشغول",
      text: "لا يستجيب الخادم كما ينبغي. ستعيد هذه الصفحة المحاولة تلقائيًا.",
    },
    linkNotValid: {
      title: "هذا الرابط غير صالح",
      text: "تأكد من أنك نسخته كاملًا. إن كان كاملًا فاطلب رابطًا جديدًا ممن أرسله.",
    },
    linkGone: {
      title: "لم يعد هذا الرابط صالحًا",
      text: "لم يعد ممكنًا حفظ الإجابات به. اطلب رابطًا جديدًا ممن أرسله.",
    },
    linkRevoked: {
      title: "لم يعد رابطك فعّالًا. شكرًا لك",
      text:
        "ألغى هذا الرابطَ من أعطاك إياه. إجاباتك المحفوظة باقية، وليس عليك فعل شيء آخر. " +
        "إن كنت تظن أن هذا خطأ فتواصل معه: يمكنه استعادة الرابط.",
    },
    unsaved: (count) => `تعذّر الحفظ: ${answers(count)}. تبقى في هذا المتصفح.`,
    noLink: {
      title: "افتح هذه الصفحة برابطك الخاص",
      text: "ينتهي الرابط الذي أُرسل إليك بسلسلة طويلة من الحروف والأرقام. افتح الرابط كاملًا.",
    },
    tryAgain: "أعد المحاولة الآن",
  },

  failed: (message) => `لم ينجح ذلك. ${message}`,
  offlineNow: "تعذّر الاتصال بالخادم. حاول بعد قليل.",
  copied: "تم النسخ",

  leave: "مغادرة هذه الدراسة",

  wayBack: {
    goesBack: (platform) => `ستعود إلى ${platform} بعد ثوانٍ قليلة.`,
    withoutWaiting: "إن كنت لا تريد الانتظار:",
    whenReady: (platform) => `عد إلى ${platform} متى شئت.`,
    goNow: (platform) => `العودة إلى ${platform}`,
    stay: "البقاء في هذه الصفحة",
    codeToEnter: (platform) => `أدخل هذا الرمز في ${platform}:`,
    codeIfNeeded: (platform) => `إن طلب ${platform} رمزًا فأدخل هذا:`,
    copy: "نسخ الرمز",
    selected: "الرمز محدّد. انسخه بلوحة المفاتيح أو من القائمة.",
  },

  finishes: {
    completed: { title: "انتهى كل شيء. شكرًا لك", text: "لقد أنجزت كل ما طُلب منك." },
    no_consent: { title: "لم توافق", text: "لن تصلك أزواج. شكرًا على وقتك." },
    screened_out: {
      title: "هذه الدراسة ليست لك",
      text: "تحتاج الدراسة إلى أشخاص بإجابات أخرى. شكرًا على وقتك.",
    },
    failed_qualification: { title: "لم تجتز الاختبار", text: "لن تصلك أزواج. شكرًا على وقتك." },
    stopped: { title: "توقفت هنا. شكرًا لك", text: "لن تصلك أزواج أخرى." },
    ended: {
      title: "انتهت مشاركتك في هذه الدراسة",
      text: "لن تصلك أزواج أخرى. شكرًا على وقتك. إن كانت لديك أسئلة فاكتب إلى الباحث.",
    },
    no_work: { title: "لم يبقَ شيء للتقييم", text: "لم تبقَ أزواج لك. شكرًا على وقتك." },
    timed_out: { title: "انتهى وقت هذه الدراسة", text: "انقضت المهلة التي حددتها المنصة. شكرًا على وقتك." },
  } satisfies Record<FinishKind, { title: string; text: string }>,
};
