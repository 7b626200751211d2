import { describe, expect, it } from "vitest";
import { createCluster, find, settle } from "#lib/core/cluster/index.ts";
import { applyYaml, parseManifests } from "#lib/core/cluster/yaml.ts";
import { YAML_LIMITS } from "#lib/core/cluster/yaml-limits.ts";

const service = (spec: string) => `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
${spec.replace(/^/gm, "  ")}`;

const said = (text: string) =>
  parseManifests(text).problems.map(({ line, message }) => `${line}: ${message}`);

describe("A manifest", () => {
  it("becomes an object, with what is usual filled in when it is applied", () => {
    const { cluster, problems } = applyYaml(createCluster(), service("ports:\n- port: 80"));
    expect(problems).toEqual([]);
    expect(find(cluster, "Service", "default/shop")?.spec).toMatchObject({
      type: "ClusterIP",
      ports: [{ port: 80, targetPort: 80, protocol: "TCP" }],
    });
  });

  it.each([
    [service("portz: 1\nports:\n- port: 80"), '6: strict decoding error: unknown field "spec.portz"'],
    [
      service("ports:\n- port: 70000"),
      '7: The Service "shop" is invalid: spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive',
    ],
    [
      service("ports:\n- port: web"),
      '7: The Service "shop" is invalid: spec.ports[0].port: Invalid value: "string": spec.ports[0].port in body must be of type integer: "string"',
    ],
    [
      service("type: Public\nports:\n- port: 80"),
      '6: The Service "shop" is invalid: spec.type: Unsupported value: "Public": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    ],
    [
      service("externalTrafficPolicy: Local\nports:\n- port: 80"),
      '6: The Service "shop" is invalid: spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
    ],
    [service("selector: {}"), '5: The Service "shop" is invalid: spec.ports: Required value'],
    [
      "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }",
      '2: no matches for kind "ConfigMap" in version "v1"',
    ],
    ["kind: Service", "1: error validating data: apiVersion not set"],
    ["just a text", "1: error validating data: the document is not an object"],
  ])("that is wrong is answered as kubectl does, with the line: %#", (text, message) => {
    expect(said(text)).toEqual([message]);
    expect(parseManifests(text).objects).toEqual([]);
  });

  it("with a field that is not modelled is taken, and the field is said to change nothing", () => {
    const text = service("ipFamilyPolicy: SingleStack\nports:\n- port: 80");
    const { objects, problems } = parseManifests(text);
    expect(objects).toHaveLength(1);
    expect(problems).toEqual([
      {
        severity: "warning",
        line: 6,
        message: "spec.ipFamilyPolicy is not modelled: it changes nothing here",
      },
    ]);
  });

  it("for a namespace that does not exist is refused, and leaves the rest of the text applied", () => {
    const lost = service("ports:\n- port: 80").replace("name: shop", "name: lost\n  namespace: nowhere");
    const { cluster, problems } = applyYaml(
      createCluster(),
      `${lost}\n---\n${service("ports:\n- port: 80")}`,
    );
    expect(problems.map(({ message }) => message)).toEqual([
      'Error from server (NotFound): namespaces "nowhere" not found',
    ]);
    expect(find(cluster, "Service", "default/shop")).toBeDefined();
  });

  it("that is applied again keeps what was allocated, and changes what it says", () => {
    const first = settle(applyYaml(createCluster(), service("type: NodePort\nports:\n- port: 80")).cluster);
    const again = settle(
      applyYaml(first, service("type: NodePort\nports:\n- port: 80\n  targetPort: 8080")).cluster,
    );
    const [before, after] = [first, again].map((cluster) => find(cluster, "Service", "default/shop")?.spec);
    expect(after).toEqual({ ...before, ports: [{ ...before?.ports?.[0], targetPort: 8080 }] });
  });
});

describe("A hostile text gets an error and nothing else", () => {
  const laughs = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefgh"
    .split("")
    .map((name, n) => `${name}: &${name} [${Array(9).fill(`*${"abcdefg"[n]}`).join(",")}]`)
    .join("\n")}`;
  it.each([
    ["a billion laughs", laughs, /aliases/],
    ["brackets without end", "[".repeat(50_000), /deep/],
    [
      "indentation without end",
      Array.from({ length: 200 }, (_, n) => `${"  ".repeat(n)}a:`).join("\n"),
      /deep/,
    ],
    ["dashes without end", `${"- ".repeat(20_000)}x`, /deep/],
    ["five megabytes", "a: b\n".repeat(1_000_000), /longer/],
    ["tabs", "a:\n\tb: 1", /Tabs/],
    ["the same key twice", "a: 1\na: 2", /already set in map/],
    ["documents without end", "a: 1\n---\n".repeat(5_000), /documents/],
    ["a tag of another language", "!!js/function 'return 1'", /not an object|tag/],
    ["a key that is an object", "? {a: 1}\n: 2", /./],
    [
      "a name of a prototype",
      "apiVersion: v1\nkind: constructor\nmetadata: {name: __proto__}",
      /no matches for kind/,
    ],
    [
      "a field of a prototype",
      "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n__proto__: {x: 1}\n",
      /unknown field/,
    ],
  ])("%s", (_, text, message) => {
    const { objects, problems } = parseManifests(text);
    expect(objects).toEqual([]);
    expect(problems[0]?.message).toMatch(message);
  });

  it("of up to the allowed length is read", () => {
    const text = service("ports:\n- port: 80").padEnd(YAML_LIMITS.characters, "\n# a comment");
    expect(parseManifests(text.slice(0, YAML_LIMITS.characters)).objects).toHaveLength(1);
  });
});
