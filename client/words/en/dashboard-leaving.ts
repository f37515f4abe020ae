import type { DepartureKind } from "../../../server/contract/words.ts";
import type { Duty } from "../../../server/contract/leaving.ts";
import { asWord } from "../../../server/report-document/as-word.ts";
import { counted } from "./counted.ts";

/** The words about annotators who left, and how long ids are kept, on the dashboard. */
export const leaving = {
  title: "Who left, and how long ids are kept",
  none: "Nobody has withdrawn or been erased.",
  table: "Annotators who left",
  annotator: "Annotator",
  what: "What",
  when: "When",
  by: "Asked by",
  toDo: "To do",
  nothing: "nothing",
  kinds: { withdrawn: "withdrew", erased: "erased" } satisfies Record<DepartureKind, string>,
  asked: "has asked to withdraw",
  people: { annotator: "the annotator", owner: "you" } as Readonly<Record<string, string>>,
  duties: {
    decide: "Decide: the study is closed. To agree, withdraw them below.",
    pay: "Pay by the platform’s own list: the payments export has the amount without an id.",
    copies: "Delete backups and exports made before.",
  } satisfies Record<Duty, string>,
  isDone: "Done",
  markDone: (duty: Duty, name: string) => `Done: ${duty}, ${name}`,
  undo: "Undo",
  takeBack: (duty: Duty, name: string) => `Undo: ${duty}, ${name}`,
  wasDone: {
    decide: (day: string) => `Decided on ${day}.`,
    pay: (day: string) => `Paid on ${day}.`,
    copies: (day: string) => `Copies deleted on ${day}.`,
  } satisfies Record<Duty, (day: string) => string>,
  name: "Name in the study, or id at the platform",
  nameTitle: "Somebody has written to you",
  withdraw: "Withdraw",
  erase: "Erase",
  asks: { withdraw: (name: string) => `Withdraw ${name}?`, erase: (name: string) => `Erase ${name}?` },
  means: {
    withdraw:
      "Their judgments count in no figure, and others judge the pairs. Their pay does not change. This cannot be undone.",
    erase:
      "Their link, ids, name and texts are deleted for good, also from kept reports. This cannot be undone. Delete backups and exports made before.",
  },
  done: {
    withdraw: (name: string) => `${name} is withdrawn.`,
    erase: (name: string) => `Erased. What is left is called ${name}.`,
  },
  notNow: "Not now",
  working: "Working…",
  retention: "Ids at the platform",
  days: "Days after closing until ids are erased",
  names: "Also names in loaded files",
  set: "Set",
  typeName: (study: string) => `Type “${study}”`,
  erasesNow: "So many days after closing are over: ids are erased now, which cannot be undone.",
  notSet: "Ids are kept until you erase them.",
  kept: (days: number) => `Ids are erased ${counted(days, "day")} after the study has closed.`,
  due: (day: string) => `They are erased on ${day}. Pay before.`,
  toPay: (people: number) =>
    `${counted(people, "participant")} may still have to be paid, as far as is known here. Without ids nobody can pay them. Keep the list first:`,
  payments: (study: string) =>
    `npx tiebreak export ${asWord(study)} --as payments --out ${asWord(`${study}-payments`)}`,
  erased: (day: string) => `They were erased on ${day}.`,
};
