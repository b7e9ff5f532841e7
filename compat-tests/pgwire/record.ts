/**
 * Records what the real PostgreSQL answers: `node compat-tests/pgwire/record.ts`. Do it after a
 * change of the cases, and look at what changed before you keep it.
 */
import { GROUPS } from "./groups.ts";
import { Stage } from "./play.ts";
import { startPostgres } from "./reference.ts";
import { replies, writeRecording } from "./transcripts.ts";

const server = await startPostgres({ settings: { fsync: "off" } });
const stage = new Stage(server);
try {
  for (const [group, cases] of Object.entries(GROUPS)) {
    const recording: Record<string, readonly string[]> = {};
    for (const one of cases) {
      if (one.name in recording) throw new Error(`${group} has two cases "${one.name}"`);
      recording[one.name] = replies(await stage.play(one));
    }
    writeRecording(group, recording);
    console.log(`${group}: ${cases.length} cases`);
  }
} finally {
  stage.close();
  await server.stop();
}
