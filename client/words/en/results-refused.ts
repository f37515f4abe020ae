/** Why there are no results to show. */
export const refused = {
  title: "Results",
  noLink:
    "This page opens with a share link from a study’s researcher. If you are the researcher, open the study from the dashboard.",
  linkNotValid: "This link is no longer valid. Ask the person who gave it to you for a new one.",
  signIn:
    "You are not signed in. Sign in on the dashboard, or run “npx tiebreak owner-link” where the server runs and open the link it prints; then come back.",
  notAllowed: "Your role in this study does not include its results. Ask an owner of the study.",
  notFound: (study: string) => `There is no study called “${study}”.`,
  toDashboard: "Go to the dashboard",
};
