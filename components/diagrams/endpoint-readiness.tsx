import { useTranslations } from "next-intl";
import { Arrow, Box, Code, Figure, Mark, Note, Sheet, Twin } from "./grammar.tsx";

const PODS = [
  { name: "x2x8p", x: 134, probe: "answers", ready: true, serving: true, terminating: false },
  { name: "m5n2r", x: 209, probe: "fails", ready: false, serving: false, terminating: false },
  { name: "t7w4k", x: 284, probe: "stops", ready: false, serving: true, terminating: true },
] as const;

const CONDITIONS = ["ready", "serving", "terminating"] as const;

/** Three Pods that run: one ready, one not, one on its way out. All are in the list; traffic goes to the ready one. */
export function EndpointReadiness() {
  const t = useTranslations("diagrams");
  return (
    <Figure
      title={t("endpointReadiness.title")}
      steps={[t("endpointReadiness.step1"), t("endpointReadiness.step2"), t("endpointReadiness.step3")]}
      height={352}
    >
      <Box x={4} y={6} width={96} height={50} world="none" label={t("common.client")} />
      <Arrow path="M102 31 H128" />
      <Box
        x={130}
        y={6}
        width={158}
        height={50}
        world="none"
        dashed
        label={t("common.rules")}
        remark={t("endpointReadiness.connections")}
      />
      <Arrow path="M193 58 C193 92 134 84 134 126" />
      <Arrow path="M209 58 V94" stopped />
      <Mark x={209} y={103} />
      <Arrow path="M225 58 C225 84 284 74 284 94" stopped />
      <Mark x={284} y={103} />

      {PODS.map(({ name, x, probe }) => (
        <g key={name}>
          <Box x={x - 34} y={128} width={68} height={50} label="Pod" code={name} />
          <Note x={x} y={196} anchor="middle">
            {t(`endpointReadiness.${probe}`)}
          </Note>
          <Arrow path={`M${x} 204 V234`} dotted />
        </g>
      ))}
      <Note x={4} y={196}>
        {t("endpointReadiness.probe")}
      </Note>
      <Twin x={4} y={214}>
        {t("endpointReadiness.probeTwin")}
      </Twin>

      <Sheet x={4} y={236} width={316} height={90} label="EndpointSlice">
        {CONDITIONS.map((condition, row) => {
          const y = 276 + row * 19;
          const weight = row === 0 ? "font-semibold" : "";
          return (
            <g key={condition}>
              <Code x={14} y={y} className={weight}>
                {condition}
              </Code>
              {PODS.map(({ name, x, ...pod }) => (
                <Code key={name} x={x} y={y} anchor="middle" className={weight}>
                  {String(pod[condition])}
                </Code>
              ))}
            </g>
          );
        })}
      </Sheet>
      <Twin x={320} y={344} anchor="end">
        {t("service.sliceTwin")}
      </Twin>
    </Figure>
  );
}
