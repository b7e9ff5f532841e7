--# expr: names

SELECT a FROM t1

SELECT t1.a FROM t1

SELECT "a" FROM t1

SELECT "t1"."a" FROM t1

SELECT "main"."t1"."a" FROM t1

SELECT [a], [t1].[a], [main].[t1].[a] FROM t1

SELECT `a`, `t1`.`a`, `main`.`t1`.`a` FROM t1

SELECT 't1'.'a' FROM t1

SELECT 'main'.'t1'.'a' FROM t1

SELECT t1 . a, main . t1 . a FROM t1

SELECT A, T1.A, MAIN.T1.A FROM T1

SELECT t1."a", "t1".a, [t1].`a`, 't1'.[a] FROM t1

SELECT left, natural FROM (SELECT 1 AS left, 2 AS natural)

SELECT x.left, x.cross FROM (SELECT 1 AS left, 2 AS cross) AS x

SELECT true, false, TRUE, False

SELECT true.a, false.b FROM (SELECT 1 AS a) AS true, (SELECT 1 AS b) AS false

SELECT "true" FROM (SELECT 1 AS "true")

SELECT rowid, oid, _rowid_ FROM t1

--# expr: arithmetic and bits

SELECT a + b, a - b, a * b, a / b, a % b FROM t1

SELECT a + b - c + d FROM t1

SELECT a - (b - c) FROM t1

SELECT a * (b + c) / d FROM t1

SELECT (a + b) * (c - d) FROM t1

SELECT a / (b / c), a / b / c FROM t1

SELECT a % (b * c), a * b % c FROM t1

SELECT a << b, a >> b, a & b, a | b FROM t1

SELECT a << 1 | b >> 2 & 3 FROM t1

SELECT a << (1 | b) >> (2 & 3) FROM t1

SELECT a & b | c & d FROM t1

SELECT a + b << c + d FROM t1

SELECT (a << b) + (c << d) FROM t1

SELECT a || b, a || b || c FROM t1

SELECT a || (b || c) FROM t1

SELECT a * b || c, a || b * c FROM t1

SELECT -a, +a, ~a FROM t1

SELECT - - a, - + a, + - a, + + a, ~ ~ a FROM t1

SELECT -(-a), -(-(-a)), - -1, -(-1) FROM t1

SELECT ~-a, -~a, ~+a, -+~a FROM t1

SELECT -a + -b, -a - -b, a - - b FROM t1

SELECT -a * b, (-a) * b, -(a * b) FROM t1

SELECT -a || b, -(a || b), (-a) || b FROM t1

SELECT ~a & b, ~(a & b) FROM t1

SELECT -a COLLATE nocase, -(a COLLATE nocase) FROM t1

SELECT -1, - 1, -(1), +1, -1.5, -0, -0.0

SELECT 1 - -1, 1 - - 1, 1-1, 1 -1, 1- 1

SELECT -9223372036854775808, - 9223372036854775808, -(9223372036854775807)

SELECT NOT a, NOT NOT a, NOT NOT NOT a FROM t1

SELECT NOT a + b, NOT (a + b), (NOT a) + b FROM t1

SELECT - NOT a, ~ NOT a, + NOT a FROM t1

SELECT NOT -a, NOT ~a FROM t1

SELECT NOT a = b, (NOT a) = b, NOT (a = b) FROM t1

SELECT NOT a AND b, NOT (a AND b), NOT a OR NOT b FROM t1

SELECT a = NOT b, a AND NOT b, a + NOT b FROM t1

--# expr: comparison

SELECT a = b, a == b, a != b, a <> b FROM t1

SELECT a < b, a <= b, a > b, a >= b FROM t1

SELECT a = b = c, a = (b = c), (a = b) = c FROM t1

SELECT a < b < c, a < (b < c) FROM t1

SELECT a < b = c > d, a = b < c FROM t1

SELECT a = b AND c = d OR a = c FROM t1

SELECT a AND b OR c AND d, a AND (b OR c) AND d FROM t1

SELECT a OR b AND c OR d, (a OR b) AND (c OR d) FROM t1

