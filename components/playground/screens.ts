/** Everything of the playground that is loaded when somebody opens it. */
export { Playground } from "./playground.tsx";
export { SCENES } from "./scenes.ts";
export { TourScreen } from "./tour-screen.tsx";
