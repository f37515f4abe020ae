import { words } from "../../../words/results-judged.ts";

/** What the button of a folded text says here. */
export const FOLDS = { open: words.showAll, fold: words.fold };

/** Screens' heights up to which nothing is folded: a list of comparisons is read across. */
export const SCREENS = 0.4;
