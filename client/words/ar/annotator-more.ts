import type { CouldTell } from "../../../server/contract/remarks.ts";
import type { Dictionary } from "../index.ts";

/** The words of what the annotator's page has in some studies, in Arabic. */
export const more: Dictionary["more"] = {
  remarks: {
    both: "تعليق أو إبلاغ",
    comment: "تعليق",
    flag: "إبلاغ",
    noted: "مدوّن",
    title: "ما تدوّنه هنا يُرسل مع اختيارك.",
    why: "اذكر سبب اختيارك من فضلك:",
    flags: "إبلاغ",
    of: { left: "الإجابة A", right: "الإجابة B", prompt: "الطلب" },
    known: {
      broken: "معطوب أو غير مقروء",
      harmful: "ضار",
      names_maker: "يذكر من صنعه",
    },
    record: "سجّل اختياري",
    back: "الرجوع إلى الخيارات",
  },

  copy: { copy: "نسخ", copied: "نُسخت", selected: "حُدِّدت: انسخها الآن" },

  messages: {
    title: "الرسائل",
    close: "إغلاق",
    unread: (count) => `جديد: ${String(count)}`,
    means: "يمكنك الكتابة إلى الباحث هنا. لا تكتب من أنت إلا إذا أردت أن يعرف ذلك.",
    you: "أنت",
    researcher: "الباحث",
    write: "رسالتك",
    send: "إرسال",
    notSent: "تعذّر الاتصال بالخادم فلم تُرسل الرسالة، وهي باقية هنا: حاول بعد قليل.",
    unreachable: "تعذّر الاتصال بالخادم، فلا يمكن عرض الرسائل الآن.",
  },
  guess: {
    question: "سؤال أخير: هل استطعت أن تعرف أي نظام ذكاء اصطناعي كتب أي إجابة؟",
    answers: { yes: "نعم، في الغالب", some: "أحيانًا", no: "لا" } satisfies Record<CouldTell, string>,
    which: "أي الأنظمة تظن أنها كانت، وكيف عرفت؟ (اختياري)",
    send: "إرسال",
    leaveOut: "عدم الإجابة",
    notSent: "تعذّر الاتصال بالخادم. حاول بعد قليل.",
  },
  running: {
    label: "نتيجة أحكامك حتى الآن",
    soon: (every) => `بعد كل ${String(every)} أزواج ترى هنا نتيجة أحكامك.`,
    counts: (of) =>
      `من ${String(of.wins + of.ties + of.losses)} أزواج: الأفضل ${of.system} ${String(of.wins)}، ${of.against} ${String(of.losses)}؛ التعادل ${String(of.ties)}.`,
    rate: (system, { rate, low, high }) =>
      `معدل فوز ${system} (يُحسب التعادل ½): ${asNumber(rate)}؛ مجال الثقة 95 % من ${asNumber(low)} إلى ${asNumber(high)}، وهو صالح مهما تكرر نظرك إليه.`,
  },
};

/** A number that begins with its point: without this, the point would stand after the digits. */
function asNumber(written: string): string {
  return `\u2066${written}\u2069`;
}
