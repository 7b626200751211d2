import { useTranslations } from "next-intl";
import { Arrow, Box, Code, Divider, Figure, Machine, Mark, Name, Note } from "./grammar.tsx";

/** The same connection under both policies: passed on by a node without the Pod, or sent to the Pod's node only. */
export function TrafficPolicy() {
  const t = useTranslations("diagrams.trafficPolicy");
  return (
    <Figure title={t("title")} steps={[t("step1"), t("step2"), t("step3"), t("step4")]} height={404}>
      <Side policy="Cluster" remark={t("default")} y={0} seen="10.224.0.6" />
      <Arrow path="M92 121 H140" />
      <Arrow path="M214 121 H240" />
      <Divider y={196} />
      <Side policy="Local" remark={t("local")} y={204} seen="198.51.100.7" />
      <Arrow path="M92 325 H132" dotted />
      <Code x={112} y={317} anchor="middle">
        503
      </Code>
      <Note x={112} y={341} anchor="middle">
        {t("probe")}
      </Note>
      <Arrow path="M52 352 V360 Q52 368 60 368 H269 Q277 368 277 360 V352" />
    </Figure>
  );
}

function Side({
  policy,
  remark,
  y,
  seen,
}: {
  policy: "Cluster" | "Local";
  remark: string;
  y: number;
  seen: string;
}) {
  const t = useTranslations("diagrams");
  return (
    <>
      <Name x={4} y={y + 17} anchor="start">
        {policy}
      </Name>
      <Note x={320} y={y + 17} anchor="end">
        {remark}
      </Note>
      <Box
        x={4}
        y={y + 28}
        width={96}
        height={48}
        world="none"
        label={t("common.client")}
        code="198.51.100.7"
      />
      <Arrow path={`M52 ${y + 78} V${y + 94}`} />
      <Box x={14} y={y + 96} width={76} height={50} world="vm" label="Azure LB" />
      <Machine x={134} y={y + 28} width={86} height={126} label={t("common.node", { number: 1 })}>
        <Code x={144} y={y + 64}>
          10.224.0.6
        </Code>
      </Machine>
      <Machine x={234} y={y + 28} width={86} height={126} label={t("common.node", { number: 2 })}>
        <Code x={244} y={y + 64}>
          10.224.0.7
        </Code>
      </Machine>
      {policy === "Cluster" ? (
        <Box x={142} y={y + 96} width={70} height={50} world="none" dashed label={t("common.rules")} />
      ) : (
        <>
          <Mark x={177} y={y + 112} />
          <Note x={177} y={y + 139} anchor="middle">
            {t("trafficPolicy.noPod")}
          </Note>
        </>
      )}
      <Box x={242} y={y + 96} width={70} height={50} label="Pod" />
      <Note x={226} y={y + (policy === "Cluster" ? 178 : 188)} anchor="end">
        {t("trafficPolicy.seen")}
      </Note>
      <Code x={234} y={y + (policy === "Cluster" ? 178 : 188)} className="font-semibold">
        {seen}
      </Code>
    </>
  );
}
