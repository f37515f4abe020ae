import { remarksApi } from "../../../api/remarks.ts";
import { placeOf } from "../link.ts";

/** The calls of the annotator whose link this page was opened with. */
export function ownApi(): ReturnType<typeof remarksApi> {
  const place = placeOf(location);
  return remarksApi(place.kind === "judge" ? place.token : "");
}
