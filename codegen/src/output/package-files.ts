import type { Unit } from "./units.js";
import type { PackagesModel } from "../model/model.js";

/** Tells our package.json files from hand-written ones; other files carry a banner. */
export const PACKAGE_MARK = "storage-codegen";

/** `package.json` of a unit. */
export function packageJson(unit: Unit, packages: PackagesModel): string {
  const peersMeta = Object.fromEntries(unit.optionalPeers.map((name) => [name, { optional: true }]));
  const content = {
    name: unit.packageName,
    version: packages.version,
    description: unit.description,
    license: packages.license,
    generatedBy: PACKAGE_MARK,
    type: "module",
    engines: { node: ">=20" },
    files: ["dist"],
    sideEffects: false,
    exports: Object.fromEntries(
      Object.entries(unit.entries).map(([entry, file]) => [
        entry === "" ? "." : `./${entry}`,
        { types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` },
      ]),
    ),
    imports: Object.fromEntries(
      Object.entries(unit.browser).map(([module, inBrowsers]) => [
        `#${module}`,
        { browser: `./dist/${inBrowsers}.js`, default: `./dist/${module}.js` },
      ]),
    ),
    dependencies: sorted(unit.dependencies),
    peerDependencies: sorted(unit.peerDependencies),
    peerDependenciesMeta: peersMeta,
    devDependencies: sorted(unit.devDependencies),
  };
  const filled = Object.entries(content).filter(
    ([, value]) => typeof value !== "object" || Object.keys(value).length > 0,
  );
  return JSON.stringify(Object.fromEntries(filled), null, 2);
}

/** `tsconfig.json` of a unit: builds `src` into `dist`, after the units it needs. */
export function packageTsconfig(unit: Unit): string {
  return JSON.stringify(
    {
      compilerOptions: {
        target: "es2023",
        lib: ["es2023"],
        module: "nodenext",
        types: unit.node ? ["node"] : [],
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        noImplicitOverride: true,
        verbatimModuleSyntax: true,
        isolatedModules: true,
        skipLibCheck: true,
        composite: true,
        rootDir: "src",
        outDir: "dist",
      },
      include: ["src"],
      references: unit.references.map((path) => ({ path })),
    },
    null,
    2,
  );
}

/** `tsconfig.json` of the output as a whole: builds every unit. */
export function outputTsconfig(units: readonly Unit[]): string {
  return JSON.stringify(
    { files: [], references: units.map((unit) => ({ path: `./${unit.folder}` })) },
    null,
    2,
  );
}

function sorted(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
