import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Scene } from "#lib/core/scene/index.ts";
import { ManifestText } from "./manifest-text.tsx";

/** What is there before anybody writes a manifest: the cluster in a few lines, and the manifests that were applied, folded. */
export function SceneView({ scene }: { scene: Scene }) {
  const t = useTranslations("task");
  const { mode = "overlay", dataPlane = "iptables", nodes = 3, policyEngine, onPremises } = scene;
  const ports = (listens: readonly number[] | undefined) =>
    listens?.length ? t("scene.listens", { ports: listens.join(", ") }) : t("scene.listensNot");
  const rows: [string, ReactNode][] = [
    [t("scene.nodes"), String(nodes)],
    [t("scene.network"), `${NETWORKS[mode]} · ${DATA_PLANES[dataPlane]}`],
    ...(policyEngine === "none"
      ? ([[t("scene.policies"), t("scene.notEnforced")]] as [string, string][])
      : []),
    ...listOf(
      t("scene.vnets"),
      scene.vnets?.map(({ name, addressSpace, subnets }) => (
        <>
          <Code>{name}</Code> {addressSpace.join(", ")}
          {subnets.map((subnet) => (
            <span key={subnet.name} className="block text-ink-muted">
              <Code>{subnet.name}</Code> {subnet.cidr}
              {subnet.nsg ? (
                <>
                  {" "}
                  · NSG <Code>{subnet.nsg}</Code>
                </>
              ) : null}
            </span>
          ))}
        </>
      )),
    ),
    ...listOf(
      t("scene.peerings"),
      scene.peerings?.map(({ between: [one, other] }) => (
        <>
          <Code>{one}</Code> ↔ <Code>{other}</Code>
        </>
      )),
    ),
    ...listOf(t("scene.onPremises"), onPremises && [onPremises.addressSpace.join(", ")]),
    ...listOf(
      "NSG",
      scene.securityGroups?.flatMap(({ name, rules }) =>
        rules.map((rule) => (
          <>
            <Code>{name}</Code> {rule.priority} {rule.direction} {rule.access} {rule.protocol} {rule.source} →{" "}
            {rule.destination}:{rule.destinationPort}
          </>
        )),
      ),
    ),
    ...listOf(
      t("scene.machines"),
      scene.machines?.map(({ name, address, hostname, listens }) => (
        <>
          <Code>{name}</Code> {address}
          {hostname ? ` (${hostname})` : ""}
          {listens?.length ? ` · ${ports(listens)}` : ""}
        </>
      )),
    ),
    ...listOf(
      t("scene.controllers"),
      scene.controllers?.map((controller) => (
        <>
          <Code>{controller.name}</Code>
          {controller.dataPlane === "azure"
            ? ` · ${t("scene.inAzure")}`
            : controller.service
              ? ` · Service ${controller.service}`
              : ""}
        </>
      )),
    ),
    ...listOf(
      t("scene.images"),
      Object.entries(scene.images ?? {}).map(([image, { listens, healthy }]) => (
        <>
          <Code>{image}</Code> {ports(listens)}
          {healthy === false ? ` · ${t("scene.unhealthy")}` : ""}
        </>
      )),
    ),
  ];
  return (
    <section
      aria-labelledby="scene"
      className="grid gap-2 rounded-lg border border-line bg-surface px-4 py-3 text-sm"
    >
      <h2 id="scene" className="font-semibold text-base">
        {t("scene.title")}
      </h2>
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr]">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-muted max-sm:mt-1">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {scene.manifests.trim() === "" ? null : (
        <details>
          <summary className="w-fit py-1 font-medium">{t("scene.manifests")}</summary>
          <ManifestText label={t("scene.manifests")} text={scene.manifests} />
        </details>
      )}
    </section>
  );
}

const NETWORKS = {
  overlay: "Azure CNI Overlay",
  podSubnet: "Azure CNI Pod Subnet",
  nodeSubnet: "Azure CNI Node Subnet",
  kubenet: "kubenet",
};
const DATA_PLANES = { iptables: "iptables", cilium: "Cilium" };

/** A line with a list in it; none where there is nothing to list. */
const listOf = (name: string, items: readonly ReactNode[] | undefined): [string, ReactNode][] =>
  items?.length
    ? [
        [
          name,
          <ul key={name}>
            {items.map((item, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they never change places
              <li key={index}>{item}</li>
            ))}
          </ul>,
        ],
      ]
    : [];

function Code({ children }: { children: string }) {
  return <code className="break-all font-mono text-[0.95em]">{children}</code>;
}
