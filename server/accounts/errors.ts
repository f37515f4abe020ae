import { TiebreakError } from "../contract/errors.ts";

export class SignInRefused extends TiebreakError {
  constructor() {
    super("SignInRefused", 401, "This e-mail address and password do not belong together.");
  }
}

export class SignInSlowed extends TiebreakError {
  constructor(seconds: number) {
    super("SignInSlowed", 429, `Too many wrong passwords. Try again in ${seconds} seconds.`);
  }
}

export class AccountExists extends TiebreakError {
  constructor(email: string) {
    super("AccountExists", 409, `There is an account with the address ${email} already.`);
  }
}

export class NotByOwnerLink extends TiebreakError {
  constructor() {
    super("NotByOwnerLink", 409, "You have an account already. Others get theirs by an invitation.");
  }
}

export class NeedsAccount extends TiebreakError {
  constructor() {
    super("NeedsAccount", 409, "You are signed in without an account of your own. Create one first.");
  }
}

export class NoOpenId extends TiebreakError {
  constructor() {
    super("NoOpenId", 404, "This server has no OpenID provider. Sign in with your password.");
  }
}

export class OpenIdUnreachable extends TiebreakError {
  constructor(name: string) {
    super("OpenIdUnreachable", 409, `${name} cannot be reached at the moment. Try again, or use a password.`);
  }
}

export class LastWayToSignIn extends TiebreakError {
  constructor() {
    super(
      "LastWayToSignIn",
      409,
      "Without it you could not sign in any more. Ask an owner for a link for a new password first.",
    );
  }
}

export class NotByToken extends TiebreakError {
  constructor() {
    super("NotByToken", 403, "A token cannot do this. Sign in on the dashboard.");
  }
}

export class InvitationNotValid extends TiebreakError {
  constructor() {
    super("InvitationNotValid", 401, "This invitation is not valid any more. Ask for a new one.");
  }
}

export class GrantsTooMuch extends TiebreakError {
  constructor(role: string) {
    super("GrantsTooMuch", 403, `The role ${role} has rights that you do not have, so you cannot give it.`);
  }
}

export class LastOwner extends TiebreakError {
  constructor() {
    super("LastOwner", 409, "This is the last owner. Make somebody else an owner first.");
  }
}

export class AccountNotFound extends TiebreakError {
  constructor() {
    super("AccountNotFound", 404, "There is no such account here.");
  }
}

export class NothingToRevoke extends TiebreakError {
  constructor(what: string) {
    super("NothingToRevoke", 404, `There is no such ${what} of yours, or it has ended already.`);
  }
}

export class ScopeTooWide extends TiebreakError {
  constructor(scope: string) {
    super(
      "ScopeTooWide",
      403,
      `You do not have the right “${scope}” there, so a token of yours cannot have it.`,
    );
  }
}

export class StudyUnknown extends TiebreakError {
  constructor(study: string) {
    super("StudyNotFound", 404, `There is no study “${study}”.`);
  }
}
