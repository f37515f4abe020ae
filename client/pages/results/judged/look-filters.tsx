import type { ComponentChildren } from "preact";
import { words } from "../../../words/results-judged.ts";
import { type Look, lookHref } from "./look.ts";

/** What is looked at, in words; each part that can go has a link without it. */
export function LookFilters({ look }: { look: Look }) {
  const { system, against, group, also, outcome, annotator, alsoAnnotator, together, prompt } = look;
  const { everyone } = look;
  const hasPair = system !== undefined && against !== undefined;
  return (
    <ul class="look" aria-label={words.filters}>
      {hasPair ? (
        <Part what={`${system} ${words.against} ${against}`} without={{ ...look, ...NO_PAIR }}>
          <bdi>{system}</bdi> {words.against} <bdi>{against}</bdi>
        </Part>
      ) : (
        prompt === undefined && system === undefined && <Part>{words.allPairs}</Part>
      )}
      {!hasPair && system !== undefined && (
        <Part what={system} without={{ ...look, ...NO_PAIR }}>
          <bdi>{system}</bdi> {words.againstAny}
        </Part>
      )}
      {outcome !== undefined && (
        <Part what={words.outcomesOfAny[outcome]} without={{ ...look, outcome: undefined }}>
          {system === undefined ? words.outcomesOfAny[outcome] : words.outcomes[outcome](isolated(system))}
        </Part>
      )}
      <Part
        what={`${words.group} ${group ?? ""}`}
        without={group === undefined ? undefined : { ...look, group: undefined, annotator: undefined }}
      >
        {group === undefined ? (
          everyone === undefined ? (
            words.allPeople
          ) : (
            words.everyone
          )
        ) : (
          <>
            {words.group} <bdi>{group}</bdi>
          </>
        )}
      </Part>
      {also !== undefined && (
        <Part what={`${words.group} ${also}`} without={{ ...look, also: undefined }}>
          {words.and} <bdi>{also}</bdi>
        </Part>
      )}
      {annotator !== undefined && (
        <Part what={`${words.annotator} ${annotator}`} without={{ ...look, annotator: undefined }}>
          {words.annotator} <bdi>{annotator}</bdi>
        </Part>
      )}
      {alsoAnnotator !== undefined && (
        <Part what={`${words.annotator} ${alsoAnnotator}`} without={{ ...look, alsoAnnotator: undefined }}>
          {words.and} <bdi>{alsoAnnotator}</bdi>
        </Part>
      )}
      {together !== undefined && (
        <Part what={words.together(also !== undefined)} without={{ ...look, together: undefined }}>
          {words.together(also !== undefined)}
        </Part>
      )}
      <OfPrompts look={look} />
    </ul>
  );
}

/** Which prompts, and what stands in their texts. */
function OfPrompts({ look }: { look: Look }) {
  const { prompt, field, value, text } = look;
  return (
    <>
      {field !== undefined && value !== undefined && (
        <Part what={`${field} ${value}`} without={{ ...look, field: undefined, value: undefined }}>
          {field} <bdi>{value}</bdi>
        </Part>
      )}
      {text !== undefined && (
        <Part what={text} without={{ ...look, text: undefined }}>
          {words.containing(isolated(text))}
        </Part>
      )}
      {prompt !== undefined && (
        <Part what={`${words.prompt} ${prompt}`} without={{ ...look, prompt: undefined }}>
          {words.prompt} <bdi>{prompt}</bdi>
        </Part>
      )}
    </>
  );
}

/** An outcome is one of a pair: it goes with it. */
const NO_PAIR = { system: undefined, against: undefined, outcome: undefined } satisfies Look;

/** A name in a sentence, kept from turning the writing direction around. */
const isolated = (name: string): string => `\u2068${name}\u2069`;

function Part({
  what = "",
  without,
  children,
}: {
  what?: string;
  without?: Look;
  children: ComponentChildren;
}) {
  return (
    <li>
      <span>{children}</span>
      {without !== undefined && (
        <a href={lookHref(without)} aria-label={words.remove(what)} title={words.remove(what)}>
          <span aria-hidden="true">×</span>
        </a>
      )}
    </li>
  );
}
