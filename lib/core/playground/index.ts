/**
 * The playground without its screens: what is done to a cluster becomes moments that can be stepped through, a question about what
 * comes next, and a link that shows the same to somebody else.
 */
export { decodeMoment, encodeMoment, LINK_LIMITS, type Moment } from "./link.ts";
export { type Deed, type Play, playSchema } from "./play.ts";
export { type Prediction, predict } from "./prediction.ts";
export { begin, type Frame, type Journey, perform, timeline } from "./timeline.ts";
export { playOf, type Tour, tourSchema } from "./tour.ts";
export { vmTwinOf } from "./vm-twin.ts";
