import { TiebreakError } from "../contract/errors.ts";

export class StudyNotFound extends TiebreakError {
  constructor(name: string, existing: readonly string[]) {
    const others =
      existing.length > 0 ? `There is ${existing.slice(0, 10).join(", ")}.` : "There is none yet.";
    super("StudyNotFound", 404, `No study is called “${name}”. ${others}`);
  }
}

export class StudyExists extends TiebreakError {
  constructor(name: string) {
    super("StudyExists", 409, `A study called “${name}” exists already. Choose another name.`);
  }
}

export class StudyStateWrong extends TiebreakError {
  constructor(from: string, to: string) {
    super("StudyStateWrong", 409, `A study that is ${from} cannot become ${to}.`);
  }
}

export class ProtocolFrozen extends TiebreakError {
  constructor() {
    super("ProtocolFrozen", 409, "The protocol was frozen when the study opened, and cannot be changed.");
  }
}

export class ProtocolWrong extends TiebreakError {
  constructor(message: string) {
    super("ProtocolWrong", 400, message);
  }
}

export class NothingToJudge extends TiebreakError {
  constructor(reason: string) {
    super("NothingToJudge", 409, `The study cannot open: ${reason}`);
  }
}

export class GroupNotFound extends TiebreakError {
  constructor(name: string, existing: readonly string[]) {
    super("GroupNotFound", 404, `No group is called “${name}”. There is ${existing.join(", ") || "none"}.`);
  }
}

export class LinkNotValid extends TiebreakError {
  constructor() {
    super("LinkNotValid", 401, "This link is not valid. Ask the person who gave it to you for a new one.");
  }
}
