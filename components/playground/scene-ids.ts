/** Names of the clusters to start from: known without their manifests, which the browser loads when it needs them. */
export const SCENE_IDS = ["service", "shop", "policies", "crowd", "empty"] as const;
export type SceneId = (typeof SCENE_IDS)[number];

export const isSceneId = (name: string): name is SceneId => (SCENE_IDS as readonly string[]).includes(name);
