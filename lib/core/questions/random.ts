/**
 * Deterministic randomness for what a learner is shown. The seed is stored with the review, so a question can be
 * laid out again exactly as it was.
 */

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, enough to shuffle a handful of options. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Fisher–Yates. The same seed gives the same order; the input is left alone. */
export function shuffle<T>(values: readonly T[], seed: number): T[] {
  const random = randomFrom(seed);
  const shuffled = [...values];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}

/** FNV-1a, 32 bits: a seed from what a text says. */
export const hash = (text: string): number =>
  [...text].reduce((sum, char) => Math.imul(sum ^ char.charCodeAt(0), 0x01000193), 0x811c9dc5) >>> 0;
