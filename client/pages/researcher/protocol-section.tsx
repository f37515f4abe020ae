import type { ComponentChildren } from "preact";
import type { Protocol, StudyDetail, Wording } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { Guidelines } from "./guidelines.tsx";
import { ProtocolConclusion } from "./protocol-conclusion.tsx";
import { ProtocolGroups } from "./protocol-groups.tsx";
import { Section } from "./section.tsx";

const text = words.protocol;

interface ProtocolParts {
  readonly study: StudyDetail;
  /** Called with the study as it is after a change; undefined: this person may not change it. */
  readonly changed?: (study: StudyDetail) => void;
  /** How to change what stands here. */
  readonly children?: ComponentChildren;
}

/** What annotators are asked, of which pairs, how work is handed out, and what is concluded. */
export function ProtocolSection({ study, changed, children }: ProtocolParts) {
  const { protocol, protocolHash } = study;
  return (
    <Section name="protocol">
      <p>{protocolHash === null ? text.draft : text.frozen}</p>
      {children}
      <dl class="facts">
        {protocolHash !== null && (
          <Fact name={text.hash}>
            <code class="hash">{protocolHash}</code>
          </Fact>
        )}
        <Fact name={text.pairs}>
          <Pairs pairs={protocol.pairs} />
        </Fact>
      </dl>
      <Rest isFolded={protocolHash !== null}>
        {Object.entries(protocol.wording).map(([code, wording]) => (
          <WordingFacts
            key={code}
            study={study.name}
            code={code}
            wording={wording}
            alone={Object.keys(protocol.wording).length === 1}
          />
        ))}
        <Fact name={text.allotment}>
          <ul>
            {allotmentOf(protocol).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Fact>
        <Fact name={words.conclusion.title}>
          <ProtocolConclusion study={study} {...(changed && { changed })} />
        </Fact>
        {remarksOf(protocol).length > 0 && (
          <Fact name={words.remarks.title}>
            <ul>
              {remarksOf(protocol).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </Fact>
        )}
        {protocol.contact !== undefined && (
          <Fact name={text.contact}>
            <bdi>{protocol.contact}</bdi>
          </Fact>
        )}
        {protocol.erasedJudgments !== undefined && (
          <Fact name={text.erased}>{text.erasedJudgments[protocol.erasedJudgments]}</Fact>
        )}
        <Fact name={text.seed}>
          <code>{study.seed}</code>
        </Fact>
      </Rest>
      {protocolHash !== null && (
        <ProtocolGroups groups={protocol.groups} hasShared={protocol.sharedPrompts > 0} />
      )}
    </Section>
  );
}

/** What is settled once the protocol is frozen, folded from then on. */
function Rest({ isFolded, children }: { isFolded: boolean; children: ComponentChildren }) {
  const facts = <dl class="facts">{children}</dl>;
  if (!isFolded) return facts;
  return (
    <details>
      <summary>{text.rest}</summary>
      {facts}
    </details>
  );
}

function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Pairs({ pairs }: { pairs: Protocol["pairs"] }) {
  if (pairs === "all") return <>{text.allPairs}</>;
  return (
    <>
      <bdi>{pairs.target}</bdi> {text.against}{" "}
      {pairs.baselines.map((baseline, index) => (
        <>
          {index > 0 && ", "}
          <bdi>{baseline}</bdi>
        </>
      ))}
    </>
  );
}

/** The words of the task in one language; the language is named where there are several. */
function WordingFacts({
  study,
  code,
  wording,
  alone,
}: {
  study: string;
  code: string;
  wording: Wording;
  alone: boolean;
}) {
  const named = (name: string) => (alone ? name : `${name} (${text.language(code)})`);
  return (
    <>
      {wording.title !== undefined && (
        <Fact name={named(text.title)}>
          <p lang={code} dir="auto">
            {wording.title}
          </p>
        </Fact>
      )}
      <Fact name={named(text.question)}>
        <p class="asked" lang={code} dir="auto">
          {wording.question}
        </p>
      </Fact>
      <Fact name={named(text.options)}>
        <ul lang={code}>
          {[wording.left, wording.tie, wording.both_bad, wording.right].map(
            (option) =>
              option !== undefined && (
                <li key={option} dir="auto">
                  {option}
                </li>
              ),
          )}
        </ul>
      </Fact>
      {wording.guidelines !== null && (
        <Fact name={named(text.guidelines)}>
          <Guidelines study={study} code={code} written={wording.guidelines} />
        </Fact>
      )}
    </>
  );
}

function allotmentOf(protocol: Protocol): string[] {
  return [
    text.shared(protocol.sharedPrompts),
    text.repeats[protocol.promptRepeats],
    ...(protocol.unseenPrompts ? [words.platform.unseenPrompts] : []),
    text.checks(protocol.checks?.every ?? null),
    text.turns[protocol.turns],
    text.identical[protocol.showIdentical ? "true" : "false"],
    text.lease(protocol.leaseMinutes),
    ...(protocol.breaks ? [words.remarks.breaks(protocol.breaks)] : []),
  ];
}

/** What people may say besides a choice, in sentences; none where there is nothing. */
function remarksOf({ comment, flags, messages, guess, copyButtons }: Protocol): string[] {
  const said = words.remarks;
  return [
    ...(comment === undefined
      ? []
      : [typeof comment === "string" ? said.comments[comment] : said.commentsFor(comment)]),
    ...(flags ? [said.flags(flags)] : []),
    ...(messages ? [said.messages] : []),
    ...(guess ? [said.guess] : []),
    ...(copyButtons ? [said.copyButtons] : []),
  ];
}
