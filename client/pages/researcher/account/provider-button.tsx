import { useEffect, useState } from "preact/hooks";
import { Failure } from "../failure.tsx";
import { useAction } from "../use-action.ts";
import { openIdApi } from "./openid-api.ts";

/** The name of the server's OpenID provider; null: it has none, or is not known yet. */
export function useProvider(): string | null {
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    openIdApi.ways().then(
      ({ openId }) => setName(openId?.name ?? null),
      () => undefined, // passwords and links work without it
    );
  }, []);
  return name;
}

interface ProviderButtonProps {
  readonly label: string;
  /** Begins what the provider is to vouch for. */
  readonly begin: () => Promise<{ readonly url: string }>;
}

/** Leads to the provider. */
export function ProviderButton({ label, begin }: ProviderButtonProps) {
  const { working, refused, run } = useAction();
  const leave = () => run(async () => location.assign((await begin()).url));
  return (
    <div class="settings-form">
      <Failure refused={refused} />
      <button type="button" class="primary" disabled={working} onClick={leave}>
        {label}
      </button>
    </div>
  );
}
