import { compareFigures } from "./figures.ts";

/** A small company; the whole one is in `npm run test:load`. */
compareFigures(0.2);
