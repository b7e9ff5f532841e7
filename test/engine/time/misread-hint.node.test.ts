import { expect, it } from "vitest";
import { PastFixture } from "./past-fixture.ts";

it("a comment that means to be the hint, and is none, shows nobody the present", async () => {
  await using past = new PastFixture();
  const lsn = await past.run("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)");
  await past.run("DELETE FROM t");
  const count = "SELECT count(*) FROM t";
  expect(await past.rows(`${count} /* dosql_as_of='lsn ${lsn}' */`)).toEqual([[1n]]);
  const misread = [
    `${count} /*dosql_as_of=lsn ${lsn}*/`,
    `${count} /*dosql_as_of="lsn ${lsn}"*/`,
    `${count} /* dosql_as_of = 'lsn ${lsn}' */`,
    `/*route='%2F',dosql_as_of='lsn ${lsn}*/ ${count}`,
    `${count} /*dosql_as_of='lsn ${lsn} %'*/`,
  ];
  for (const sql of misread) {
    expect(await past.failure(sql), sql).toMatchObject({
      code: "invalid-argument",
      message: "a comment with dosql_as_of is no hint",
    });
  }
  const comments = [
    `${count} -- dosql_as_of=1`,
    `${count} /* see dosql_as_of */`,
    `SELECT count(*), '/*dosql_as_of=1*/' FROM t`,
  ];
  for (const sql of comments) expect((await past.rows(sql))[0]?.[0], sql).toBe(0n);
});
