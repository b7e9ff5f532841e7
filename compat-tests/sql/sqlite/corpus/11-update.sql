--# update: xfullname, setlist

UPDATE t1 SET a = 1

UPDATE t1 SET a = 1, b = 2

UPDATE t1 SET a = b, b = a, c = c || 'x', d = -d, e = NULL

UPDATE main.t1 SET a = 1

UPDATE aux.t1 SET a = 1

UPDATE t1 AS x SET a = x.b

UPDATE main.t1 AS x SET a = x.b WHERE x.a = 1

UPDATE "t1" SET "a" = 1, [b] = 2, `c` = 3

UPDATE 't1' SET 'a' = 1

UPDATE "odd name" SET "a b" = 1, "select" = 2, [order] = 3, `from` = 4, "q""q" = 5

UPDATE t1 SET (a) = (1)

UPDATE t1 SET (a) = 1

UPDATE t1 SET (a, b) = (1, 2)

UPDATE t1 SET (a, b) = (b, a), c = 'x'

UPDATE t1 SET c = 'x', (a, b) = (1, 2)

UPDATE t1 SET (a, b) = (1, 2), (c, d) = (3, 4)

UPDATE t1 SET (a, b) = (SELECT 1, 2)

UPDATE t1 SET (a, b, c) = (SELECT a, b, x FROM t2 WHERE t2.a = t1.a LIMIT 1)

UPDATE t1 SET (a, b) = (VALUES (1, 2))

UPDATE t1 SET ("a", [b]) = (1 + 1, -2)

UPDATE t1 SET a = (SELECT max(a) FROM t2), b = (SELECT 1)

UPDATE t1 SET a = b = c

UPDATE t1 SET a = (b = c), b = a IS NULL, c = a IN (1, 2)

UPDATE t1 SET a = a + 1, a = a + 2

UPDATE t1 SET a = CASE WHEN b THEN 1 ELSE 2 END, b = EXISTS (SELECT 1), c = NOT d

UPDATE t1 SET rowid = rowid + 1

UPDATE t1 SET a = ?, b = ?2, c = :c WHERE d = @d

UPDATE t1 SET a = CURRENT_TIMESTAMP, b = TRUE, c = x'00', d = 1.5e3

UPDATE paid SET name = 'x' WHERE id = 1

UPDATE doc SET title = 'x' WHERE rowid = 1

UPDATE box SET x0 = 1, x1 = 2 WHERE id = 1

--# update: where_opt_ret

UPDATE t1 SET a = 1 WHERE b = 2

UPDATE t1 SET a = 1 WHERE b IN (SELECT a FROM t2)

UPDATE t1 SET a = 1 WHERE EXISTS (SELECT 1 FROM t2 WHERE t2.a = t1.a) AND NOT c IS NULL

UPDATE t1 SET a = 1 WHERE (a, b) = (1, 2)

UPDATE t1 SET a = 1 RETURNING *

UPDATE t1 SET a = 1 RETURNING a

UPDATE t1 SET a = 1 WHERE b = 2 RETURNING a, b AS x, c y, a + b, rowid

UPDATE t1 SET a = 1 WHERE b RETURNING (SELECT max(a) FROM t2) AS most, a IS NULL

UPDATE t1 AS x SET a = 1 WHERE x.b = 2 RETURNING x.a

UPDATE employee SET salary = salary * 1.1 WHERE department_id = 3 AND active RETURNING id, salary AS "new salary"

--# update: orconf

UPDATE OR ROLLBACK t1 SET a = 1

UPDATE OR ABORT t1 SET a = 1 WHERE b

UPDATE OR FAIL main.t1 SET a = 1

UPDATE OR IGNORE t1 AS x SET a = 1

UPDATE OR REPLACE many SET k = 1 WHERE u = 2

UPDATE OR IGNORE many SET (v, w) = (1, 2) WHERE k > 1 RETURNING k

--# update: indexed_opt

UPDATE t1 INDEXED BY t1_a SET b = 1 WHERE a = 2

UPDATE t1 NOT INDEXED SET b = 1 WHERE a = 2

UPDATE t1 AS x INDEXED BY t1_a SET b = 1 WHERE x.a = 2

UPDATE main.t1 AS x NOT INDEXED SET b = 1 WHERE x.a = 2

UPDATE OR IGNORE t1 INDEXED BY "t1_a" SET b = 1 WHERE a = 2

--# update: FROM

UPDATE t1 SET a = t2.a FROM t2

UPDATE t1 SET a = t2.a FROM t2 WHERE t2.b = t1.b

