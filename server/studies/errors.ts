import { TiebreakError } from "../contract/errors.ts";
import type { StudyState } from "../contract/words.ts";
import { asWord } from "../report-document/as-word.ts";

export class StudyNotFound extends TiebreakError {
  constructor(name: string, existing: readonly string[]) {
    const others =
      existing.length > 0
        ? `Existing studies: ${existing.slice(0, 10).join(", ")}.`
        : "There are no studies yet.";
    super("StudyNotFound", 404, `There is no study “${name}”. ${others}`);
  }
}

export class StudyExists extends TiebreakError {
  constructor(name: string) {
    super("StudyExists", 409, `A study called “${name}” exists already. Choose another name.`);
  }
}

export class StudyStateWrong extends TiebreakError {
  constructor(study: string, from: StudyState, to: StudyState) {
    super("StudyStateWrong", 409, whyNot(study, from, to));
  }
}

function whyNot(study: string, from: StudyState, to: StudyState): string {
  if (from === to) return `The study “${study}” is ${from} already.`;
  if (from === "closed") {
    return (
      `The study “${study}” is closed: annotators see that it is over. ` +
      `To open it again, as a revision with a reason:\n  npx tiebreak study reopen ${asWord(study)} --reason TEXT`
    );
  }
  return `The study “${study}” is a draft, and cannot become ${to}. Open it first:\n  npx tiebreak study open ${asWord(study)}`;
}

export class ProtocolFrozen extends TiebreakError {
  constructor(study: string) {
    const what = `The protocol of “${study}” was frozen when the study opened.`;
    const instead = `Amend it, with a reason:\n  npx tiebreak study amend ${asWord(study)} --help`;
    super("ProtocolFrozen", 409, `${what} ${instead}`);
  }
}

export class ProtocolWrong extends TiebreakError {
  constructor(message: string) {
    super("ProtocolWrong", 400, message);
  }
}

/** An opened study cannot become what was asked for. */
export class AmendmentRefused extends TiebreakError {
  constructor(study: string, reasons: readonly string[]) {
    super("AmendmentRefused", 409, [`“${study}” cannot be amended so:`, ...reasons].join("\n  "));
  }
}

/** Whoever does what cannot be taken back gives the study's name again. */
export class NameNotConfirmed extends TiebreakError {
  /** @param why a sentence about what cannot be taken back */
  constructor(study: string, why = "") {
    super(
      "NameNotConfirmed",
      409,
      `${why}To do it, confirm with the study's name (confirm: ${study}). Nothing was changed.`,
    );
  }
}

/** An amendment is done for a reason, which the report shows. */
export class ReasonMissing extends TiebreakError {
  constructor() {
    super("ReasonMissing", 400, "An amendment needs a reason (--reason TEXT): the report shows it.");
  }
}

export class NothingToJudge extends TiebreakError {
  constructor(reason: string) {
    super("NothingToJudge", 409, `The study cannot open: ${reason}`);
  }
}

export class GroupNotFound extends TiebreakError {
  constructor(name: string, existing: readonly string[]) {
    super(
      "GroupNotFound",
      404,
      `There is no group “${name}”. Existing groups: ${existing.join(", ") || "none"}.`,
    );
  }
}

/** Somebody would be asked who cannot be given anything to judge. */
export class InvitationRefused extends TiebreakError {
  constructor(reason: string) {
    super("InvitationRefused", 409, reason);
  }
}

/** What an annotator is told: it names nothing. */
export class StudyClosed extends TiebreakError {
  constructor() {
    super("StudyClosed", 409, "The study is closed. No more answers are needed.");
  }
}

/** What anybody is told who comes by a link that was taken back: it names nothing. */
export class LinkRevoked extends TiebreakError {
  constructor() {
    super("LinkRevoked", 401, "This link was revoked by the person who issued it, and no longer works.");
  }
}

/** What somebody is told who would come for nothing: it names nothing. */
export class StudyFull extends TiebreakError {
  constructor() {
    super("StudyFull", 409, "Every pair of this study is judged. No more answers are needed.");
  }
}

export class LinkNotValid extends TiebreakError {
  constructor() {
    super("LinkNotValid", 401, "This link is not valid. Ask the person who gave it to you for a new one.");
  }
}

export class SystemNotFound extends TiebreakError {
  constructor(study: string, system: string) {
    super("SystemNotFound", 404, `${study} has no system “${system}”.`);
  }
}
