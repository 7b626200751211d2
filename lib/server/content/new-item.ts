import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type ComparedKind, isKey, KINDS, type Kind } from "#lib/core/questions/index.ts";
import { SetupError } from "../setup-error.ts";
import { type Content, loadContent } from "./load.ts";
import type { Place } from "./place.ts";

/**
 * Appends the skeleton of an item to its concept's file, which is made where it is missing; a task gets a file of its own. What is to be filled in says
 * `TODO`; a rule finds what still does.
 * @param root the content folder
 * @param today the day the facts are checked on, `YYYY-MM-DD`
 * @returns where the item stands
 */
export async function addNewItem(root: string, concept: string, kind: string, today: string): Promise<Place> {
  const content = await loadContent(root);
  const known = content.concepts.find(({ value }) => value.id === concept)?.value;
  if (!known) {
    const ids = content.concepts.map(({ value }) => value.id).sort();
    throw new SetupError(
      `There is no concept \`${concept}\`: write content/concepts/${concept}.yaml first, or choose one of\n${ids.join(", ")}`,
    );
  }
  if (!isKind(kind)) throw new SetupError(`There is no kind \`${kind}\`: choose one of ${KINDS.join(", ")}`);

  const id = freeId(content, kind === "manifest" ? `task-${concept}-todo` : `${concept}-todo`);
  if (kind === "manifest") return addTask(root, { id, concept, sources: known.sources, today });
  const home = homeOf(content, concept);
  const file = path.join(root, "banks", home.bank, `${concept}.yaml`);
  const before = home.exists ? await readFile(file, "utf8") : `concept: ${concept}\nitems:\n`;
  if (!home.exists) await writeFile(file, before);
  const gap = home.exists ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
  const item = skeleton({
    id,
    kind,
    sources: known.sources,
    today,
    keyPlace: rarestKeyPlace(content, home.bank),
  });
  await appendFile(file, gap + item);
  return {
    file: path.posix.join("content/banks", home.bank, `${concept}.yaml`),
    line: (before + gap).split("\n").length,
  };
}

const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind);

/** The bank that has the concept's items already, or most items of its area, or the area's name. */
function homeOf(
  { areas, banks, itemFiles, items }: Content,
  concept: string,
): { bank: string; exists: boolean } {
  const own = itemFiles.find(({ value }) => value.concept === concept);
  if (own) return { bank: own.value.bank, exists: true };
  const area = areas.find(({ value }) => value.concepts.includes(concept))?.value;
  if (!area) throw new SetupError(`\`${concept}\` is in no area: add it to one in content/areas.yaml`);
  const neighbours = items.filter(({ value }) => area.concepts.includes(value.concept));
  const [bank] = banks
    .map(({ value }) => value.id)
    .filter((id) => id === area.id || neighbours.some(({ value }) => value.bank === id))
    .map((id) => ({ id, size: neighbours.filter(({ value }) => value.bank === id).length }))
    .sort((a, b) => b.size - a.size);
  if (!bank) {
    throw new SetupError(
      `The area \`${area.id}\` has no bank: make content/banks/${area.id}/bank.yaml first`,
    );
  }
  return { bank: bank.id, exists: false };
}

function freeId({ items }: Content, wanted: string): string {
  const taken = new Set(items.map(({ value }) => value.id));
  let id = wanted;
  for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`;
  return id;
}

/** Where the fewest keys of the bank stand: new questions keep it balanced. */
function rarestKeyPlace({ items }: Content, bank: string): number {
  const counts = [0, 0, 0];
  for (const { value } of items) {
    if (value.kind !== "single" || value.bank !== bank || value.options.length !== counts.length) continue;
    const place = value.options.findIndex(isKey);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts.indexOf(Math.min(...counts));
}

interface Blank {
  id: string;
  kind: ComparedKind;
  sources: readonly string[];
  today: string;
  keyPlace: number;
}

const TEXT = "{ ja: TODO, en: TODO }";

const key = (id: string) => [`- id: ${id}`, `  text: ${TEXT}`, "  correct: true"];

const wrong = (id: string) => [
  `- id: ${id}`,
  `  text: ${TEXT}`,
  "  misconception: todo # an id of content/misconceptions",
  `  why: ${TEXT} # what would have to be true for it`,
];

