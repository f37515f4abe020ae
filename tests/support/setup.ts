import { registerCleanUp } from "./clean-up.ts";

registerCleanUp();
