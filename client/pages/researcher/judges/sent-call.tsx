import type { ShownCall } from "../../../../server/contract/judge-calls.ts";
import { words } from "../../../words/dashboard.ts";

const text = words.judges.judged;

/** One call: the messages as they were sent, with what, and what came back. */
export function SentCall({ call }: { call: ShownCall }) {
  const { messages, whyNot, message, raw, reportedModel, messagesHash, template, signs } = call;
  const made = text.made(call);
  return (
    <div class="sent-call">
      <h4>{text.asSent}</h4>
      {messages === null && <p>{text.whyNot[whyNot ?? "changed"]}</p>}
      {messages?.map(({ role, content }, i) => (
        <figure key={i}>
          <figcaption class="quiet">{role}</figcaption>
          <pre class="as-written" dir="auto" tabIndex={0}>
            {content}
          </pre>
        </figure>
      ))}
      {messagesHash !== null && (
        <p class="quiet">
          {text.hash}: <code class="hash">{messagesHash}</code>
        </p>
      )}
      <p>{parametersOf(call)}</p>
      <p class="quiet">
        {text.answeredAs(call.model, reportedModel)} · {words.judges.version(template)} ·{" "}
        {text.took(call.promptTokens, call.completionTokens, call.latencyMs)}
      </p>
      {signs.length > 0 && <p class="warning">{text.signs}</p>}
      <h4>{text.reply}</h4>
      {made !== "" && <p>{made}</p>}
      {message !== null && <p>{message}</p>}
      {raw === null ? (
        <p class="quiet">{text.noReply}</p>
      ) : (
        <pre class="as-written" dir="auto" tabIndex={0}>
          {raw}
        </pre>
      )}
    </div>
  );
}

function parametersOf({ sent, body }: ShownCall): string {
  if (sent === null) return text.notKept;
  const { temperature, topP, seed, maxTokens, form, refused } = sent;
  const own = Object.entries(body).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const named = { temperature, top_p: topP, seed, max_tokens: maxTokens };
  const set = Object.entries(named).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const left = Object.entries(refused).map(([name, value]) => text.refusedParameter(name, value));
  return [text.parameters, [...set, text.form(form), ...own, ...left].join(" · ")].join(" ");
}