SELECT a <> b IS NULL, a IS NULL <> b FROM t1

--# expr: IS

SELECT a IS b, a IS NOT b FROM t1

SELECT a IS NULL, a IS NOT NULL FROM t1

SELECT a ISNULL, a NOTNULL, a NOT NULL FROM t1

SELECT a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b FROM t1

SELECT a IS TRUE, a IS FALSE, a IS NOT TRUE, a IS NOT FALSE FROM t1

SELECT a IS (b), a IS NOT (b), a IS (NOT b) FROM t1

SELECT a IS NOT NOT b FROM t1

SELECT a IS b IS c, a IS (b IS c) FROM t1

SELECT a IS NULL IS NULL, a ISNULL ISNULL, a NOTNULL NOTNULL FROM t1

SELECT a ISNULL NOT NULL, a NOT NULL ISNULL FROM t1

SELECT a IS NOT NULL AND b IS NULL FROM t1

SELECT a + b IS NULL, a + (b IS NULL) FROM t1

SELECT NOT a IS NULL, (NOT a) IS NULL FROM t1

SELECT a IS b + c, a IS NOT b || c FROM t1

SELECT a IS DISTINCT FROM b + 1, a IS NOT DISTINCT FROM b AND c FROM t1

SELECT a = b ISNULL, a ISNULL = b FROM t1

SELECT 1 IS NULL, 'x' IS NOT NULL, 1.5 ISNULL, x'00' NOTNULL, -1 NOT NULL

SELECT (a, b) IS (c, d), (a, b) IS NOT (c, d) FROM t1

SELECT "distinct" IS distinct_from FROM (SELECT 1 AS "distinct", 2 AS distinct_from)

--# expr: BETWEEN

SELECT a BETWEEN b AND c FROM t1

SELECT a NOT BETWEEN b AND c FROM t1

SELECT a BETWEEN b AND c AND d FROM t1

SELECT a BETWEEN b AND (c AND d) FROM t1

SELECT a BETWEEN b AND c OR d FROM t1

SELECT a BETWEEN (b OR c) AND (d OR e) FROM t1

SELECT a BETWEEN b + 1 AND c * 2 FROM t1

SELECT a + 1 BETWEEN b AND c FROM t1

SELECT NOT a BETWEEN b AND c FROM t1

SELECT (a BETWEEN b AND c) BETWEEN d AND e FROM t1

SELECT a BETWEEN b AND c BETWEEN d AND e FROM t1

SELECT a BETWEEN b BETWEEN c AND d AND e FROM t1

SELECT a BETWEEN (b BETWEEN c AND d) AND e FROM t1

SELECT a BETWEEN b AND c = d, a = b BETWEEN c AND d FROM t1

SELECT a BETWEEN b AND c IS NULL FROM t1

SELECT a BETWEEN b = c AND d FROM t1

SELECT a BETWEEN NOT b AND NOT c FROM t1

SELECT a BETWEEN -1 AND +1 FROM t1

SELECT a BETWEEN b < c AND d > e FROM t1

SELECT a NOT BETWEEN b AND c COLLATE nocase FROM t1

SELECT (a, b) BETWEEN (1, 2) AND (3, 4) FROM t1

SELECT a BETWEEN b AND c NOT BETWEEN d AND e FROM t1

SELECT a BETWEEN b IN (1, 2) AND c FROM t1

SELECT a BETWEEN (SELECT 1) AND (SELECT 2) FROM t1

--# expr: IN (in_op, paren_exprlist)

SELECT a IN () FROM t1

SELECT a NOT IN () FROM t1

SELECT a IN (1) FROM t1

SELECT a IN (1, 2, 3) FROM t1

SELECT a NOT IN (1, 2, 3) FROM t1

SELECT a IN (b, c, d + 1) FROM t1

SELECT a IN (NULL), a IN (NULL, NULL) FROM t1

SELECT a IN (SELECT a FROM t2) FROM t1

SELECT a NOT IN (SELECT a FROM t2 WHERE b = t1.b) FROM t1

SELECT a IN (SELECT 1 UNION SELECT 2) FROM t1

