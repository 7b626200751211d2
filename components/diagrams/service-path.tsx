import { useTranslations } from "next-intl";
import { Arrow, Box, Code, Figure, Machine, Note, Packet, Sheet, Twin } from "./grammar.tsx";

const TO_RULES = "M102 186 H176";
const TO_THIRD_POD = "M233 214 C233 254 256 250 256 284";

/**
 * Client → ClusterIP → rules on its node → a ready Pod. Above, the records that the rules follow. One Pod is replaced:
 * the new one has another address, and the list follows.
 */
export function ServicePath() {
  const t = useTranslations("diagrams.service");
  return (
    <Figure title={t("title")} steps={[t("step1"), t("step2"), t("step3"), t("step4")]} height={350} moving>
      <Box x={4} y={6} width={112} height={50} dashed label="Service" code="10.0.20.7" />
      <Twin x={4} y={73}>
        {t("serviceTwin")}
      </Twin>
      <Arrow path="M118 31 H167" dotted />
      <Note x={142} y={23} anchor="middle">
        selector
      </Note>
      <Sheet x={170} y={6} width={136} height={104} label="EndpointSlice">
        <Code x={238} y={46} anchor="middle">
          10.244.1.5
        </Code>
        <Code x={238} y={64} anchor="middle">
          10.244.2.8
        </Code>
        <Code x={238} y={82} anchor="middle" className="pod-leaves">
          10.244.1.9
        </Code>
        <Code x={238} y={82} anchor="middle" className="pod-gone line-through opacity-70">
          10.244.1.9
        </Code>
        <Code x={238} y={100} anchor="middle" className="pod-listed font-semibold">
          10.244.3.2
        </Code>
      </Sheet>
      <Twin x={312} y={127} anchor="end">
        {t("sliceTwin")}
      </Twin>

      <Machine x={4} y={136} width={300} height={90} label={t("node")} />
      <Box x={12} y={162} width={88} height={52} label={t("client")} code="10.244.0.4" />
      <Arrow path={TO_RULES} />
      <Code x={138} y={178} anchor="middle">
        10.0.20.7
      </Code>
      <Box
        x={178}
        y={162}
        width={118}
        height={52}
        world="none"
        dashed
        label={t("rules")}
        remark={t("rewrite")}
      />
      <Arrow path="M184 112 V159" dotted />

      <Arrow path="M233 214 C233 262 52 238 52 284" />
      <Arrow path="M233 214 C233 256 154 246 154 284" />
      <Arrow path={TO_THIRD_POD} />
      <Note x={4} y={248}>
        {t("onePod")}
      </Note>
      <Box x={4} y={288} width={96} height={54} label="Pod" code="10.244.1.5" />
      <Box x={106} y={288} width={96} height={54} label="Pod" code="10.244.2.8" />
      <Box
        x={208}
        y={288}
        width={96}
        height={54}
        world="none"
        label={t("oldPod")}
        code="10.244.1.9"
        className="pod-leaves"
      />
      <Box
        x={208}
        y={288}
        width={96}
        height={54}
        label={t("newPod")}
        code="10.244.3.2"
        className="pod-arrives"
      />
      <Arrow path="M304 315 H308 Q316 315 316 307 V66 Q316 58 312 58 H309" dotted />
      <Note x={308} y={246} anchor="end">
        {t("readyOnly")}
      </Note>

      <Packet path={TO_RULES} begin={0.2} seconds={0.5} />
      <Packet path={TO_THIRD_POD} begin={0.7} seconds={0.6} />
      <Packet path={TO_RULES} begin={3.6} seconds={0.5} />
      <Packet path={TO_THIRD_POD} begin={4.1} seconds={0.6} />
    </Figure>
  );
}
