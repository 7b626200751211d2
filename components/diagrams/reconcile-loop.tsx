import { useTranslations } from "next-intl";
import { Arrow, Box, Code, Figure, Note, Packet, Sheet, Twin } from "./grammar.tsx";

const TO_CONTROLLER = "M176 148 H148";
const TO_PODS = "M52 184 V242";

/** The controller compares what is wanted with what there is, acts, and compares again. */
export function ReconcileLoop() {
  const t = useTranslations("diagrams.reconcileLoop");
  return (
    <Figure title={t("title")} steps={[t("step1"), t("step2"), t("step3"), t("step4")]} height={302} moving>
      <Box x={4} y={6} width={140} height={50} dashed label={t("desired")} code="replicas: 3" />
      <Twin x={4} y={73}>
        {t("desiredTwin")}
      </Twin>
      <Arrow path="M210 31 H146" dotted />
      <Note x={178} y={23} anchor="middle">
        {t("declares")}
      </Note>
      <Box x={212} y={6} width={108} height={50} world="none" label={t("you")} code="kubectl apply" />

      <Arrow path="M118 58 V112" dotted />
      <Box
        x={4}
        y={114}
        width={140}
        height={68}
        label={t("controller")}
        remark={[t("compares"), t("again")]}
      />
      <Arrow path={TO_CONTROLLER} dotted />
      <Sheet x={180} y={114} width={140} height={68} label={t("observed")}>
        <Code x={250} y={152} anchor="middle" className="pod-unlisted">
          replicas: 2
        </Code>
        <Code x={250} y={152} anchor="middle" className="pod-listed line-through opacity-70">
          replicas: 2
        </Code>
        <Code x={250} y={170} anchor="middle" className="pod-listed font-semibold">
          replicas: 3
        </Code>
      </Sheet>
      <Twin x={180} y={199}>
        {t("observedTwin")}
      </Twin>

      <Arrow path={TO_PODS} dotted />
      <Note x={62} y={218}>
        {t("acts")}
      </Note>
      <Arrow path="M280 242 V184" dotted />
      <Note x={271} y={226} anchor="end">
        {t("counts")}
      </Note>
      <Box x={4} y={244} width={100} height={50} label={t("newPod")} code="t7w4k" className="pod-arrives" />
      <Box x={112} y={244} width={100} height={50} label="Pod" code="x2x8p" />
      <Box x={220} y={244} width={100} height={50} label="Pod" code="m5n2r" />

      <Packet path={TO_CONTROLLER} begin={0.6} seconds={0.5} />
      <Packet path={TO_PODS} begin={1.5} seconds={0.7} />
      <Packet path={TO_CONTROLLER} begin={3.6} seconds={0.5} />
    </Figure>
  );
}
