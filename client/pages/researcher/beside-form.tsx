import { useState } from "preact/hooks";
import { words } from "../../words/dashboard.ts";
import { besideAddress } from "./address.ts";
import { ownerApi } from "./owner-api.ts";
import { useLoaded } from "./use-loaded.ts";

const text = words.results;
const EVERY_MS = 60_000;

/** The way to this study beside another one; nothing where there is no other. */
export function BesideForm({ study }: { study: string }) {
  const { value: studies } = useLoaded(ownerApi.studies, EVERY_MS);
  const [other, setOther] = useState("");
  const others = (studies ?? []).filter(({ name }) => name !== study);
  if (others.length === 0) return null;
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (other !== "") location.assign(besideAddress(study, other));
      }}
    >
      <label>
        {text.besideOther}{" "}
        <select value={other} onChange={({ currentTarget }) => setOther(currentTarget.value)}>
          <option value="">{text.chooseOther}</option>
          {others.map(({ name }) => (
            <option key={name} value={name} dir="auto">
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={other === ""}>
        {text.beside}
      </button>
    </form>
  );
}