UPDATE t1 SET a = x.a FROM t2 AS x WHERE x.b = t1.b

UPDATE t1 AS p SET a = q.a FROM t1 AS q WHERE q.b = p.b

UPDATE t1 SET a = t2.a FROM t2, t3 WHERE t2.a = t3.x AND t1.b = t3.y

UPDATE t1 SET a = t2.a FROM t2 JOIN t3 ON t2.a = t3.x WHERE t1.b = t3.y

UPDATE t1 SET a = t2.a FROM t2 LEFT JOIN t3 ON t2.a = t3.x WHERE t1.b = t2.b

UPDATE t1 SET a = s.total FROM (SELECT b, sum(a) AS total FROM t2 GROUP BY b) AS s WHERE s.b = t1.b

UPDATE t1 SET a = column1 FROM (VALUES (1, 2), (3, 4)) WHERE t1.b = column2

UPDATE t1 SET (a, b) = (t2.a, t2.b) FROM t2 WHERE t2.a = t1.a

UPDATE t1 SET a = value FROM json_each('[1,2]') WHERE t1.b = key

UPDATE t1 SET a = t2.a FROM t2 INDEXED BY t2_a WHERE t2.a = t1.b

UPDATE t1 SET a = t2.a FROM t2 NATURAL JOIN t3 WHERE true RETURNING a, b

UPDATE OR REPLACE t1 SET a = t2.a FROM t2 WHERE t2.a = t1.a RETURNING t1.a

UPDATE sale SET note = e.name FROM employee e WHERE e.id = sale.employee_id AND sale.note IS NULL

--# update: orderby_opt, limit_opt

UPDATE t1 SET a = 1 LIMIT 1

UPDATE t1 SET a = 1 WHERE b = 2 LIMIT 5

UPDATE t1 SET a = 1 ORDER BY b LIMIT 1

UPDATE t1 SET a = 1 WHERE b > 2 ORDER BY c DESC, d LIMIT 10 OFFSET 5

UPDATE t1 SET a = 1 ORDER BY b LIMIT 2, 3

UPDATE OR IGNORE t1 SET a = 1 WHERE b ORDER BY c COLLATE nocase DESC NULLS LAST LIMIT ?

UPDATE t1 SET a = 1 WHERE b RETURNING a ORDER BY b LIMIT 1

UPDATE t1 INDEXED BY t1_a SET b = 1 WHERE a = 2 ORDER BY b LIMIT 1

--# update: orconf with every clause

UPDATE OR ROLLBACK t1 AS x INDEXED BY t1_a SET b = 1, (c, d) = (2, 3) WHERE x.a = 1 RETURNING *

UPDATE OR ROLLBACK t1 SET b = s.b FROM t2 AS s WHERE s.a = t1.a

UPDATE OR ROLLBACK t1 NOT INDEXED SET b = 1 WHERE a ORDER BY b LIMIT 1 OFFSET 2

UPDATE OR ABORT t1 AS x INDEXED BY t1_a SET b = 1, (c, d) = (2, 3) WHERE x.a = 1 RETURNING *

UPDATE OR ABORT t1 SET b = s.b FROM t2 AS s WHERE s.a = t1.a

UPDATE OR ABORT t1 NOT INDEXED SET b = 1 WHERE a ORDER BY b LIMIT 1 OFFSET 2

UPDATE OR FAIL t1 AS x INDEXED BY t1_a SET b = 1, (c, d) = (2, 3) WHERE x.a = 1 RETURNING *

UPDATE OR FAIL t1 SET b = s.b FROM t2 AS s WHERE s.a = t1.a

UPDATE OR FAIL t1 NOT INDEXED SET b = 1 WHERE a ORDER BY b LIMIT 1 OFFSET 2

UPDATE OR IGNORE t1 AS x INDEXED BY t1_a SET b = 1, (c, d) = (2, 3) WHERE x.a = 1 RETURNING *

UPDATE OR IGNORE t1 SET b = s.b FROM t2 AS s WHERE s.a = t1.a

UPDATE OR IGNORE t1 NOT INDEXED SET b = 1 WHERE a ORDER BY b LIMIT 1 OFFSET 2

UPDATE OR REPLACE t1 AS x INDEXED BY t1_a SET b = 1, (c, d) = (2, 3) WHERE x.a = 1 RETURNING *

UPDATE OR REPLACE t1 SET b = s.b FROM t2 AS s WHERE s.a = t1.a

UPDATE OR REPLACE t1 NOT INDEXED SET b = 1 WHERE a ORDER BY b LIMIT 1 OFFSET 2
