import { useTranslations } from "next-intl";
import { Box, Divider, Figure, Name, Note } from "./grammar.tsx";

const COLUMNS = [114, 185, 256];
const ROWS = [
  { to: "samePod", sources: ["pod", "pod", "pod"] },
  { to: "vm", sources: ["node", "pod", "pod"] },
  { to: "beyond", sources: ["node", "node", "pod"] },
  { to: "internet", sources: ["publicIp"] },
] as const;

/** What the other side sees as the source of a Pod's packets: rows by how far they go, columns by option. */
export function PacketOut() {
  const t = useTranslations("diagrams.packetOut");
  return (
    <Figure title={t("title")} steps={[t("step1"), t("step2"), t("step3"), t("step4")]} height={270}>
      <Note x={4} y={19}>
        {t("destination")}
      </Note>
      <Name x={146} y={19}>
        Overlay
      </Name>
      <Name x={217} y={19}>
        {"Node\nSubnet"}
      </Name>
      <Name x={288} y={19}>
        {"Pod\nSubnet"}
      </Name>
      <Note x={288} y={53} anchor="middle">
        {t("dynamic")}
      </Note>
      {ROWS.map(({ to, sources }, row) => {
        const y = 70 + row * 52;
        const lines = t(to).split("\n");
        return (
          <g key={to}>
            <Divider y={y - 6} />
            {lines.map((line, index) => (
              <Note key={line} x={4} y={y + 24 + index * 16 - (lines.length - 1) * 8}>
                {line}
              </Note>
            ))}
            {sources.map((source, column) => (
              <Box
                key={COLUMNS[column]}
                x={COLUMNS[column] ?? 0}
                y={y + 3}
                width={source === "publicIp" ? 206 : 64}
                height={34}
                world={source === "pod" ? "cluster" : source === "node" ? "none" : "vm"}
                label={t(source)}
              />
            ))}
          </g>
        );
      })}
    </Figure>
  );
}
