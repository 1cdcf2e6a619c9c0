import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";

import { query } from "./server/servers.js";

const BINARY = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"];

/** PgBouncer's program and version; undefined where it is not installed. */
export function findPgBouncer():
  | { readonly binary: string; readonly version: readonly [number, number] }
  | undefined {
  for (const binary of BINARY) {
    const { status, stdout } = spawnSync(binary, ["--version"], { encoding: "utf8" });
    const [, major, minor] = /PgBouncer (\d+)\.(\d+)/.exec(stdout ?? "") ?? [];
    if (status === 0) return { binary, version: [Number(major), Number(minor)] };
  }
  return undefined;
}

export interface Pooler {
  readonly url: string;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as net.AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

/**
 * Starts PgBouncer in transaction mode, with few connections to the server, so that clients share them; on a free port unless
 * told which.
 */
export async function startPgBouncer(
  binary: string,
  target: string,
  settings: readonly string[],
  onPort?: number,
): Promise<Pooler> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "storage-pgbouncer-"));
  const port = onPort ?? (await freePort());
  const server = new URL(target);
  const file = path.join(folder, "pgbouncer.ini");
  const lines = [
    "[databases]",
    `* = host=${server.hostname} port=${server.port}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = any",
    "pool_mode = transaction",
    "default_pool_size = 3",
    ...settings,
    "",
  ];
  // `any` lets everybody in as the user that the database's line names.
  lines[1] = `${lines[1]} user=${server.username}`;
  await fs.writeFile(file, lines.join("\n"));
  await fs.chmod(folder, 0o755);
  // It refuses to run as root.
  const asUser = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  const child = spawn(binary, [...asUser, file], { stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
  const ended = once(child, "close");
  const url = `postgres://${server.username}@127.0.0.1:${port}${server.pathname}`;
  const close = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
    await fs.rm(folder, { recursive: true, force: true });
  };
  const deadline = performance.now() + 10_000;
  for (;;) {
    try {
      await query(url, "select 1");
      return { url, close };
    } catch (error) {
      if (child.exitCode === null && performance.now() < deadline) continue;
      await close();
      throw new Error(`PgBouncer does not answer: ${log}`, { cause: error });
    }
  }
}
