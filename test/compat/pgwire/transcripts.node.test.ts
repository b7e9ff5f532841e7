import { describe, expect, test } from "vitest";
import { ShardFixture } from "../../engine/open-shard.ts";
import { connect } from "./server.ts";
import { TRANSCRIPTS } from "./transcripts.ts";
import type { Cut } from "./wire-client.ts";
import { short } from "./wire-client.ts";

const SETUP = [
  "create table t (id bigint primary key, v text)",
  "insert into t values (1, 'one'), (2, 'two')",
];

/** Every cut that could matter: single bytes, inside of headers, between messages. */
const CUTS: readonly Cut[] = [null, 1, 2, 3, 5, 7, 11, 64];

describe("what the client says and what the server answers", () => {
  test.each(TRANSCRIPTS)("$title", async ({ steps }) => {
    for (const cut of CUTS) {
      await using fixture = new ShardFixture();
      const session = fixture.database.session();
      for (const sql of SETUP) await session.execute(sql, []);
      const client = connect(fixture.database);
      client.cut = cut;
      for (const [send, expected] of steps) {
        client.send(...send);
        // Nothing here has to wait, so everything is answered when `send` returns.
        expect({ cut, answer: short(client.take()) }).toEqual({ cut, answer: expected });
      }
      client.connection.closed();
    }
  });
});