SELECT a IN ((SELECT 1)), a IN ((SELECT 1), (SELECT 2)) FROM t1

SELECT a IN (VALUES (1), (2)) FROM t1

SELECT a IN (WITH c AS (SELECT 1) SELECT * FROM c) FROM t1

SELECT a IN tree FROM t1

SELECT a IN (tree.id) FROM t1, tree

SELECT x IN (SELECT id FROM tree) FROM t3

SELECT a NOT IN scratch_view FROM t1

SELECT a IN temp.scratch_view FROM t1

SELECT a IN "scratch_view", a IN [scratch_view], a IN `scratch_view`, a IN 'scratch_view' FROM t1

SELECT a IN main.json_each('[1]') FROM t1

SELECT 1 IN json_each FROM t1

SELECT (a, b) IN (SELECT a, b FROM t2) FROM t1

SELECT (a, b) NOT IN (SELECT x, y FROM t3) FROM t1

SELECT (a, b) IN ((1, 2), (3, 4)) FROM t1

SELECT (a, b) IN (VALUES (1, 2)) FROM t1

SELECT (a, b) IN () FROM t1

SELECT (a) IN (1, 2) FROM t1

SELECT a + 1 IN (2, 3), a + (1 IN (2, 3)) FROM t1

SELECT NOT a IN (1), (NOT a) IN (1) FROM t1

SELECT a IN (1) IN (2) FROM t1

SELECT a IN (1) = b, a = b IN (1), a = (b IN (1)) FROM t1

SELECT a IN (1) AND b NOT IN (2) OR c IN (3) FROM t1

SELECT a IN (1, 2) IS NULL, a IN (1) ISNULL FROM t1

SELECT count(*) IN () FROM t1

SELECT a IN ('x', "b", [c], `d`, 1.5, x'00', ?, :p, @q, $r) FROM t1

SELECT a IN (((1))), a IN ((1), (2)) FROM t1

--# expr: LIKE, GLOB, REGEXP, MATCH, ESCAPE (likeop)

SELECT a LIKE b FROM t1

SELECT a NOT LIKE b FROM t1

SELECT a LIKE b ESCAPE '\' FROM t1

SELECT a NOT LIKE b ESCAPE c FROM t1

SELECT a GLOB b, a NOT GLOB b FROM t1

SELECT a REGEXP b, a NOT REGEXP b FROM t1

SELECT a MATCH b, a NOT MATCH b FROM t1

SELECT a GLOB b ESCAPE 'x' FROM t1

SELECT a MATCH b ESCAPE 'x', a REGEXP b ESCAPE 'x' FROM t1

SELECT a LIKE b LIKE c FROM t1

SELECT a LIKE (b LIKE c) FROM t1

SELECT a LIKE b || '%', 'x' || a LIKE b FROM t1

SELECT a LIKE b = c, a = b LIKE c FROM t1

SELECT a LIKE b AND c LIKE d FROM t1

SELECT NOT a LIKE b FROM t1

SELECT a LIKE b ESCAPE c || d FROM t1

SELECT a LIKE b ESCAPE c LIKE d FROM t1

SELECT a LIKE b ESCAPE c = d FROM t1

SELECT a LIKE b ESCAPE (c = d) FROM t1

SELECT a LIKE b COLLATE nocase, a COLLATE nocase LIKE b FROM t1

SELECT a LIKE b IS NULL, a LIKE b ISNULL FROM t1

SELECT a LIKE b IN (1), a IN (1) LIKE b FROM t1

SELECT a LIKE -b, a LIKE +b, a LIKE NOT b FROM t1

SELECT a LIKE b < c, a < b LIKE c FROM t1

