import type { KubeObject } from "../objects.ts";
import { drop, find, fold, keyOf, put } from "../store.ts";
import type { Controller } from "./controller.ts";

/** Deletes what belonged to an object that is gone (K8s: Garbage Collection). */
export const garbage: Controller = (cluster) => {
  const isOwnerless = ({ metadata: { namespace, ownerReferences } }: KubeObject) =>
    ownerReferences?.every(({ kind, name }) => !find(cluster, kind, `${namespace}/${name}`)) ?? false;
  const ownerless = Object.values<readonly KubeObject[]>(cluster.objects).flatMap((objects) =>
    objects.filter(isOwnerless),
  );
  return fold(cluster, ownerless, (now, object) => {
    if (object.kind !== "Pod") return drop(now, object.kind, keyOf(object));
    const { metadata } = object;
    return put(now, {
      ...object,
      metadata: { ...metadata, deletionTimestamp: metadata.deletionTimestamp ?? now.time },
    });
  });
};
