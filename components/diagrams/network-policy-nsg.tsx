import { useTranslations } from "next-intl";
import { Arrow, Border, Box, Code, Figure, Gate, Machine, Mark, Note, Sheet, Twin } from "./grammar.tsx";

/** The NSG stands at the subnet and looks at addresses; the NetworkPolicy stands at Pods and looks at labels. */
export function NetworkPolicyNsg() {
  const t = useTranslations("diagrams");
  return (
    <Figure
      title={t("networkPolicy.title")}
      steps={[t("networkPolicy.step1"), t("networkPolicy.step2"), t("networkPolicy.step3")]}
      height={336}
    >
      <Box x={4} y={6} width={316} height={36} world="none" label={t("networkPolicy.outside")} />
      <Border x={4} y={110} width={316} height={218} world="vm" />
      <Code x={91} y={74}>
        :443
      </Code>
      <Arrow path="M242 44 V78" stopped />
      <Code x={251} y={66}>
        :22
      </Code>
      <Mark x={242} y={87} />
      <Note x={14} y={140}>
        {t("networkPolicy.subnet")}
      </Note>

      <Machine x={12} y={154} width={140} height={166} label={t("common.node", { number: 1 })} />
      <Box x={20} y={184} width={124} height={50} label="Pod" code="app: web" />
      <Box x={20} y={262} width={124} height={50} label="Pod" code="app: batch" />
      <Arrow path="M82 44 V152" />
      <Gate x={162} y={110} width={220} world="vm" label={t("networkPolicy.nsg")} />
      <Machine x={172} y={154} width={140} height={166} label={t("common.node", { number: 2 })} />
      <Sheet x={182} y={184} width={122} height={128} label="NetworkPolicy">
        <Note x={243} y={221} anchor="middle">
          {t("networkPolicy.labels")}
        </Note>
        <Box x={192} y={234} width={102} height={50} label="Pod" code="app: api" />
        <Twin x={243} y={302} anchor="middle">
          {t("networkPolicy.policyTwin")}
        </Twin>
      </Sheet>
      <Arrow path="M146 209 C170 209 164 259 190 259" />
      <Arrow path="M146 287 H154" stopped />
      <Mark x={162} y={287} />
    </Figure>
  );
}