SELECT like('a%', c), glob('a*', c), like('a%', c, '\') FROM t1

SELECT title FROM doc WHERE doc MATCH 'one AND two'

SELECT title FROM doc WHERE title MATCH 'one' AND body NOT LIKE '%x%'

SELECT title FROM doc WHERE doc = 'one' ORDER BY rank

--# expr: COLLATE

SELECT a COLLATE binary FROM t1

SELECT a COLLATE NOCASE FROM t1

SELECT a COLLATE "nocase", a COLLATE 'rtrim', a COLLATE [binary], a COLLATE `nocase` FROM t1

SELECT a COLLATE nocase COLLATE rtrim FROM t1

SELECT a COLLATE nocase || b, a || b COLLATE nocase FROM t1

SELECT (a || b) COLLATE nocase FROM t1

SELECT a COLLATE nocase = b, a = b COLLATE nocase, (a = b) COLLATE nocase FROM t1

SELECT a + b COLLATE nocase, (a + b) COLLATE nocase FROM t1

SELECT NOT a COLLATE nocase, ~a COLLATE nocase FROM t1

SELECT (SELECT c) COLLATE nocase, max(c) COLLATE nocase FROM t1

SELECT 'x' COLLATE nocase, 1 COLLATE nocase, ? COLLATE nocase, NULL COLLATE nocase

SELECT c COLLATE nocase IN ('A'), c IN ('A' COLLATE nocase) FROM t1

SELECT c COLLATE nocase BETWEEN 'a' AND 'b' COLLATE rtrim FROM t1

SELECT CASE c COLLATE nocase WHEN 'a' THEN 1 END FROM t1

--# expr: CAST (typetoken, typename)

SELECT CAST(a AS INTEGER), CAST(a AS TEXT), CAST(a AS REAL), CAST(a AS BLOB), CAST(a AS NUMERIC) FROM t1

SELECT CAST(a AS) FROM t1

SELECT CAST(a AS VARCHAR(10)), CAST(a AS DECIMAL(10, 2)) FROM t1

SELECT CAST(a AS UNSIGNED BIG INT), CAST(a AS NATIVE CHARACTER(70)) FROM t1

SELECT CAST(a AS "my type"), CAST(a AS 'my type'), CAST(a AS [my type]), CAST(a AS `my type`) FROM t1

SELECT CAST(a AS CHAR(-1)), CAST(a AS CHAR(+1)), CAST(a AS CHAR(1.5, -2e3)) FROM t1

SELECT CAST(a + b * c AS INT), CAST(NOT a AS INT) FROM t1

SELECT CAST((SELECT 1) AS TEXT), CAST(CAST('1' AS INT) AS TEXT)

SELECT CAST(a AS INT) + 1, -CAST(a AS INT), CAST(a AS TEXT) COLLATE nocase FROM t1

SELECT CAST(a AND b OR c AS INT), CAST(a IS NULL AS INT), CAST(a IN (1) AS INT) FROM t1

SELECT CAST('x' AS any), CAST('x' AS key), CAST('x' AS row rows) FROM t1

--# expr: CASE (case_operand, case_exprlist, case_else)

SELECT CASE a WHEN 1 THEN 'one' END FROM t1

SELECT CASE a WHEN 1 THEN 'one' ELSE 'other' END FROM t1

SELECT CASE a WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END FROM t1

SELECT CASE WHEN a THEN b END FROM t1

SELECT CASE WHEN a THEN b ELSE c END FROM t1

SELECT CASE WHEN a = 1 THEN b WHEN a = 2 THEN c WHEN a = 3 THEN d ELSE e END FROM t1

SELECT CASE a + b WHEN c * d THEN NOT e ELSE -a END FROM t1

SELECT CASE CASE a WHEN 1 THEN 2 END WHEN 2 THEN CASE WHEN b THEN c END ELSE CASE d WHEN 1 THEN 2 END END FROM t1

SELECT CASE WHEN a AND b OR c THEN d OR e ELSE a AND b END FROM t1

SELECT CASE WHEN a THEN b END + CASE WHEN c THEN d END FROM t1

SELECT CASE NULL WHEN NULL THEN 1 ELSE 2 END

SELECT CASE (SELECT 1) WHEN (SELECT 2) THEN (SELECT 3) ELSE (SELECT 4) END

SELECT CASE WHEN EXISTS (SELECT 1) THEN 1 END, CASE NOT 1 WHEN 0 THEN 1 END

SELECT CASE a IS NULL WHEN TRUE THEN 1 END, CASE -a WHEN -1 THEN +1 END FROM t1

SELECT (CASE WHEN a THEN b END) IS NULL, CASE WHEN a THEN b END IS NULL FROM t1

SELECT CASE WHEN 1 THEN 2 END AS x, CASE WHEN 1 THEN 2 END y, CASE WHEN 1 THEN 2 END "case"

SELECT a FROM t1 WHERE CASE WHEN a THEN b ELSE c END BETWEEN CASE 1 WHEN 1 THEN 0 END AND 9

SELECT CASE (1, 2) = (1, 2) WHEN 1 THEN 'same' END

--# expr: EXISTS and scalar subqueries

SELECT EXISTS (SELECT 1)

SELECT NOT EXISTS (SELECT 1 FROM t1)

SELECT EXISTS (SELECT * FROM t1 WHERE a = 1) AND NOT EXISTS (SELECT 1 WHERE 0)

SELECT EXISTS (SELECT 1) + 1, EXISTS (SELECT 1) = 1, -EXISTS (SELECT 1)

SELECT (SELECT 1), (SELECT a FROM t1), (SELECT a FROM t1 LIMIT 1 OFFSET 1)

SELECT (SELECT a FROM t1) + (SELECT b FROM t1)

SELECT (SELECT 1 UNION SELECT 2), ((SELECT 1)), (((SELECT 1)))

SELECT (SELECT a, b FROM t1) = (1, 2)

SELECT (SELECT a, b FROM t1) < (SELECT a, b FROM t2)

SELECT (SELECT max(b) FROM t2 WHERE t2.a = t1.a) FROM t1

SELECT -(SELECT 1), NOT (SELECT 1), (SELECT 1) IS NULL, (SELECT 1) COLLATE nocase

SELECT (SELECT count(*) FROM t1 AS inner_one WHERE inner_one.a < t1.a) AS place FROM t1 ORDER BY place

--# expr: row values

SELECT (1, 2) = (1, 2), (1, 2) < (1, 3), (1, 2) <> (2, 1)

SELECT (a, b) = (c, d), (a, b) == (c, d), (a, b) != (c, d) FROM t1

SELECT (a, b) < (c, d), (a, b) <= (c, d), (a, b) > (c, d), (a, b) >= (c, d) FROM t1

SELECT (a, b, c) = (1, 2, 3) FROM t1

SELECT (a + 1, -b) = (SELECT 1, 2) FROM t1

SELECT (1, (2, 3)) = (1, (2, 3))

SELECT ((1), (2)) = ((1), (2))

SELECT a FROM t1 WHERE (a, b) > (1, 2) ORDER BY a, b LIMIT 10

SELECT a FROM t1 WHERE (a, b) IN (SELECT a, b FROM t2) AND (c, d) IS NOT (1, 2)

SELECT (a, b) FROM t1

SELECT NOT (1, 2) = (3, 4), (1, 2) = (3, 4) AND 1

SELECT CASE WHEN (a, b) = (1, 2) THEN 1 END FROM t1

SELECT * FROM t1 WHERE (a, b) BETWEEN (SELECT 1, 2) AND (3, 4)

SELECT (1, 2, 3, 4, 5) IS (1, 2, 3, 4, 5)

SELECT (1,2)=(1,2)IS NOT(1)

--# expr: JSON arrows

SELECT c -> '$.a', c ->> '$.a' FROM t1

SELECT c -> 'a' -> 'b' ->> 'c' FROM t1

SELECT c -> 0, c ->> 1, c -> -1 FROM t1

SELECT c->'a'||'b', c->('a'||'b'), c||'x'->'a' FROM t1

SELECT c ->> 'a' = 1, c ->> 'a' + 1, -c ->> 'a' FROM t1

SELECT c->>'$[0]' AS first FROM t1 WHERE c->>'$.kind' IN ('x', 'y')

SELECT '{"a":{"b":[1,2]}}' -> '$.a.b' ->> 1

SELECT c -> a + b, (c -> a) + b, c -> (a + b) FROM t1

SELECT c ->> 'x' COLLATE nocase, (c ->> 'x') COLLATE nocase FROM t1

SELECT a FROM t1 WHERE c->>'a' IS NULL AND c->'b' IS NOT NULL ORDER BY c->>'z'

SELECT ~c -> 'a', NOT c -> 'a' FROM t1

--# expr: RAISE

CREATE TRIGGER r1 BEFORE INSERT ON t1 BEGIN SELECT RAISE(IGNORE); END

CREATE TRIGGER r2 BEFORE INSERT ON t1 BEGIN SELECT RAISE(ABORT, 'no'); END

CREATE TRIGGER r3 BEFORE INSERT ON t1 BEGIN SELECT RAISE(ROLLBACK, 'no'); END

CREATE TRIGGER r4 BEFORE INSERT ON t1 BEGIN SELECT RAISE(FAIL, 'no'); END

CREATE TRIGGER r5 BEFORE INSERT ON t1 BEGIN SELECT RAISE(ABORT, 'no ' || new.a || printf('%d', new.b)); END

CREATE TRIGGER r6 BEFORE INSERT ON t1 BEGIN SELECT CASE WHEN new.a < 0 THEN RAISE(ABORT, 'negative') ELSE 1 END; END

CREATE TRIGGER r7 BEFORE UPDATE ON t1 BEGIN SELECT RAISE(FAIL, (SELECT max(x) FROM t2)) WHERE old.a <> new.a; END

CREATE TRIGGER r8 BEFORE DELETE ON t1 BEGIN INSERT INTO t2(a) VALUES (RAISE(IGNORE)); END

CREATE TRIGGER r9 BEFORE DELETE ON t1 BEGIN UPDATE t2 SET a = RAISE(ABORT, "b") WHERE b; END

SELECT RAISE(IGNORE)

SELECT RAISE(ABORT, 'outside of a trigger')

--# expr: casts to every kind of type name

SELECT CAST(a + 1 AS INT), -CAST(b AS INT) FROM t1

CREATE TABLE new1(a INT, b INT NOT NULL)

SELECT CAST(a + 1 AS VARCHAR(5)), -CAST(b AS VARCHAR(5)) FROM t1

CREATE TABLE new1(a VARCHAR(5), b VARCHAR(5) NOT NULL)

SELECT CAST(a + 1 AS DECIMAL(5, 2)), -CAST(b AS DECIMAL(5, 2)) FROM t1

CREATE TABLE new1(a DECIMAL(5, 2), b DECIMAL(5, 2) NOT NULL)

SELECT CAST(a + 1 AS DOUBLE PRECISION), -CAST(b AS DOUBLE PRECISION) FROM t1

CREATE TABLE new1(a DOUBLE PRECISION, b DOUBLE PRECISION NOT NULL)

SELECT CAST(a + 1 AS "a b"), -CAST(b AS "a b") FROM t1

CREATE TABLE new1(a "a b", b "a b" NOT NULL)

SELECT CAST(a + 1 AS 'a b'), -CAST(b AS 'a b') FROM t1

CREATE TABLE new1(a 'a b', b 'a b' NOT NULL)

SELECT CAST(a + 1 AS [a b]), -CAST(b AS [a b]) FROM t1

CREATE TABLE new1(a [a b], b [a b] NOT NULL)

SELECT CAST(a + 1 AS temp), -CAST(b AS temp) FROM t1

CREATE TABLE new1(a temp, b temp NOT NULL)

SELECT CAST(a + 1 AS blob sub type), -CAST(b AS blob sub type) FROM t1

CREATE TABLE new1(a blob sub type, b blob sub type NOT NULL)

SELECT CAST(a + 1 AS CHAR(+5)), -CAST(b AS CHAR(+5)) FROM t1

CREATE TABLE new1(a CHAR(+5), b CHAR(+5) NOT NULL)

SELECT CAST(a + 1 AS NUM(-5, +5)), -CAST(b AS NUM(-5, +5)) FROM t1

CREATE TABLE new1(a NUM(-5, +5), b NUM(-5, +5) NOT NULL)

SELECT CAST(a + 1 AS t (0x5)), -CAST(b AS t (0x5)) FROM t1

CREATE TABLE new1(a t (0x5), b t (0x5) NOT NULL)
