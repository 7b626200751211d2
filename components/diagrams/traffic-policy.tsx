import { useTranslations } from "next-intl";
import { Arrow, Box, Code, Divider, Figure, Machine, Mark, Name, Note } from "./grammar.tsx";

/** The same connection under both policies: passed on by a node without the Pod, or sent to the Pod's node only. */
export function TrafficPolicy() {
  const t = useTranslations("diagrams.trafficPolicy");
  return (
    <Figure title={t("title")} steps={[t("step1"), t("step2"), t("step3"), t("step4")]} height={404}>
      <Side policy="Cluster" remark={t("default")} y={0} seen="10.224.0.5" />
      <Arrow path="M88 121 H136" />
      <Arrow path="M212 121 H238" />
      <Divider y={196} />
      <Side policy="Local" remark={t("local")} y={204} seen="203.0.113.7" />
      <Arrow path="M88 325 H128" dotted />
      <Code x={108} y={317} anchor="middle">
        503
      </Code>
      <Note x={108} y={341} anchor="middle">
        {t("probe")}
      </Note>
      <Arrow path="M48 352 V360 Q48 368 56 368 H268 Q276 368 276 360 V350" />
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
        width={88}
        height={48}
        world="none"
        label={t("common.client")}
        code="203.0.113.7"
      />
      <Arrow path={`M48 ${y + 78} V${y + 94}`} />
      <Box x={10} y={y + 96} width={76} height={50} world="vm" label="Azure LB" />
      <Machine x={130} y={y + 28} width={88} height={126} label={t("common.node", { number: 1 })}>
        <Code x={140} y={y + 64}>
          10.224.0.5
        </Code>
      </Machine>
      <Machine x={232} y={y + 28} width={88} height={126} label={t("common.node", { number: 2 })}>
        <Code x={242} y={y + 64}>
          10.224.0.6
        </Code>
      </Machine>
      {policy === "Cluster" ? (
        <Box x={138} y={y + 96} width={72} height={50} world="none" dashed label={t("common.rules")} />
      ) : (
        <>
          <Mark x={174} y={y + 112} />
          <Note x={174} y={y + 139} anchor="middle">
            {t("trafficPolicy.noPod")}
          </Note>
        </>
      )}
      <Box x={240} y={y + 96} width={72} height={50} label="Pod" />
      <Note x={232} y={y + (policy === "Cluster" ? 178 : 188)} anchor="end">
        {t("trafficPolicy.seen")}
      </Note>
      <Code x={241} y={y + (policy === "Cluster" ? 178 : 188)} className="font-semibold">
        {seen}
      </Code>
    </>
  );
}
