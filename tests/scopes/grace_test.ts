import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { attempt } from "./_attempt.ts";
import { skip } from "./_skip.ts";
import { inWorld } from "./_world.ts";

/** Writes its checkpoint when it is asked to end, which takes it a moment. */
const SAVES = `$| = 1;
$SIG{TERM} = sub {
  select undef, undef, undef, 0.6;
  open my $file, ">", "checkpoint"; print $file "saved"; close $file; print "saved\\n"; exit 0;
};
print "ready\\n"; sleep 600;`;

test(
  "what a shell has started has its grace to end, also where the shell ends at once",
  { skip },
  async () => {
    await inWorld(async (world) => {
      const permissions = { limits: { time: 0.4, grace: 20 } };
      // Not the shell's last command, which some shells execute in their own place.
      const command = `perl -e '${SAVES}'; exit 1`;
      const { result, output } = await attempt({ world, permissions, command });
      assert.equal(output, "ready\nsaved\n");
      assert.equal(readFileSync(join(world.run, "checkpoint"), "utf8"), "saved");
      assert.deepEqual([result.reason, result.signal], ["timeout", "SIGTERM"]);
      assert.ok(result.durationMs < 10_000, `${result.durationMs} ms`);
    });
  },
);

test("what is not gone after its grace is killed", { skip }, async () => {
  await inWorld(async (world) => {
    const permissions = { limits: { time: 0.3, grace: 0.5 } };
    const command = `perl -e '$SIG{TERM} = "IGNORE"; sleep 600'; exit 1`;
    const { result } = await attempt({ world, permissions, command });
    assert.equal(result.reason, "timeout");
    assert.ok(result.durationMs > 700 && result.durationMs < 10_000, `${result.durationMs} ms`);
  });
});

test("who left the session was not asked, and is not waited for", { skip }, async () => {
  await inWorld(async (world) => {
    const permissions = { limits: { time: 0.3, grace: 20 } };
    const daemon = "use POSIX; fork and exit; POSIX::setsid(); sleep 600";
    const command = `perl -e '${daemon}' > /dev/null 2>&1; sleep 600; exit 1`;
    const { result } = await attempt({ world, permissions, command });
    assert.ok(result.durationMs < 10_000, `${result.durationMs} ms`);
  });
});

test(
  "a command that signals its own group is not taken for one that was asked",
  { skip },
  async () => {
    await inWorld(async (world) => {
      const stays = `$SIG{TERM} = "IGNORE"; open my $f, ">", "there"; sleep 600`;
      const command =
        `perl -e '${stays}' & while [ ! -e there ]; do sleep 0.05; done; kill -TERM 0`;
      const { result } = await attempt({ world, command });
      assert.ok(existsSync(join(world.run, "there")));
      assert.ok(result.durationMs < 10_000, `${result.durationMs} ms`);
    });
  },
);

test("what a shell has in the background ends after an interruption, too", { skip }, async () => {
  await inWorld(async (world) => {
    const controller = new AbortController();
    const permissions = { limits: { grace: 20 } };
    const command = `perl -e '${SAVES}' & sleep 600; exit 1`;
    const { result, output } = await attempt({
      ...{ world, permissions, command, signal: controller.signal },
      onOutput: () => controller.abort("SIGINT"),
    });
    assert.equal(output, "ready\nsaved\n");
    assert.deepEqual([result.reason, result.signal], ["aborted", "SIGINT"]);
    assert.ok(result.durationMs < 15_000, `${result.durationMs} ms`);
  });
});
