export { Offers } from "./offers.tsx";
export { TimeLeft } from "./time-left.tsx";
