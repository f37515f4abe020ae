import { TiebreakError } from "../contract/errors.ts";

export class UploadNotFound extends TiebreakError {
  constructor() {
    super(
      "UploadNotFound",
      404,
      "This file is no longer here. It was loaded, removed, or deleted after some days.",
    );
  }
}

/** A file that cannot be kept; the message gives the reason, and what to do. */
export class UploadRefused extends TiebreakError {
  constructor(message: string) {
    super("UploadRefused", 409, message);
  }
}

/** A setting of a file names a format, a recipe, an encoding or a mapping that there is not. */
export class UploadSettingWrong extends TiebreakError {
  constructor(message: string) {
    super("UploadSettingWrong", 400, message);
  }
}

/** A check or a load of a study's files is running. */
export class UploadsBusy extends TiebreakError {
  constructor() {
    super("UploadsBusy", 409, "The files are being loaded. Wait until that has ended.");
  }
}

/** What is sent does not go on where the part that is here ends. */
export class UploadChanged extends TiebreakError {
  constructor() {
    super(
      "UploadChanged",
      409,
      "This is not the file of which a part is here, or that part is gone. Send it from its beginning.",
    );
  }
}
