import { useTranslations } from "next-intl";
import { Arrow, Box, Figure, Machine, Mark, Note, Twin } from "./grammar.tsx";

/** A node fails, and its Pod is gone with it. The ReplicaSet is one short and makes a new Pod on another node. */
export function PodReplaced() {
  const t = useTranslations("diagrams");
  return (
    <Figure
      title={t("podReplaced.title")}
      steps={[t("podReplaced.step1"), t("podReplaced.step2"), t("podReplaced.step3"), t("podReplaced.step4")]}
      height={352}
      moving
    >
      <Box x={4} y={6} width={120} height={50} dashed label="Deployment" code="web" />
      <Arrow path="M126 31 H170" dotted />
      <Note x={147} y={23} anchor="middle">
        {t("podReplaced.makes")}
      </Note>
      <Box x={172} y={6} width={148} height={50} dashed label="ReplicaSet" code="replicas: 2" />
      <Twin x={4} y={73}>
        {t("podReplaced.setTwin")}
      </Twin>

      <Machine x={4} y={96} width={164} height={106} label={t("common.node", { number: 1 })} />
      <g className="node-fails">
        <Note x={140} y={114} anchor="end">
          {t("podReplaced.silent")}
        </Note>
        <Mark x={153} y={110} />
      </g>
      <Box
        x={12}
        y={124}
        width={148}
        height={70}
        label={t("service.oldPod")}
        code={["web-7d4b9c-x2x8p", "10.244.1.5"]}
        className="pod-leaves"
      />
      <Box
        x={12}
        y={124}
        width={148}
        height={70}
        world="none"
        label={t("service.oldPod")}
        code={["web-7d4b9c-x2x8p", "10.244.1.5"]}
        className="pod-gone [&_.font-mono]:line-through"
      />

      <Note x={212} y={142}>
        {t("podReplaced.short")}
      </Note>
      <Note x={212} y={159}>
        {t("podReplaced.fills")}
      </Note>

      <Machine x={4} y={214} width={316} height={106} label={t("common.node", { number: 2 })} />
      <Box x={12} y={242} width={146} height={70} label="Pod" code={["web-7d4b9c-m5n2r", "10.244.2.9"]} />
      <Arrow path="M202 58 V240" dotted />
      <Box
        x={166}
        y={242}
        width={146}
        height={70}
        label={t("service.newPod")}
        code={["web-7d4b9c-t7w4k", "10.244.2.14"]}
        className="pod-arrives"
      />
      <Note x={239} y={340} anchor="middle">
        {t("podReplaced.other")}
      </Note>
    </Figure>
  );
}
