import { describe, expect, it } from "vitest";
import { completionsAt } from "#components/editor/completions.ts";

/** What is offered where `|` stands. */
function offered(text: string) {
  const offset = text.indexOf("|");
  return completionsAt(text.slice(0, offset) + text.slice(offset + 1), offset);
}
const labels = (text: string) => offered(text)?.options.map(({ label }) => label);
const inserted = (text: string, label: string) =>
  offered(text)?.options.find((option) => option.label === label)?.insert;

describe("completion in manifests", () => {
  it("offers what a manifest begins with, and what its kind has once that is known", () => {
    expect(labels("|")).toEqual(["apiVersion", "kind", "metadata"]);
    expect(labels("kind: IngressClass\n|")).toEqual(["apiVersion", "metadata", "spec"]);
  });

  it("offers the kinds of an API version, and the version of a kind", () => {
    expect(labels("apiVersion: apps/v1\nkind: |")).toEqual(["ReplicaSet", "Deployment", "StatefulSet"]);
    expect(labels("apiVersion: |\nkind: HTTPRoute")).toEqual(["gateway.networking.k8s.io/v1"]);
    expect(labels("kind: Se|")).toContain("Service");
  });

  it("offers the fields of the place by its path, in block and in flow style, without those that are there", () => {
    const fields = ["name", "protocol", "targetPort", "nodePort"];
    expect(labels("kind: Service\nspec:\n  ports:\n    - port: 80\n      |")).toEqual(fields);
    expect(labels("kind: Service\nspec:\n  ports:\n  - port: 80\n    na|\n  type: NodePort")).toEqual(fields);
    expect(labels("kind: Service\nspec: { ports: [{ port: 80, |")).toEqual(fields);
    expect(labels("kind: Service\nspec: { ports: [{ port: 80, n| }] }")).toEqual(fields);
  });

  it("offers the values of a choice, and says which is meant without writing it", () => {
    const types = offered("kind: Service\nspec:\n  type: Lo|")?.options;
    expect(types?.map(({ label }) => label)).toEqual([
      "ClusterIP",
      "ExternalName",
      "LoadBalancer",
      "NodePort",
    ]);
    expect(types?.filter(({ usual }) => usual).map(({ label }) => label)).toEqual(["ClusterIP"]);
    expect(labels("kind: NetworkPolicy\nspec:\n  policyTypes:\n    - |")).toEqual(["Egress", "Ingress"]);
    expect(labels("kind: NetworkPolicy\nspec: { policyTypes: [I|] }")).toEqual(["Egress", "Ingress"]);
    expect(labels("kind: Node\nspec:\n  unschedulable: |")).toEqual(["true", "false"]);
  });

  it("says which fields are required", () => {
    const options = offered("kind: Service\nspec:\n  ports:\n    - |")?.options;
    expect(options?.filter(({ required }) => required).map(({ label }) => label)).toEqual(["port"]);
  });

  it("opens what a field holds: an item of a list, a mapping one level deeper", () => {
    const spec = "kind: Service\nspec:\n  |";
    expect(inserted(spec, "ports")).toBe("ports:\n    - ");
    expect(inserted(spec, "selector")).toBe("selector:\n    ");
    expect(inserted(spec, "type")).toBe("type: ");
    expect(inserted("kind: Service\nspec: { |", "ports")).toBe("ports: ");
    expect(inserted("kind: Service\nspec:\n  por|: []", "ports")).toBe("ports");
  });

  it("replaces the word before the cursor", () => {
    expect(offered("kind: Service\nspec:\n  ty|")?.from).toBe("kind: Service\nspec:\n  ".length);
  });

  it("goes by the one document of several in which the cursor is", () => {
    expect(labels("kind: Service\n---\nkind: IngressClass\nspec:\n  |\n---\nkind: Pod")).toEqual([
      "controller",
    ]);
  });

  it("offers nothing in comments, quotes and labels, in the middle of a word, and where the schema has no such place", () => {
    for (const text of [
      "# ki|",
      "kind: Service # ty|",
      'kind: "|',
      "kind: Service\nmetadata:\n  labels:\n    |",
      "kind: Service\nspec:\n  ty|pe: NodePort",
      "kind: Service\nspec:\n  wrong:\n    |",
      "kind: Service\nspec: |",
    ])
      expect(offered(text), text).toBeNull();
  });

  it("does not read what nobody types", () => {
    expect(labels(`a: ${"[".repeat(100_000)}|`)).toBeUndefined();
    expect(labels(`${"a: b\n".repeat(10_000)}|`)).toBeUndefined();
  });
});
