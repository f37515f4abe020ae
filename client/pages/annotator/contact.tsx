import { type ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Whom to write to where a link leads nowhere, if the study names somebody; loaded only then. */
export function Contact({ link }: { link: string }) {
  const [Line, setLine] = useState<ComponentType<{ link: string }> | null>(null);
  useEffect(() => {
    import("./contact-line.tsx").then(
      ({ ContactLine }) => setLine(() => ContactLine),
      () => undefined, // without network nobody can be named
    );
  }, []);
  return Line && <Line link={link} />;
}
