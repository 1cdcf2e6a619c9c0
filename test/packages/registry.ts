import { createHash } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";

import type { PackedPackage } from "./packed.js";

/** An npm registry that has our packages and sends clients on to the public one for all others. */
export interface Registry {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves packed packages, so that `npm install` resolves the ranges between them as it will once they are published. */
export async function serveRegistry(packed: readonly PackedPackage[], fallback: string): Promise<Registry> {
  // npm remembers answers by address: other content must have another one.
  const digest = createHash("sha256")
    .update(packed.map(({ integrity }) => integrity).join())
    .digest("hex");
  let url = "";
  const server = http.createServer((request, response) => {
    const wanted = decodeURIComponent((request.url ?? "").slice(digest.length + 2));
    const found = packed.find(
      ({ manifest }) => wanted === manifest.name || wanted === `${manifest.name}.tgz`,
    );
    response.setHeader("cache-control", "no-store");
    if (found === undefined) {
      response.writeHead(302, { location: new URL(wanted.replace("/", "%2f"), fallback).href }).end();
    } else if (wanted.endsWith(".tgz")) {
      response.end(fs.readFileSync(found.tarball));
    } else {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(packument(found, url)));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${digest}/`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function packument({ manifest, integrity }: PackedPackage, url: string): unknown {
  const { name, version } = manifest;
  const dist = { tarball: `${url}${name}.tgz`, integrity };
  return { name, "dist-tags": { latest: version }, versions: { [version]: { ...manifest, dist } } };
}
