import { useTranslations } from "next-intl";
import { Arrow, Border, Box, Divider, Figure, Name, Note } from "./grammar.tsx";

/** Where requests are carried: by proxy Pods, or by a gateway in Azure that the controller only sets up. */
export function DataPlanePlace() {
  const t = useTranslations("diagrams.dataPlane");
  return (
    <Figure title={t("title")} steps={[t("step1"), t("step2"), t("step3")]} height={396}>
      <Side y={0} title={t("inCluster")} entry="Azure LB" result={t("throughPods")} />
      <Arrow path="M102 133 H134" />
      <Box x={136} y={108} width={84} height={50} label={t("proxy")} remark="Pod" />
      <Arrow path="M178 76 V106" dotted />
      <Note x={187} y={96}>
        {t("setsUp")}
      </Note>
      <Arrow path="M222 133 H246" />

      <Divider y={200} />
      <Side y={208} title={t("inAzure")} entry="App Gateway" remark={t("orAgc")} result={t("pastPods")} />
      <Arrow path="M102 350 H246" />
      <Arrow path="M178 284 V322 Q178 330 170 330 H102" dotted />
      <Note x={187} y={310}>
        {t("setsUp")}
      </Note>
    </Figure>
  );
}

function Side({
  y,
  title,
  entry,
  remark,
  result,
}: {
  y: number;
  title: string;
  entry: string;
  remark?: string;
  result: string;
}) {
  const t = useTranslations("diagrams");
  return (
    <>
      <Name x={4} y={y + 17} anchor="start">
        {title}
      </Name>
      <Box x={4} y={y + 34} width={96} height={40} world="none" label={t("common.client")} />
      <Arrow path={`M52 ${y + 76} V${y + 106}`} />
      <Box x={4} y={y + 108} width={96} height={50} world="vm" label={entry} remark={remark ?? []} />
      <Border x={128} y={y + 26} width={192} height={140} world="cluster" />
      <Note x={310} y={y + 45} anchor="end">
        {t("common.cluster")}
      </Note>
      <Box x={136} y={y + 34} width={108} height={40} label={t("common.controller")} />
      <Box x={248} y={y + 108} width={64} height={50} label={t("dataPlane.app")} remark="Pod" />
      <Note x={4} y={y + 186}>
        {result}
      </Note>
    </>
  );
}
