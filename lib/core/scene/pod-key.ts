import { all, type Cluster, type Key, keyOf } from "#lib/core/cluster/index.ts";

/**
 * Which Pod is meant: `shop/web-*` is the first one whose name begins so, since what controllers make has names that are not known
 * beforehand. What fits none is left as it is, and then names nothing.
 */
export function podKey(cluster: Cluster, key: Key): Key {
  if (!key.endsWith("*")) return key;
  const start = (key.includes("/") ? key : `default/${key}`).slice(0, -1);
  return (
    all(cluster, "Pod")
      .map(keyOf)
      .find((one) => one.startsWith(start)) ?? key
  );
}
