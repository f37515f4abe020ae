import type { Dictionary } from "../index.ts";
import { minutesOf, number } from "./counted.ts";

const lasting = (minutes: number): string =>
  minutes <= 90 ? minutesOf(minutes) : `${number(minutes / 60)} ساعة`;

/** The words about the time that the work takes, in Arabic. */
export const pace: Dictionary["pace"] = {
  left: (minutes) => `بقي نحو ${lasting(minutes)}`,

  break: {
    title: "هل تريد استراحة قصيرة؟",
    text: "خذها إن شئت، فلن يضيع شيء.",
    take: "أخذ استراحة",
    later: "ليس الآن",
  },
  rest: {
    title: "استراحتك",
    text: "تابع حين تكون مستعدًا. لا يُحتسب هذا الوقت على أي زوج، ويبقى الزوج المفتوح لك ما دامت هذه الصفحة مفتوحة.",
    limit: "لا يتوقف حد الوقت أثناء ذلك.",
    resume: "متابعة التقييم",
  },
  limit: {
    title: "حد الوقت",
    near: (minutes, platform) => `بقي من وقت ${platform} أقل من ${minutesOf(minutes)}.`,
    over: (platform) => `انتهى وقت ${platform}.`,
    fixed: "لا يمكن تمديده هنا. وما قيّمته محفوظ.",
    more: "أحتاج إلى مزيد من الوقت",
    failed: "لم ينجح ذلك. حاول بعد قليل.",
  },
};
