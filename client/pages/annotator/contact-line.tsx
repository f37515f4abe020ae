import { useEffect, useState } from "preact/hooks";
import type { Contact } from "../../../server/contract/judging.ts";
import { request } from "../../api/request.ts";
import { words } from "../../words/leaving.ts";

/** Whom to write to, as the study of a link names them; nothing if it names nobody. */
export function ContactLine({ link }: { link: string }) {
  const [contact, setContact] = useState<string | null>(null);
  useEffect(() => void ask(link).then(setContact), [link]);
  return contact === null ? null : <p>{words.contact(contact)}</p>;
}

async function ask(link: string): Promise<string | null> {
  const ending = await request<Contact>({ method: "POST", path: "/api/contact", body: { link } });
  return ending.kind === "ok" && typeof ending.reply?.contact === "string" ? ending.reply.contact : null;
}
