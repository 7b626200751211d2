import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BOX, layOut, type Point } from "#components/progress/map-layout.ts";

/** Areas of a curriculum, in which a concept needs some that come before it. */
const curriculum = fc
  .array(fc.array(fc.array(fc.nat(), { maxLength: 3 }), { maxLength: 18 }), { maxLength: 5 })
  .map((areas) => {
    let count = 0;
    return areas.map((concepts) => ({
      concepts: concepts.map((needs) => {
        const i = count++;
        return { id: `c${i}`, needs: i === 0 ? [] : [...new Set(needs.map((n) => `c${n % i}`))] };
      }),
    }));
  });

const touches = (a: Point, b: Point, box: Point) =>
  Math.max(a.x, b.x) > box.x &&
  Math.min(a.x, b.x) < box.x + BOX.width &&
  Math.max(a.y, b.y) > box.y &&
  Math.min(a.y, b.y) < box.y + BOX.height;

describe("the map of the concepts", () => {
  it("puts every concept into a box of its own, inside the drawing", () => {
    fc.assert(
      fc.property(curriculum, (areas) => {
        const { boxes, width, height } = layOut(areas);
        const places = [...boxes.values()];
        expect(places).toHaveLength(areas.flatMap(({ concepts }) => concepts).length);
        for (const [i, box] of places.entries()) {
          expect(box.x + BOX.width).toBeLessThanOrEqual(width);
          expect(box.y + BOX.height).toBeLessThanOrEqual(height);
          const corner = { x: box.x + BOX.width, y: box.y + BOX.height };
          expect(places.slice(i + 1).filter((other) => touches(box, corner, other))).toEqual([]);
        }
      }),
    );
  });

  it("draws no edge across a box", () => {
    fc.assert(
      fc.property(curriculum, (areas) => {
        const { boxes, edges, width, height } = layOut(areas);
        for (const { points } of edges) {
          expect(points.every(({ x, y }) => x > 0 && x < width && y > 0 && y < height)).toBe(true);
          for (const [i, point] of points.entries()) {
            const before = points[i - 1];
            if (!before) continue;
            expect([...boxes.values()].filter((box) => touches(before, point, box))).toEqual([]);
          }
        }
      }),
    );
  });

  it("knows a lane into which too much comes from others", () => {
    const needs = ["a", "b", "c", "d", "e"];
    const first = { concepts: needs.map((id) => ({ id, needs: [] })) };
    const lane = (count: number) => ({ concepts: [{ id: "x", needs: needs.slice(0, count) }] });
    expect(layOut([first, lane(4)]).crowded).toEqual([false, false]);
    expect(layOut([first, lane(5)]).crowded).toEqual([false, true]);
  });

  it("draws what a concept needs, but for what its needs imply", () => {
    const { edges } = layOut([
      {
        concepts: [
          { id: "a", needs: [] },
          { id: "b", needs: ["a"] },
          { id: "c", needs: ["a", "b"] },
        ],
      },
    ]);
    expect(edges.map(({ from, to }) => `${from}-${to}`)).toEqual(["a-b", "b-c"]);
  });
});
