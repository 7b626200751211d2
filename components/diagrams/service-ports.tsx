import { useTranslations } from "next-intl";
import { Arrow, Box, Code, Figure, Gate, Name, Note, Shape, Twin } from "./grammar.tsx";

/** Two ways into a Service, the nodes' port and its own; both end at the port where the container listens. */
export function ServicePorts() {
  const t = useTranslations("diagrams.servicePorts");
  return (
    <Figure title={t("title")} steps={[t("step1"), t("step2"), t("step3")]} height={360}>
      <Box x={4} y={6} width={150} height={50} world="vm" label={t("vm")} remark={t("outside")} />
      <Box x={170} y={6} width={150} height={50} label={t("pod")} remark={t("inside")} />
      <Arrow path="M79 58 V111" />
      <Code x={88} y={88}>
        10.224.0.5:30080
      </Code>
      <Arrow path="M245 58 V111" />
      <Code x={254} y={88}>
        web:80
      </Code>

      <Shape x={4} y={126} width={316} height={86} dashed />
      <Gate x={79} y={126} width={122} code="nodePort 30080" />
      <Note x={79} y={159} anchor="middle">
        {t("nodes")}
      </Note>
      <Twin x={79} y={177} anchor="middle">
        {t("nodePortTwin")}
      </Twin>
      <Gate x={245} y={126} width={122} code="port 80" />
      <Note x={245} y={159} anchor="middle">
        {t("services")}
      </Note>
      <Twin x={245} y={177} anchor="middle">
        {t("portTwin")}
      </Twin>
      <Name x={162} y={201} world="cluster">
        Service web
      </Name>

      <Arrow path="M162 214 V253" />
      <Code x={171} y={238}>
        10.244.1.5:8080
      </Code>
      <Shape x={83} y={268} width={158} height={84} />
      <Gate x={162} y={268} width={130} code="targetPort 8080" />
      <Note x={162} y={301} anchor="middle">
        {t("containers")}
      </Note>
      <Twin x={162} y={319} anchor="middle">
        {t("targetPortTwin")}
      </Twin>
      <Name x={162} y={342} world="cluster">
        Pod
      </Name>
    </Figure>
  );
}
