import type { FinishKind, SkipReason } from "../../../server/contract/words.ts";
import type { Dictionary } from "../index.ts";

/** The digits are those of the keys 1, 2 and 3, and of the texts that are judged. */
const TAG = "ar-u-nu-latn";
const number = (count: number): string => count.toLocaleString(TAG);
const rules = new Intl.PluralRules(TAG);

/** One and two of a thing are said by its form alone; `{}` stands for the number. */
type Forms = Record<"one" | "two" | "few" | "other", string>;
const counted = (count: number, { one, two, few, other }: Forms): string => {
  const forms: Partial<Record<Intl.LDMLPluralRule, string>> = { one, two, few };
  return (forms[rules.select(count)] ?? other).replace("{}", number(count));
};
const pairs = (count: number): string =>
  counted(count, { one: "زوجًا واحدًا", two: "زوجين", few: "{} أزواج", other: "{} زوجًا" });
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
  keysSwitch: "الاختيار بالمفاتيح 1 و2 و3 أو A وN وB، والرجوع بالمفتاح ⌫",
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
  keySigns: { left: "1", tie: "2", right: "3" },
  keyShortcuts: { left: "1 A ArrowLeft", tie: "2 N", right: "3 B ArrowRight" },
  keys: { left: "المفاتيح: 1 أو A أو ←", tie: "المفاتيح: 2 أو N", right: "المفاتيح: 3 أو B أو →" },
  asleep: {
    both: "اطّلع على الإجابتين أولًا.",
    left: "اطّلع على الإجابة A أولًا.",
    right: "اطّلع على الإجابة B أولًا.",
    reading: "أغلق «النص والعرض» أولًا.",
    guidelines: "أغلق الإرشادات أولًا.",
    cannot: "اذكر السبب، أو ارجع إلى الخيارات.",
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

  join: {
    how: "سترى في كل مرة طلبًا وإجابتين، A وB، وتختار واحدًا من ثلاثة:",
    storedTitle: "ما الذي يُحفظ",
    stored:
      "تُحفظ اختياراتك ووقتها ومدة اطّلاعك تحت رقم، لا تحت اسمك. " +
      "ويحفظ هذا المتصفح الأزواج وإجاباتك كي لا يضيع شيء، ولا تُستخدم ملفات تعريف الارتباط.",
    start: "ابدأ",
    starting: "جارٍ البدء…",
    full: {
      title: "لم يبقَ شيء للتقييم",
      text: "تم تقييم كل أزواج هذه الدراسة. شكرًا على حضورك.",
    },
    taken: {
      title: "لا توجد أزواج متاحة الآن",
      text: "يعمل آخرون على الأزواج المتبقية، وقد يتاح لك بعضها: عد لاحقًا عبر الرابط نفسه.",
    },
    paused: {
      title: "الدراسة متوقفة مؤقتًا",
      text: "لا توجد أزواج متاحة حاليًا. عد لاحقًا عبر الرابط نفسه.",
    },
    closed: {
      title: "انتهت الدراسة",
      text: "لا حاجة إلى مزيد من الإجابات. شكرًا على حضورك.",
    },
    crowded: {
      title: "اكتمل عدد المشاركين",
      text: "لا يمكن لأحد آخر الانضمام حاليًا. قد يتغير ذلك: عد لاحقًا عبر الرابط نفسه.",
    },
    noParticipant: {
      title: "افتح الدراسة من منصتها",
      text:
        "هذه الدراسة لمن يأتون من منصة أو مجموعة مشاركين، ولا يحتوي هذا العنوان على معرّفك. " +
        "ارجع إلى صفحة الدراسة هناك وافتحها من جديد. لم يُحفظ أي شيء.",
    },
    wrongParticipant: {
      title: "العنوان غير مكتمل",
      text:
        "ينبغي أن يحتوي العنوان على معرّفك، لكن جزءًا منه ناقص أو مكرر أو معدّل. " +
        "ارجع إلى صفحة الدراسة هناك وافتحها من جديد. إن عادت هذه الصفحة فاكتب إلى الباحث عبر المنصة. لم يُحفظ أي شيء.",
    },
    preview: "هذه معاينة: ما زال جزء من العنوان رمزًا نائبًا، فلا يمكن لأحد البدء ولا يُحفظ شيء.",
    storedOfParticipant:
      "تُحفظ أيضًا المعرّفات التي وضعتها المنصة في رابطك، منفصلةً عن إجاباتك، كي تتابع من أي جهاز وتتقاضى أجرك. " +
      "ولا تظهر في النتائج أبدًا.",
    decline: (platform) => `لا أريد المشاركة: العودة إلى ${platform}`,
    failed: (message) => `لم ينجح ذلك. ${message}`,
    offline: "تعذّر الاتصال بالخادم. حاول بعد قليل.",
    yourLink: "رابطك الخاص",
    yourLinkText: "احتفظ بهذا الرابط: يعيدك إلى حيث كنت من أي جهاز. ويستطيع كل من يملكه الإجابة بدلًا منك.",
    copy: "نسخ الرابط",
    copied: "تم النسخ",
    copyByHand: "الرابط محدّد. انسخه بلوحة المفاتيح أو من القائمة.",
    goOn: "المتابعة إلى الزوج الأول",
    ended: {
      title: "انتهت هذه الدعوة",
      text: "لم يعد ممكنًا البدء بهذا الرابط. إن كنت قد بدأت من قبل فتابع برابطك الخاص.",
    },
    wasHere: "لقد بدأت هنا من قبل في هذا المتصفح.",
    comeBack: "تابع من حيث توقفت",
    startAnew: "ابدأ بصفتك شخصًا آخر",
  },

  stop: {
    offer: (platform) => `التوقف والعودة إلى ${platform}`,
    asks: "هل تريد التوقف هنا نهائيًا؟",
    means: (platform) => `ما أجبت عنه محتسب. لن تصلك أزواج أخرى، وستعود إلى ${platform}.`,
    goOn: "متابعة التقييم",
    stop: "التوقف هنا",
  },

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
    no_consent: { title: "لم تبدأ", text: "لم يُحفظ أي شيء." },
    stopped: { title: "توقفت هنا. شكرًا لك", text: "لن تصلك أزواج أخرى." },
    ended: {
      title: "انتهت مشاركتك في هذه الدراسة",
      text: "لن تصلك أزواج أخرى. شكرًا على وقتك. إن كانت لديك أسئلة فاكتب إلى الباحث.",
    },
    no_work: { title: "لم يبقَ شيء للتقييم", text: "لم تبقَ أزواج لك. شكرًا على وقتك." },
    timed_out: { title: "انتهى وقت هذه الدراسة", text: "انقضت المهلة التي حددتها المنصة. شكرًا على وقتك." },
  } satisfies Record<FinishKind, { title: string; text: string }>,
};
