import { compareFigures } from "./figures.ts";

/** All of the company; a small one is in `npm test`. */
compareFigures(1);
