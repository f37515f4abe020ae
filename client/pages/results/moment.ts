/** An ISO moment as `2026-03-01 14:05 UTC`: the same for every reader, wherever they are. */
export const dayAndTime = (iso: string): string => {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  return `${moment.toISOString().slice(0, 16).replace("T", " ")} UTC`;
};
