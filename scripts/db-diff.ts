/** Writes the migration that takes `prisma/migrations` to `prisma/schema.prisma`; with `--check` says if one is missing. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { readMigrations } from "#lib/server/db/migrate.ts";
import { runScript } from "./run-script.ts";

await runScript(async () => {
  const [argument] = process.argv.slice(2);
  const script = await missingMigration();
  if (argument === "--check") {
    if (script) throw new Error(`prisma/schema.prisma is ahead of prisma/migrations by:\n${script}`);
    console.log("The migrations match the schema.");
    return;
  }
  if (!script) {
    console.log("The migrations match the schema: there is nothing to write.");
    return;
  }
  const name = (argument ?? "change").toLowerCase().replace(/[^a-z0-9]+/g, "_");
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const file = path.join("prisma", "migrations", `${stamp}_${name}`, "migration.sql");
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, script);
  console.log(`Wrote ${file}. Read it before you commit it.`);
});

/** The SQL that is missing, or an empty string. Prisma's own engine compares, in WebAssembly, over an empty PGlite. */
async function missingMigration(): Promise<string> {
  const { SchemaEngine } = await loadEngine();
  const schema = await readFile("prisma/schema.prisma", "utf8");
  const pglite = await PGlite.create();
  const adapter = new PrismaPGlite(pglite);
  const engine = await SchemaEngine.new(
    { datamodels: [["schema.prisma", schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory({
      ...adapter,
      provider: "postgres",
      adapterName: adapter.adapterName,
      connect: () => adapter.connect(),
      // The shadow database is another empty one.
      connectToShadowDb: async () => new PrismaPGlite(await PGlite.create()).connect(),
    }),
  );
  const migrations = await readMigrations("prisma/migrations");
  const { stdout } = await engine.diff({
    from: {
      tag: "migrations",
      baseDir: path.resolve("prisma/migrations"),
      lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
      shadowDbInitScript: "",
      migrationDirectories: migrations.map(({ name, sql }) => ({
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
      })),
    },
    to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  await pglite.close();
  const script = (stdout ?? "").trim();
  return script === "" || script.startsWith("-- This is an empty migration") ? "" : `${script}\n`;
}

/** The package's own entry imports its WebAssembly as a module, which Node 20 does not do. */
async function loadEngine() {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve("@prisma/schema-engine-wasm"));
  const bindings = await import(path.join(folder, "schema_engine_bg.js"));
  const { instance } = await WebAssembly.instantiate(
    await readFile(path.join(folder, "schema_engine_bg.wasm")),
    {
      "./schema_engine_bg.js": bindings,
    },
  );
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}
