import { PROMPT_SET_ROUTES } from "./prompt-set-route-words.ts";

/** What a route does: a name for generated clients, which does not change, and a sentence. */
type RouteWords = readonly [operationId: string, summary: string];

/** The words of each route in the description of the interface, by the part that it is listed under. */
export const ROUTE_WORDS: Readonly<Record<string, Readonly<Record<string, RouteWords>>>> = {
  Studies: {
    "GET /api/studies": ["listStudies", "List the studies that the caller may see."],
    "POST /api/studies": ["createStudy", "Create a study as a draft."],
    "GET /api/studies/:study": ["getStudy", "Read a study: state, protocol, systems, groups and progress."],
    "PATCH /api/studies/:study": ["renameStudy", "Change a study’s name or title."],
    "DELETE /api/studies/:study": ["deleteStudy", "Delete a draft for good; the body repeats its name."],
    "POST /api/studies/:study/copy": ["copyStudy", "Create a draft with the protocol of another study."],
    "PATCH /api/studies/:study/protocol": ["changeProtocol", "Change the protocol of a draft."],
    "GET /api/studies/:study/amendments": ["listRevisions", "List the revisions of a study’s protocol."],
    "POST /api/studies/:study/amendments": [
      "amendStudy",
      "Amend an opened study as a numbered revision with a reason, or list what would follow.",
    ],
    "PATCH /api/studies/:study/systems": ["setDisplayName", "Set the name under which a system is shown."],
    "POST /api/studies/:study/state": ["changeState", "Open, pause or close a study."],
    "GET /api/studies/:study/outlook": [
      "getOutlook",
      "Read what the plan comes to: judgments, hours, people.",
    ],
    "GET /api/studies/:study/preview": [
      "previewStudy",
      "Read what annotators will see; nothing is recorded.",
    ],
    "GET /api/studies/:study/entry": ["getEntry", "Read what comes before an annotator’s first pair."],
    "POST /api/studies/:study/entry": ["setEntry", "Set what comes before an annotator’s first pair."],
    "GET /api/plan": ["plan", "Compute how many prompts or judgments a study needs."],
    "GET /api/studies/:study/pilot": [
      "getPilot",
      "Read a study’s ties and correlations, for planning another.",
    ],
  },
  Files: {
    "POST /api/studies/:study/files": [
      "loadFile",
      "Load one file, whose bytes are the body; or try it (dryRun=1).",
    ],
    "POST /api/studies/:study/prompts": ["loadPrompts", "Load prompts of a version of a prompt set."],
    "GET /api/studies/:study/uploads": ["listUploads", "List the uploaded files that wait to be loaded."],
    "POST /api/studies/:study/uploads": [
      "uploadFile",
      "Upload one file, whose bytes are the body, for later.",
    ],
    "PATCH /api/studies/:study/uploads": ["setUpload", "Change how an uploaded file is read."],
    "POST /api/studies/:study/uploads/remove": [
      "removeUploads",
      "Delete uploaded files that are not loaded.",
    ],
    "POST /api/studies/:study/uploads/run": [
      "loadUploads",
      "Check or load the uploaded files, in the background.",
    ],
    "GET /api/studies/:study/warnings": [
      "getWarnings",
      "Read what is not assigned, and what outputs may reveal.",
    ],
    "POST /api/studies/:study/unload": ["unload", "Take back what files brought."],
    "POST /api/studies/:study/rename": ["rename", "Rename systems and prompts, or merge two into one."],
    "GET /api/studies/:study/blinding": ["getBlinding", "Read what in the texts gives systems away."],
    "POST /api/studies/:study/blinding": ["auditBlinding", "Look for what in the texts gives systems away."],
    "POST /api/studies/:study/blinding/decisions": [
      "decideFinding",
      "Keep, mask or leave out what a finding is about.",
    ],
  },
  "Prompt sets": PROMPT_SET_ROUTES,
  People: {
    "POST /api/studies/:study/invite": [
      "invite",
      "Create personal links for annotators, or one shared link.",
    ],
    "GET /api/studies/:study/links": ["listLinks", "List the links that were given out."],
    "POST /api/studies/:study/links/revoke": ["revokeLinks", "Revoke links by their names."],
    "POST /api/studies/:study/links/restore": ["restoreLinks", "Restore revoked links by their names."],
    "POST /api/studies/:study/links/limit": ["limitLink", "Set how many people may join by a shared link."],
    "POST /api/studies/:study/links/label": ["labelLink", "Set what the owner calls a link."],
    "POST /api/studies/:study/links/replace": [
      "replaceLink",
      "Make a link anew, to send it again; the old one ends.",
    ],
    "GET /api/studies/:study/people": [
      "getPeople",
      "Read a study as a coordinator sees it: without systems.",
    ],
    "GET /api/today": ["today", "List what is wrong in the studies that the caller may see."],
    "GET /api/studies/:study/pace": [
      "getProjectedEnd",
      "Read how fast judgments come in and when they will be done.",
    ],
    "GET /api/studies/:study/annotators": [
      "listAnnotators",
      "List annotators with how they work, those who need a look first.",
    ],
    "GET /api/studies/:study/quality": ["getQuality", "Read what the rules of quality found."],
    "GET /api/studies/:study/signs": ["getSigns", "Read the signs of chatbots that pages noted."],
    "POST /api/studies/:study/reviews": ["decideReview", "Decide the review of an annotator."],
    "GET /api/studies/:study/exclusions": ["listExclusions", "List every exclusion, past and present."],
    "POST /api/studies/:study/exclusions": ["exclude", "Exclude annotators from every figure, stating why."],
    "POST /api/studies/:study/exclusions/preview": [
      "previewExclusion",
      "Read whom a rule would exclude, and what would follow.",
    ],
    "POST /api/studies/:study/exclusions/lift": ["liftExclusions", "Bring excluded annotators back."],
    "GET /api/studies/:study/messages": [
      "listMessages",
      "List what annotators wrote, with their flags and guesses.",
    ],
    "POST /api/studies/:study/messages": ["answerMessage", "Write to an annotator."],
    "GET /api/studies/:study/platform": ["getPlatform", "Read the crowd platforms of a study."],
    "POST /api/studies/:study/platform": ["setPlatform", "Set the crowd platform of a group."],
    "DELETE /api/studies/:study/platform": ["removePlatform", "Remove the crowd platform of a group."],
    "POST /api/studies/:study/platform/submissions": [
      "importSubmissions",
      "Take over how submissions stand at the platform.",
    ],
    "GET /api/studies/:study/payments": ["listPayments", "List what participants are paid for."],
    "GET /api/studies/:study/records/:what": [
      "exportRecords",
      "Write consents, or what people answered about themselves, as CSV.",
    ],
    "GET /api/studies/:study/departures": [
      "listDepartures",
      "List who withdrew or was erased, and what is due.",
    ],
    "POST /api/studies/:study/departures/done": [
      "settleDeparture",
      "Mark a departure as dealt with elsewhere.",
    ],
    "POST /api/studies/:study/withdraw": ["withdrawAnnotator", "Withdraw an annotator’s judgments for them."],
    "POST /api/studies/:study/erase": ["eraseAnnotator", "Erase what identifies an annotator."],
    "PATCH /api/studies/:study/retention": [
      "setRetention",
      "Set for how long what identifies people is kept.",
    ],
  },
  Results: {
    "GET /api/studies/:study/report": ["getReport", "Read the report, or a part of it, as JSON."],
    "GET /api/studies/:study/report/:format": [
      "writeReport",
      "Write the whole report as a file of a format.",
    ],
    "GET /api/studies/:study/paper": ["listPaper", "List the figures and tables for a paper."],
    "GET /api/studies/:study/paper/figures/:name": [
      "drawFigure",
      "Draw one figure for a paper as PDF, SVG or PNG.",
    ],
    "GET /api/studies/:study/paper/tables/:name": ["writeTable", "Write one table for a paper as LaTeX."],
    "GET /api/studies/:study/paper/methods": [
      "writeMethods",
      "Write the methods of the report as a paragraph.",
    ],
    "GET /api/studies/:study/paper/references": [
      "writeReferences",
      "Write what that paragraph cites as BibTeX.",
    ],
    "GET /api/studies/:study/judged": ["listJudged", "List comparisons with their texts and judgments."],
    "GET /api/studies/:study/beside": ["compareStudies", "Read two studies side by side."],
    "GET /api/studies/:study/notes": ["listNotes", "List what members wrote about comparisons."],
    "GET /api/studies/:study/comparisons": ["findComparison", "Find one comparison by its names."],
    "POST /api/studies/:study/comparisons/:id/notes": ["addNote", "Write a note on a comparison."],
    "PATCH /api/studies/:study/notes/:id": ["changeNote", "Change a note."],
    "DELETE /api/studies/:study/notes/:id": ["deleteNote", "Delete a note."],
    "POST /api/studies/:study/comparisons/:id/adjudication": [
      "adjudicate",
      "Record the adjudicated answer to a comparison, which is in no rate.",
    ],
    "DELETE /api/studies/:study/comparisons/:id/adjudication": [
      "withdrawAdjudication",
      "Withdraw the adjudicated answer to a comparison.",
    ],
    "GET /api/studies/:study/export": ["exportStudy", "Write every judgment, or the texts, as a file."],
    "GET /api/studies/:study/pack": [
      "exportPack",
      "Write what others need to check the report, as a compressed tar archive.",
    ],
    "POST /api/studies/:study/snapshots": ["takeSnapshot", "Save the report as it is now."],
    "POST /api/studies/:study/look": ["takeLook", "Take the next declared look, and save its report."],
    "POST /api/studies/:study/verify": ["verifySnapshot", "Compute a saved report again, and compare."],
    "POST /api/studies/:study/share": ["shareResults", "Create a link to the results."],
    "GET /api/results": ["getSharedReport", "Read the report of a results link, or a part of it."],
    "GET /api/results/judged": ["listSharedJudged", "List comparisons, for the holder of a results link."],
  },
  Models: {
    "GET /api/studies/:study/judge-runs": ["listJudgeRuns", "List the runs of models that judge."],
    "POST /api/studies/:study/judge-runs": ["startJudgeRun", "Let a model judge, in the background."],
    "POST /api/studies/:study/judge-runs/:id/stop": ["stopJudgeRun", "Stop a run."],
    "GET /api/studies/:study/judge-calls": [
      "listJudgeCalls",
      "List the calls of models that judge, with their verdicts.",
    ],
    "GET /api/studies/:study/judge-calls/:id": [
      "showJudgeCall",
      "Read one call: its messages as sent, its parameters and the reply.",
    ],
    "GET /api/studies/:study/judge-template": [
      "getJudgeTemplate",
      "Read what a model is asked, with an example.",
    ],
  },
  Accounts: {
    "POST /api/session": ["signIn", "Sign in by an owner link or a password."],
    "GET /api/session": ["getSession", "Read who is signed in, and what they may."],
    "DELETE /api/session": ["signOut", "Sign out."],
    "GET /api/sign-in": ["getSignInWays", "Read how one can sign in here."],
    "POST /api/openid": [
      "beginOpenId",
      "Begin to sign in at the OpenID provider, or to accept an invitation.",
    ],
    "POST /api/account/openid": [
      "beginConnecting",
      "Begin to connect one’s account with the OpenID provider.",
    ],
    "GET /api/account/sign-in": ["getAccountWays", "Read how one’s own account signs in."],
    "DELETE /api/account/openid/:id": [
      "disconnectIdentity",
      "Disconnect one’s account from the OpenID provider.",
    ],
    "GET /api/sessions": ["listSessions", "List the caller’s sessions."],
    "DELETE /api/sessions/:id": ["endSession", "End a session."],
    "POST /api/account": ["createAccount", "Create an account for whoever came by an owner link."],
    "POST /api/account/password": ["changePassword", "Change the caller’s password."],
    "GET /api/tokens": ["listTokens", "List API tokens."],
    "POST /api/tokens": ["createToken", "Create an API token; it is shown once."],
    "DELETE /api/tokens/:id": ["revokeToken", "Revoke an API token."],
    "GET /api/members": ["listMembers", "List the members of the instance, and open invitations."],
    "PATCH /api/members/:id": ["changeMember", "Change a member’s role in the instance."],
    "DELETE /api/members/:id": ["removeMember", "Remove a member for good; the body repeats their name."],
    "POST /api/members/:id/password-link": ["createPasswordLink", "Create a link for a new password."],
    "POST /api/invitations": ["inviteMember", "Invite somebody to the instance."],
    "DELETE /api/invitations/:id": ["revokeInvitation", "Revoke an invitation to the instance."],
    "GET /api/studies/:study/members": ["listStudyMembers", "List the members of a study."],
    "PATCH /api/studies/:study/members/:id": ["changeStudyMember", "Change a member’s role in a study."],
    "POST /api/studies/:study/invitations": ["inviteStudyMember", "Invite somebody to a study."],
    "DELETE /api/studies/:study/invitations/:id": [
      "revokeStudyInvitation",
      "Revoke an invitation to a study.",
    ],
    "POST /api/invitation": ["getInvitation", "Read what an invitation is to."],
    "POST /api/invitation/accept": ["acceptInvitation", "Accept an invitation."],
    "GET /api/audit": ["listAudit", "List who did what."],
  },
  "The annotator’s page": {
    "POST /api/join/sheet": ["getJoinSheet", "Read what a shared link is about."],
    "POST /api/join": ["join", "Become an annotator by a shared link."],
    "POST /api/join/decline": ["decline", "Decline to take part."],
    "POST /api/contact": ["getContact", "Read whom to ask, with a link that no longer works."],
    "GET /api/judge/entry": ["getEntryStep", "Read the step before the first pair that comes next."],
    "POST /api/judge/entry": ["answerEntryStep", "Answer a step before the first pair."],
    "GET /api/judge/sheet": ["getSheet", "Read the instructions and the words of the choices."],
    "POST /api/judge/work": ["getWork", "Ask for pairs."],
    "POST /api/judge/judgments": ["recordJudgment", "Record a judgment."],
    "POST /api/judge/skips": ["recordSkip", "Record why a pair could not be judged."],
    "POST /api/judge/earlier": ["getEarlier", "Read earlier judgments, to change one."],
    "POST /api/judge/extend": ["extendLeases", "Keep the pairs that are held for longer."],
    "GET /api/judge/pace": ["getPace", "Read how much is left."],
    "GET /api/judge/running-figure": ["getRunningFigure", "Read how the annotator’s own judgments stand."],
    "POST /api/judge/finish": ["finish", "Finish the annotator’s part."],
    "POST /api/judge/stop": ["stop", "Stop before the end."],
    "POST /api/judge/signs": ["agreeToSigns", "Agree, or not, that signs of a chatbot are noted."],
    "POST /api/judge/warning": ["readWarning", "Note that a warning was read."],
    "POST /api/judge/review": ["answerReview", "Answer the question of a review."],
    "GET /api/judge/leaving": ["getLeaving", "Read how one can leave."],
    "POST /api/judge/withdraw": ["withdraw", "Withdraw one’s judgments."],
    "POST /api/judge/erase": ["erase", "Erase what identifies one."],
    "POST /api/judge/messages": ["sendMessage", "Write to the owner."],
    "POST /api/judge/messages/open": ["openMessages", "Read what was written to one."],
    "POST /api/judge/guess": ["recordGuess", "Record whether one could tell the systems apart."],
  },
  "This description": {
    "GET /api/openapi.json": ["getDescription", "Read this description as OpenAPI 3.1."],
  },
};

/** The words of a route, by its method and address. @throws where it has none */
export function wordsOf(method: string, url: string): { tag: string; operationId: string; summary: string } {
  const route = `${method} ${url}`;
  for (const [tag, routes] of Object.entries(ROUTE_WORDS)) {
    const words = routes[route];
    if (words) return { tag, operationId: words[0], summary: words[1] };
  }
  throw new Error(`${route} has no words in server/http/route-words.ts.`);
}
