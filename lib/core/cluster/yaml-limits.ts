/** Characters that a text may have, how deep it may nest, and how often it may refer to what it said before. */
export const YAML_LIMITS = { characters: 65_536, depth: 32, aliases: 8, documents: 100 } as const;
