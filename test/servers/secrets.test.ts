import { describe, expect, test } from "vitest";

import { expectRefusal, refusal } from "../support/calls.js";
import { gtype } from "../support/documents.js";
import { withUrl } from "../support/urls.js";
import { DOCUMENT, expectSecretsKept, PASSWORD } from "./secrets.js";
import { servers } from "./server.js";

describe.each(await servers())("S17: no secret is shown, on $name", (server) => {
  test("by the module: new, open, shut down, failed", async () => {
    const access = await (await server.place()).withPassword(PASSWORD);
    const module = access.open();
    expectSecretsKept(module);
    await module.exports.storeGType(gtype("a", { text: DOCUMENT }));
    expectSecretsKept(module);
    expectSecretsKept(module.exports);
    await module.shutdown();
    expectSecretsKept(module);
    const failed = server.open({
      connectionString: withUrl(access.options.connectionString, (target) => void (target.port = "1")),
    });
    expectSecretsKept(await refusal(() => failed.init()));
    expectSecretsKept(failed);
  });

  test.each([
    ["nobody listens", (target: URL) => void (target.port = "1"), true],
    ["an unknown host", (target: URL) => void (target.hostname = "host-xyzzy.invalid"), true],
    ["an unknown user", (target: URL) => void (target.username = "user-xyzzy"), false],
    ["a missing database", (target: URL) => void (target.pathname = "/database-xyzzy"), false],
  ])("by an error: %s", async (_, change, retryable) => {
    const { options } = await (await server.place()).withPassword(PASSWORD);
    const module = server.open({ connectionString: withUrl(options.connectionString, change) });
    const error = await expectRefusal(
      () => module.exports.storeGType(gtype("a", { text: DOCUMENT })),
      "UNAVAILABLE",
    );
    expect(error).toMatchObject({ outcome: "not-written", retryable });
    expectSecretsKept(error);
    expectSecretsKept(module);
  });

  test("by an error of an ended connection, and of the user's own pool", async () => {
    const place = await server.place();
    const module = (await place.withPassword(PASSWORD)).pool().open();
    await module.exports.storeGType(gtype("held"));
    await place.lock("gati_gtype");
    const refused = expectRefusal(
      () => module.exports.storeGType(gtype("held", { text: DOCUMENT })),
      "UNAVAILABLE",
    );
    await place.untilBlocked();
    await place.disconnect();
    expectSecretsKept(await refused);
    expectSecretsKept(module);
  });
});
