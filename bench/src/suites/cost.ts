import { execFileSync } from "node:child_process";
import path from "node:path";
import { packAll } from "../cost/packed.js";
import { Project } from "../cost/project.js";
import type { Case, SingleCase, Suite } from "../measure/contender.js";
import { temporaryFolder } from "../peers/temporary-folder.js";

interface Compared {
  /** As it begins the cases' names. */
  readonly name: string;
  readonly subject: string;
  /** What the subject loads when it is opened. */
  readonly driver?: string;
  /** What somebody imports who does without us. */
  readonly peer: readonly string[];
  readonly peerName: string;
}

const compared = (name: string, driver: string): Compared => ({
  name,
  subject: `@gati-framework/storage-${name}`,
  driver,
  peer: [driver, "kysely"],
  peerName: `${driver} and kysely alone`,
});

const COMPARED: readonly Compared[] = [
  {
    name: "in-memory",
    subject: "@gati-framework/storage",
    peer: ["@gati-framework/runtime"],
    peerName: "Gati's runtime alone",
  },
  compared("better-sqlite3", "better-sqlite3"),
  compared("sqljs", "sql.js"),
  compared("postgres", "pg"),
  { name: "sql", subject: "@gati-framework/storage-sql", peer: ["kysely"], peerName: "kysely alone" },
];

/** What packages import without declaring it. */
const UNDECLARED: Readonly<Record<string, string>> = { "@gati-framework/runtime": "chokidar" };

/** The suite `cost`: what it costs to have each package, in a project outside the workspace. Packs them with the first case. */
export function costSuite(): Suite {
  const folder = temporaryFolder();
  let packed: ReadonlyMap<string, string> | undefined;
  const project = (name: string, packages: readonly string[]): Project => {
    packed ??= packAll(folder.path);
    return new Project(path.join(folder.path, name), packed).install(packages);
  };
  return {
    name: "cost",
    about: "installing and importing each package beside its driver and Kysely alone",
    cases: COMPARED.flatMap((one) =>
      casesOf(one, (name, packages) => project(`${one.name}-${name}`, packages)),
    ),
    async close() {
      folder.remove();
    },
  };
}

type Install = (name: string, packages: readonly string[]) => Project;

function casesOf(
  { name, subject, driver, peer, peerName }: Compared,
  install: Install,
): (Case | SingleCase)[] {
  const withDriver = driver === undefined ? [subject] : [subject, driver];
  let projects: { readonly ours: Project; readonly theirs: Project } | undefined;
  const get = () =>
    (projects ??= {
      ours: install("ours", withDriver),
      theirs: install(
        "theirs",
        peer.flatMap((one) => [one, UNDECLARED[one] ?? []].flat()),
      ),
    });
  const importing = (what: string, packages: readonly string[]): Case => ({
    name: `${name}: ${what}`,
    prepare() {
      const { ours, theirs } = get();
      return {
        subject: { name: subject, run: () => importAll(ours, packages) },
        peers: [{ name: peerName, run: () => importAll(theirs, peer) }],
        calls: 1,
      };
    },
  });
  return [
    {
      name: `${name}: installed size`,
      unit: "size",
      async measureOnce() {
        const { ours, theirs } = get();
        return {
          subject: { name: subject, value: ours.size() },
          peers: [{ name: peerName, value: theirs.size() }],
        };
      },
    },
    importing("cold import", [subject]),
    ...(driver === undefined ? [] : [importing("cold import, with its driver", withDriver)]),
  ];
}

/** A whole process that imports these packages and ends. */
function importAll(project: Project, packages: readonly string[]): void {
  const program = packages.map((name) => `import ${JSON.stringify(name)};`).join(" ");
  execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: project.folder,
    stdio: "pipe",
  });
}
