import { useTranslations } from "next-intl";
import { Arrow, Border, Box, Figure, Gate, Machine, Note, Packet } from "./grammar.tsx";

const TO_LB = "M52 58 V103";
const TO_NODE = "M85 166 V246";
const TO_OTHER_POD = "M95 318 C95 346 229 326 229 354";

const NODES = [
  { number: 1, x: 12, pod: "10.244.1.5:8080" },
  { number: 2, x: 166, pod: "10.244.2.9:8080" },
];

/**
 * The load balancer hands packets to the nodes of its pool as they came; rules there send each on to one of the Pods,
 * on whichever node.
 */
export function LbServiceAzure() {
  const t = useTranslations("diagrams");
  return (
    <Figure
      title={t("lbService.title")}
      steps={[t("lbService.step1"), t("lbService.step2"), t("lbService.step3"), t("lbService.step4")]}
      height={424}
      moving
    >
      <Box x={4} y={6} width={96} height={50} world="none" label={t("common.client")} code="198.51.100.7" />
      <Box x={120} y={6} width={72} height={50} dashed label="Service" code="web" />
      <Arrow path="M194 31 H212" dotted />
      <Box
        x={214}
        y={6}
        width={106}
        height={50}
        label={t("common.controller")}
        remark={t("lbService.reads")}
      />

      <Arrow path={TO_LB} />
      <Note x={61} y={84}>
        {t("lbService.frontEnd")}
      </Note>
      <Arrow path="M267 58 V116" dotted />
      <Note x={258} y={84} anchor="end">
        {t("lbService.setsUp")}
      </Note>
      <Box x={4} y={118} width={316} height={46} world="vm" label="Azure Load Balancer" />
      <Gate x={74} y={118} width={118} world="vm" code="203.0.113.9:80" />

      <Border x={4} y={190} width={316} height={226} world="vm" />
      <Note x={162} y={182} anchor="middle">
        {t("lbService.unchanged")}
      </Note>
      <Note x={162} y={209} anchor="middle">
        {t("service.sliceTwin")}
      </Note>
      {NODES.map(({ number, x, pod }) => (
        <g key={number}>
          <Machine x={x} y={220} width={146} height={188} label={t("common.node", { number })} />
          <Box
            x={x + 8}
            y={248}
            width={130}
            height={68}
            world="none"
            dashed
            label={t("common.rules")}
            code={["203.0.113.9:80", t("lbService.toPod")]}
          />
          <Box x={x + 8} y={356} width={130} height={44} label="Pod" code={pod} />
        </g>
      ))}
      <Arrow path={TO_NODE} />
      <Arrow path="M239 166 V246" />
      <Arrow path="M75 318 V354" />
      <Arrow path={TO_OTHER_POD} />
      <Arrow path="M229 318 C229 346 95 326 95 354" />
      <Arrow path="M249 318 V354" />

      <Packet path={TO_LB} begin={0.4} seconds={0.7} />
      <Packet path={TO_NODE} begin={1.3} seconds={0.9} />
      <Packet path={TO_OTHER_POD} begin={2.4} seconds={0.8} />
    </Figure>
  );
}
