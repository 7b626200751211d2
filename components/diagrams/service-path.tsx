import { useTranslations } from "next-intl";
import { Arrow, Box, Figure, Note } from "./grammar.tsx";

/** Client → ClusterIP → rules on the node → a ready Pod; one Pod is replaced and gets a new address. */
export function ServicePath() {
  const t = useTranslations("diagrams.service");
  return (
    <Figure title={t("title")} steps={[t("step1"), t("step2"), t("step3"), t("step4")]} height={372}>
      <Box x={12} y={10} width={132} height={44} world="outside" label={t("client")} detail="10.244.0.4" />
      <Arrow path="M78 54 V92" />
      <Box
        x={12}
        y={94}
        width={132}
        height={50}
        world="cluster"
        dashed
        label="Service"
        detail="10.0.20.7:80"
      />
      <Note x={12} y={160}>
        {t("nobody")}
      </Note>
      <Box
        x={196}
        y={94}
        width={152}
        height={50}
        world="cluster"
        dashed
        label="EndpointSlice"
        detail={t("readyOnly")}
      />
      <Arrow path="M196 119 H146" dotted />
      <rect
        x="6"
        y="176"
        width="348"
        height="190"
        rx="12"
        strokeWidth="1.5"
        className="fill-none stroke-line-strong"
      />
      <Note x={18} y={195}>
        {t("nodes")}
      </Note>
      <Box x={24} y={204} width={312} height={34} label={t("rules")} dashed />
      <Arrow path="M66 166 V202" />
      <Arrow path="M78 238 V282" />
      <Arrow path="M180 238 V282" />
      <Box x={24} y={286} width={100} height={60} world="cluster" label="Pod A" detail="10.244.1.5" />
      <Box x={130} y={286} width={100} height={60} world="cluster" label="Pod B" detail="10.244.2.8" />
      <Box
        x={236}
        y={286}
        width={100}
        height={60}
        label={t("oldPod")}
        detail="10.244.1.9"
        className="pod-leaves"
      />
      <Box
        x={236}
        y={286}
        width={100}
        height={60}
        world="cluster"
        label={t("newPod")}
        detail="10.244.3.2"
        className="pod-arrives"
      />
      <Arrow path="M290 284 C290 250 340 200 300 146" dotted />
    </Figure>
  );
}
