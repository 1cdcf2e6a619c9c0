import net from "node:net";
import type { AddressInfo } from "node:net";
import path from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { BACKENDS, DRIVERS } from "./backends.js";
import { installLines, outside } from "./outside.js";
import { ROOT } from "./packed.js";
import { plainProgram, printed, typedProgram } from "./programs.js";
import { complaints, type Project, runsWhenInstalled } from "./project.js";

const world = outside();
let port = 0;

/** A port that nothing listens on any more. */
beforeAll(async () => {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
});

it("tells a package that compiles from one that does not", () => {
  const compiling = ["better-sqlite3", "kysely", "pg"].filter((name) =>
    runsWhenInstalled(path.join(ROOT, "node_modules", name)),
  );
  expect(compiling).toEqual(["better-sqlite3"]);
});

describe.each(BACKENDS)("$packageName in an empty project", (given) => {
  const { packageName, driver, opens } = given;
  let project: Project;
  const backend = () => ({ ...given, options: given.options.replace("$PORT", String(port)) });

  beforeAll(async () => {
    project = world.project(packageName);
    await project.install(packageName);
  });

  it("installs by itself, compiles nothing and brings no driver", () => {
    const { all, withScripts } = project.installed();
    expect(all).toContain(packageName);
    expect(all.filter((name) => DRIVERS.includes(name))).toEqual([]);
    expect(withScripts).toEqual([]);
  });

  it("is imported without any driver, and says which one to install when it is opened", async () => {
    project.write("plain.js", plainProgram(backend()));
    const said = printed(await project.node("plain.js"));
    if (driver === null) {
      expect(said).toEqual({ read: { ref: "Order", kind: "object" } });
    } else {
      expect(said).toEqual({
        code: "UNAVAILABLE",
        outcome: "not-written",
        hint: expect.stringContaining(`npm install ${driver}`),
      });
    }
  });

  it("works as its README installs it, from strict TypeScript", async () => {
    const [words = []] = installLines(world.packageNamed(packageName));
    expect(words).toEqual(expect.arrayContaining(driver === null ? [packageName] : [packageName, driver]));
    // Compiling it takes a minute: the workspace's is taken instead.
    const native = words.includes("better-sqlite3") ? ["better-sqlite3"] : [];
    await project.install(...words.filter((word) => !native.includes(word)));
    expect(project.installed().withScripts).toEqual([]);
    for (const name of [...native, "@gati-framework/runtime"]) project.link(name);

    project.write("typed.ts", typedProgram(backend()));
    const compiled = await project.tsc();
    expect(complaints(compiled)).toEqual([]);
    const said = printed(await project.node("typed.js"));
    if (opens) expect(said).toEqual({ read: { ref: "Order", kind: "object" }, count: 1 });
    else expect(said).toMatchObject({ code: "UNAVAILABLE", outcome: "not-written" });
  });
});
