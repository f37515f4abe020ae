import "./paper.css";
import { useEffect, useState } from "preact/hooks";
import type { Paper } from "../../../../server/contract/paper.ts";
import { words } from "../../../words/results-paper.ts";
import { fetchPaper, type PaperSource, Refused } from "./fetch-paper.ts";
import { FigureChoice } from "./figure-choice.tsx";
import { MethodsView } from "./methods-view.tsx";
import { TableChoice } from "./table-choice.tsx";

interface Known {
  readonly paper: Paper;
  readonly methods: string;
}

/** One figure, one table, the methods and their references, each as the file that a paper takes. */
export function PaperPanel(given: PaperSource) {
  const [known, setKnown] = useState<Known | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const { source, study, shown } = given;
  useEffect(() => {
    let current = true;
    const asked = { source, study, shown };
    Promise.all([
      fetchPaper(asked, "").then((reply) => reply.json() as Promise<Paper>),
      fetchPaper(asked, "/methods").then((reply) => reply.text(), withoutMethods),
    ]).then(
      ([paper, methods]) => {
        if (!current) return;
        setKnown({ paper, methods });
        setFault(null);
      },
      (error: unknown) => {
        if (current) setFault(error instanceof Refused ? error.message : words.lost);
      },
    );
    return () => {
      current = false;
    };
  }, [source, study, shown, attempt]);
  if (fault !== null) {
    return (
      <p class="failed" role="alert">
        {fault}{" "}
        <button type="button" onClick={() => setAttempt(attempt + 1)}>
          {words.tryAgain}
        </button>
      </p>
    );
  }
  if (known === null) return <p role="status">{words.loading}</p>;
  return (
    <div class="paper-parts">
      <FigureChoice given={given} figures={known.paper.figures} />
      <TableChoice given={given} tables={known.paper.tables} />
      <MethodsView given={given} methods={known.methods} />
    </div>
  );
}

/** A group that has not judged yet has no methods. */
function withoutMethods(error: unknown): string {
  if (error instanceof Refused) return "";
  throw error;
}
