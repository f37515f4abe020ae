import type { Sheet } from "../../../server/contract/judging.ts";
import { useLater } from "./use-later.ts";

/** What only some studies need: comments, flags and so on. */
export type More = typeof import("./more/index.ts");

/** The code of what a study lets people say besides a choice, fetched once the page knows that it does; null until then. */
export const useMore = (sheet: Sheet | null): More | null =>
  useLater(
    () => import("./more/index.ts"),
    Boolean(
      sheet &&
      (sheet.comment ??
        sheet.flags ??
        sheet.messages ??
        sheet.guess ??
        sheet.copyButtons ??
        sheet.runningFigure),
    ),
  );
