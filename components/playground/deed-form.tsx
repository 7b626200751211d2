import { useTranslations } from "next-intl";
import { type ReactNode, useId, useRef, useState } from "react";
import { ManifestEditor } from "#components/editor/manifest-editor.tsx";
import { Button } from "#components/ui/button.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { all, type Cluster } from "#lib/core/cluster/index.ts";
import type { Deed } from "#lib/core/playground/index.ts";
import { BOUNDS } from "#lib/core/scene/limits.ts";
import { MODES } from "./layout.ts";
import {
  ACTIONS,
  type Action,
  destinationsOf,
  editableOf,
  manifestOf,
  needsTarget,
  newNodeName,
  sendersOf,
  targetsOf,
} from "./options.ts";

/** What to do to a cluster: an action, and what it is about. */
export function DeedForm({
  cluster,
  picked,
  onDeed,
}: {
  cluster: Cluster;
  /** The id of what was last clicked in the drawing. */
  picked: string | null;
  onDeed: (deed: Deed) => void;
}) {
  const t = useTranslations("playground.act");
  const [chosen, setChosen] = useState<Action>("send");
  const [seen, setSeen] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  let action = chosen;
  if (picked !== seen) {
    setSeen(picked);
    action = picked === null ? chosen : actionFor(cluster, picked, chosen);
    setChosen(action);
  }
  const targets = targetsOf(cluster, action);
  const possible = !needsTarget(action) || targets.length > 0;
  return (
    <form
      ref={form}
      className="grid gap-3"
      data-testid="act"
      onSubmit={(event) => {
        event.preventDefault();
        const deed = deedOf(action, new FormData(event.currentTarget));
        if (deed) onDeed(deed);
      }}
    >
      <SelectField
        label={t("action")}
        value={action}
        onChange={(event) => setChosen(event.target.value as Action)}
      >
        {Object.entries(ACTIONS).map(([group, actions]) => (
          <optgroup key={group} label={t(`groups.${group as keyof typeof ACTIONS}`)}>
            {actions.map((one) => (
              <option key={one} value={one}>
                {t(`actions.${one}`)}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      {needsTarget(action) && possible ? (
        <Targets key={`${action} ${picked}`} ids={targets} first={picked} label={t("target")} />
      ) : null}
      {possible ? (
        <Details key={action} submit={() => form.current?.requestSubmit()} {...{ action, cluster, picked }} />
      ) : (
        <p>{t("nothing")}</p>
      )}
      {possible ? (
        <Button type="submit" variant="primary" className="justify-self-start">
          {t("do")}
        </Button>
      ) : null}
    </form>
  );
}

/** The action that a click on something most likely means; the one that is chosen, if it fits. */
function actionFor(cluster: Cluster, id: string, chosen: Action): Action {
  if (targetsOf(cluster, chosen).includes(id)) return chosen;
  if (chosen === "send" && sendersOf(cluster).includes(id)) return chosen;
  const actions: readonly Action[] = Object.values(ACTIONS).flat();
  return actions.find((action) => targetsOf(cluster, action).includes(id)) ?? chosen;
}

function Targets({ ids, first, label }: { ids: readonly string[]; first: string | null; label: string }) {
  const kinds = [...new Set(ids.map((id) => id.slice(0, id.indexOf("/"))))];
  return (
    <SelectField label={label} name="target" defaultValue={first && ids.includes(first) ? first : ids[0]}>
      {kinds.map((kind) => (
        <optgroup key={kind} label={kind}>
          {ids
            .filter((id) => id.startsWith(`${kind}/`))
            .map((id) => (
              <option key={id} value={id}>
                {id.slice(kind.length + 1).replace(/^default\//, "")}
              </option>
            ))}
        </optgroup>
      ))}
    </SelectField>
  );
}

function Details({
  action,
  cluster,
  picked,
  submit,
}: {
  action: Action;
  cluster: Cluster;
  picked: string | null;
  submit: () => void;
}): ReactNode {
  const t = useTranslations("playground.act");
  switch (action) {
    case "send":
      return <SendFields cluster={cluster} picked={picked} />;
    case "scale":
      return (
        <TextField
          label={t("replicas")}
          name="replicas"
          type="number"
          min={0}
          max={BOUNDS.replicas}
          defaultValue={3}
          required
        />
      );
    case "setImage":
      return (
        <TextField
          label={t("image")}
          hint={t("imageHint")}
          name="image"
          defaultValue={nextImage(cluster)}
          required
        />
      );
    case "relabel":
      return (
        <div className="grid grid-cols-2 items-start gap-3">
          <TextField label={t("labelKey")} name="key" defaultValue="app" required />
          <TextField label={t("labelValue")} hint={t("labelHint")} name="value" />
        </div>
      );
    case "addNode":
      return <TextField label={t("node")} name="node" defaultValue={newNodeName(cluster)} required />;
    case "apply":
      return <ManifestFields cluster={cluster} submit={submit} />;
    case "switchNetwork":
      return (
        <>
          <SelectField label={t("mode")} name="mode" defaultValue={cluster.network.mode}>
            {Object.entries(MODES).map(([mode, name]) => (
              <option key={mode} value={mode}>
                {name}
              </option>
            ))}
          </SelectField>
          <SelectField label={t("dataPlane")} name="dataPlane" defaultValue={cluster.network.dataPlane}>
            <option value="iptables">kube-proxy (iptables)</option>
            <option value="cilium">Cilium</option>
          </SelectField>
        </>
      );
    default:
      return null;
  }
}

const nextImage = (cluster: Cluster): string => {
  const image = all(cluster, "Deployment")[0]?.spec.template.spec.containers[0]?.image ?? "web:1";
  return image.replace(/\d+$/, (version) => String(Number(version) + 1));
};

function SendFields({ cluster, picked }: { cluster: Cluster; picked: string | null }) {
  const t = useTranslations("playground.act");
  const id = useId();
  const destinations = destinationsOf(cluster);
  const [to, setTo] = useState(destinations[0]?.to ?? "");
  const [port, setPort] = useState(String(destinations[0]?.port ?? 80));
  const senders = sendersOf(cluster);
  return (
    <>
      <Targets key={picked} ids={senders} first={picked} label={t("from")} />
      <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-3">
        <TextField
          label={t("to")}
          name="to"
          list={id}
          value={to}
          required
          maxLength={253}
          autoComplete="off"
          onChange={(event) => {
            setTo(event.target.value);
            const known = destinations.find((one) => one.to === event.target.value);
            if (known) setPort(String(known.port));
          }}
        />
        <TextField
          label={t("port")}
          name="port"
          type="number"
          min={0}
          max={65535}
          value={port}
          required
          onChange={(event) => setPort(event.target.value)}
        />
      </div>
      <datalist id={id}>
        {destinations.map((one) => (
          <option key={one.to} value={one.to} />
        ))}
      </datalist>
      <div className="grid grid-cols-2 items-start gap-3">
        <TextField label={t("path")} name="path" defaultValue="/" maxLength={500} />
        <TextField label={t("host")} name="host" maxLength={253} />
      </div>
    </>
  );
}

function ManifestFields({ cluster, submit }: { cluster: Cluster; submit: () => void }) {
  const t = useTranslations("playground.act");
  const [manifests, setManifests] = useState("");
  return (
    <>
      <SelectField
        label={t("edit")}
        defaultValue=""
        onChange={(event) => {
          if (event.target.value) setManifests(manifestOf(cluster, event.target.value));
        }}
      >
        <option value="">{t("editNothing")}</option>
        {editableOf(cluster).map((id) => (
          <option key={id} value={id}>
            {id.replace("/default/", " ").replace("/", " ")}
          </option>
        ))}
      </SelectField>
      <ManifestEditor value={manifests} onChange={setManifests} label={t("manifests")} onSubmit={submit} />
      <input type="hidden" name="manifests" value={manifests} />
    </>
  );
}

/** What a filled-in form says; undefined where something is missing, which the browser has told already. */
function deedOf(action: Action, data: FormData): Deed | undefined {
  const text = (name: string) => String(data.get(name) ?? "").trim();
  const target = text("target");
  const slash = target.indexOf("/");
  const [kind, key] = [target.slice(0, slash), target.slice(slash + 1)];
  switch (action) {
    case "send": {
      const [path, host] = [text("path"), text("host")];
      const http = path || host ? { path: path || "/", ...(host && { host }) } : undefined;
      const connection = { from: target, to: text("to"), port: Number(text("port")), ...(http && { http }) };
      return { do: "send", connection };
    }
    case "remove":
      return { do: "remove", kind: kind as Extract<Deed, { do: "remove" }>["kind"], key };
    case "scale":
      return { do: "scale", kind: kind as "Deployment", key, replicas: Number(text("replicas")) };
    case "setImage":
      return { do: "setImage", kind: kind as "Deployment", key, image: text("image") };
    case "break":
    case "mend":
      return { do: "setReady", pod: key, ready: action === "mend" };
    case "relabel":
      return { do: "relabel", kind: "Pod", key, labels: { [text("key")]: text("value") || null } };
    case "restartContainer":
      return { do: "restartContainer", pod: key };
    case "failNode":
    case "restoreNode":
      return { do: action, node: key };
    case "cordon":
    case "uncordon":
      return { do: "cordon", node: key, on: action === "cordon" };
    case "addNode":
      return { do: "addNode", node: text("node") };
    case "apply":
      return { do: "apply", manifests: String(data.get("manifests") ?? "") };
    case "switchNetwork":
      return {
        do: "switchNetwork",
        mode: text("mode") as keyof typeof MODES,
        dataPlane: text("dataPlane") as "iptables" | "cilium",
      };
    default:
      return undefined;
  }
}