/** What each kind adds to an item, as lines of YAML. */
const FIELDS: Record<ComparedKind, (blank: Blank) => string[]> = {
  flashcard: () => [`answer: ${TEXT}`],
  single: ({ keyPlace }) => [
    "options:",
    ...[wrong("wrong-1"), wrong("wrong-2")].toSpliced(keyPlace, 0, key("key")).flat().map(indent),
  ],
  multiple: () => [
    "options:",
    ...[key("key-1"), wrong("wrong-1"), key("key-2"), wrong("wrong-2")].flat().map(indent),
  ],
  cloze: () => [
    "text:",
    '  ja: "TODO {{gap}}"',
    '  en: "TODO {{gap}}"',
    "gaps:",
    "  - id: gap",
    "    accept: { ja: [TODO], en: [TODO] } # all that an expert would type",
    "    traps:",
    "      - { answer: TODO, misconception: todo }",
  ],
  ordering: () => [
    "steps: # in the right order",
    ...["first", "second", "third"].map((id) => `  - { id: ${id}, text: ${TEXT} }`),
    "traps: # two steps whose being turned round shows a belief",
    "  - { step: third, before: second, misconception: todo }",
  ],
  matching: () => [
    "pairs:",
    ...["one", "two", "three"].map((id) => `  - { id: ${id}, left: ${TEXT}, right: ${TEXT} }`),
  ],
  classify: () => [
    "buckets:",
    ...["left", "right"].map((id) => `  - { id: ${id}, label: ${TEXT} }`),
    "cards:",
    ...["one", "two", "three"].map(
      (id, index) => `  - { id: ${id}, text: ${TEXT}, bucket: ${index === 0 ? "left" : "right"} }`,
    ),
  ],
  numeric: () => [
    "value: 0 # TODO",
    "tolerance: 0",
    `unit: ${TEXT}`,
    `steps: ${TEXT} # the way to the number`,
    "traps:",
    `  - { value: 1, misconception: todo, why: ${TEXT} }`,
  ],
};

function skeleton(blank: Blank): string {
  const lines = [
    `id: ${blank.id}`,
    "revision: 1",
    `kind: ${blank.kind}`,
    "difficulty: 2",
    `prompt: ${TEXT}`,
    ...FIELDS[blank.kind](blank),
    `explanation: ${TEXT}`,
    `sources: [${blank.sources.join(", ")}] # those that say it`,
    `asOf: ${blank.today}`,
  ];
  return lines.map((line, index) => `${index === 0 ? "  - " : "    "}${line}\n`).join("");
}

function indent(line: string): string {
  return `  ${line}`;
}

type BlankTask = Pick<Blank, "id" | "sources" | "today"> & { concept: string };

async function addTask(root: string, blank: BlankTask): Promise<Place> {
  await mkdir(path.join(root, "tasks"), { recursive: true });
  await writeFile(path.join(root, "tasks", `${blank.id}.yaml`), taskSkeleton(blank));
  return { file: `content/tasks/${blank.id}.yaml`, line: 1 };
}

/** A task that works, as small as one can be, to be made another one. */
const taskSkeleton = ({ id, concept, sources, today }: BlankTask): string => `id: ${id}
concept: ${concept}
revision: 1
difficulty: 3
prompt: ${TEXT} # what is wanted, as a colleague would ask for it
explanation: ${TEXT} # why the first solution does it, and what people get wrong
hints: # from a nudge to nearly the answer
  - ${TEXT}
  - ${TEXT}
sources: [${sources.join(", ")}] # those that say it
asOf: ${today}
scene:
  nodes: 2
  images: # what programs listen on
    shop: { listens: [8080] }
  manifests: |
    apiVersion: v1
    kind: Pod
    metadata: { name: shop, labels: { app: shop } }
    spec: { containers: [{ name: shop, image: shop }] }
    ---
    apiVersion: v1
    kind: Pod
    metadata: { name: client }
    spec: { containers: [{ name: client, image: client }] }
start: |
  apiVersion: v1
  kind: Service
  metadata: { name: shop }
  spec: { selector: {}, ports: [{ port: 80 }] }
probes: # what must be true afterwards
  - id: answers
    text: ${TEXT}
    connection:
      connection: { from: Pod/default/client, to: shop, port: 80 }
      ends: answered
beliefs: []
solutions:
  right: # really different ways
    - manifests: |
        apiVersion: v1
        kind: Service
        metadata: { name: shop }
        spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: 8080 }] }
    - manifests: |
        apiVersion: v1
        kind: Service
        metadata: { name: shop }
        spec: { type: NodePort, selector: { app: shop }, ports: [{ port: 80, targetPort: 8080 }] }
  wrong: # each for a reason of its own
    - why: TODO
      fails: [answers]
      manifests: |
        apiVersion: v1
        kind: Service
        metadata: { name: shop }
        spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
    - why: TODO
      fails: [answers]
      manifests: |
        apiVersion: v1
        kind: Service
        metadata: { name: shop }
        spec: { selector: { app: shop }, ports: [{ port: 80 }] }
    - why: TODO
      fails: [answers]
      manifests: |
        apiVersion: v1
        kind: Service
        metadata: { name: shop, namespace: kube-system }
        spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: 8080 }] }
    - why: TODO
      error: unknown field
      manifests: |
        apiVersion: v1
        kind: Service
        metadata: { name: shop }
        spec: { selector: { app: shop }, ports: [{ port: 80, containerPort: 8080 }] }
`;
