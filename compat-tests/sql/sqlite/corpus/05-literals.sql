--# literals: integers

SELECT 0, 1, 42, 007, 2147483647, 2147483648, 9223372036854775807

SELECT 9223372036854775808, 18446744073709551616, 123456789012345678901234567890

SELECT 1_000, 1_000_000, 1_2_3, 12_34

SELECT 0x0, 0x1F, 0X1f, 0xABCDEFabcdef, 0x7fffffffffffffff, 0xFFFFFFFFFFFFFFFF

SELECT 0x1_F, 0xff_ff_ff

SELECT -0x1F, +0x1F, ~0x1F, - 0x1F

SELECT 00, 0000001, -007

--# literals: floats

SELECT 1.0, 1.5, .5, 5., 0.0, .0, 0.

SELECT 1e1, 1E1, 1e+1, 1e-1, 1.5e10, 1.5E-10, .5e2, 5.e2

SELECT 1_0.5, 1.0_5, 1_000.000_1, 1e1_0, 1_0e1_0, .1_2

SELECT 1e308, 1e309, 9e999, -9e999, 1e-400

SELECT 3.14159265358979323846264338327950288

SELECT 1.7976931348623157e308, 2.2250738585072014e-308, 4.9e-324

SELECT 0e0, 0.0e0, 00.5, 1.e1

--# literals: strings

SELECT '', 'a', 'it''s', '''', '''''', 'a''''b'

SELECT 'double "quoted" inside', 'back`tick', '[bracket]'

SELECT 'back\slash', '\n is not a line break', '\'

SELECT 'percent % underscore _', '--no comment', '/* no comment */', '; no end'

SELECT 'two
  lines'

SELECT 'ünïcödé', '日本語', 'эта', '😀 four bytes', 'é combining'

SELECT '?', ':a', '@b', '$c'

SELECT 'SELECT', 'select 1 from t1'

SELECT '	tab	inside'

--# literals: blobs

SELECT x'', X'', x'00', X'ff', x'ABCDEF', x'abcdef', x'0123456789abcdef'

SELECT x'00' || X'11', length(x'0102'), x'41' = 'A'

SELECT -x'01', NOT x'01', x'01' IS NULL, x'01' COLLATE nocase

SELECT hex(x'6162'), typeof(X'')

--# literals: keywords that are values

SELECT NULL, null, Null

SELECT TRUE, FALSE, true, false, NOT TRUE

SELECT CURRENT_TIME, CURRENT_DATE, CURRENT_TIMESTAMP

SELECT current_time, current_date, current_timestamp, Current_Date

SELECT CURRENT_DATE || 'T', -CURRENT_DATE, CURRENT_TIME IS NULL, (CURRENT_TIMESTAMP)

SELECT NULL + 1, NULL || 'x', NULL AND 0, NULL OR 1, NOT NULL

SELECT NULL IS NULL, NULL IS NOT NULL, NULL ISNULL, NULL NOTNULL

SELECT TRUE AND FALSE, TRUE = 1, FALSE IS NOT TRUE, TRUE + TRUE

--# parameters

SELECT ?

SELECT ?, ?, ?

SELECT ?1, ?2, ?3

SELECT ?3, ?1, ?

SELECT ?1, ?1, ?1

SELECT ?007, ?32766

SELECT :a, :b, :a

SELECT @a, @b, @a

SELECT $a, $b, $a

SELECT :a, @a, $a, ?

SELECT :1, :1a, :_x, @_1, $1

SELECT :a$b, @a$b, $a$b

SELECT :ünï, @日本, $é

SELECT #_a, #b

SELECT $1, $2, ?1, ?, $1

SELECT ?, :x, ?, @x, ?, $x, ?2, ?

SELECT :a FROM t1 WHERE b = ? AND c = :b LIMIT ?

SELECT :select, @from, $where

SELECT a FROM t1 WHERE a = ? AND b = ?2 OR c = :name

SELECT a FROM t1 WHERE a=:a AND b=@b AND c=$c

SELECT a FROM t1 WHERE a IN (?, ?, ?) LIMIT ? OFFSET ?

SELECT -?, +:a, ~@b, NOT $c, ? + ?, ? || ?

SELECT ?+?, ?-?, ?1+?2, :a+:b, @a-@b, $a*$b

SELECT ?||:x||@y||$z

SELECT CAST(? AS TEXT), (?), (SELECT ?), CASE ? WHEN ? THEN ? ELSE ? END

SELECT ? IS NULL, ? IN (?), ? BETWEEN ? AND ?, ? LIKE ? ESCAPE ?

SELECT ? AS x, :y AS y, @z z, $w "w"

INSERT INTO t1 VALUES (?, ?, ?, ?, ?)

INSERT INTO t1(a, b) VALUES (:a, :b), (@a, @b), ($a, $b)

UPDATE t1 SET a = ?1, b = ?2 WHERE rowid = ?3

DELETE FROM t1 WHERE a = :a RETURNING a + :b

SELECT sum(a + ?) FILTER (WHERE b > ?) OVER (PARTITION BY c + ? ORDER BY d + ? ROWS ? PRECEDING) FROM t1

WITH c(x) AS (VALUES (?), (:x)) SELECT * FROM c WHERE x = @x

ATTACH ? AS ?

DETACH ?

VACUUM INTO ?

--# parameters in every place

SELECT ? + a, abs(?), ? IN (?) FROM t1 WHERE b = ? LIMIT ?

INSERT INTO t1(a, b) VALUES (?, -?)

UPDATE t1 SET a = ?, (b, c) = (?, ?) WHERE d = ?

DELETE FROM t1 WHERE a BETWEEN ? AND ? OR a LIKE ? ESCAPE ?

SELECT CASE ? WHEN ? THEN ? ELSE ? END, CAST(? AS INT), ? COLLATE nocase

SELECT ?5 + a, abs(?5), ?5 IN (?5) FROM t1 WHERE b = ?5 LIMIT ?5

INSERT INTO t1(a, b) VALUES (?5, -?5)

UPDATE t1 SET a = ?5, (b, c) = (?5, ?5) WHERE d = ?5

DELETE FROM t1 WHERE a BETWEEN ?5 AND ?5 OR a LIKE ?5 ESCAPE ?5

SELECT CASE ?5 WHEN ?5 THEN ?5 ELSE ?5 END, CAST(?5 AS INT), ?5 COLLATE nocase

SELECT :n + a, abs(:n), :n IN (:n) FROM t1 WHERE b = :n LIMIT :n

INSERT INTO t1(a, b) VALUES (:n, -:n)

UPDATE t1 SET a = :n, (b, c) = (:n, :n) WHERE d = :n

DELETE FROM t1 WHERE a BETWEEN :n AND :n OR a LIKE :n ESCAPE :n

SELECT CASE :n WHEN :n THEN :n ELSE :n END, CAST(:n AS INT), :n COLLATE nocase

SELECT @n + a, abs(@n), @n IN (@n) FROM t1 WHERE b = @n LIMIT @n

INSERT INTO t1(a, b) VALUES (@n, -@n)

UPDATE t1 SET a = @n, (b, c) = (@n, @n) WHERE d = @n

DELETE FROM t1 WHERE a BETWEEN @n AND @n OR a LIKE @n ESCAPE @n

SELECT CASE @n WHEN @n THEN @n ELSE @n END, CAST(@n AS INT), @n COLLATE nocase

SELECT $n + a, abs($n), $n IN ($n) FROM t1 WHERE b = $n LIMIT $n

INSERT INTO t1(a, b) VALUES ($n, -$n)

UPDATE t1 SET a = $n, (b, c) = ($n, $n) WHERE d = $n

DELETE FROM t1 WHERE a BETWEEN $n AND $n OR a LIKE $n ESCAPE $n

SELECT CASE $n WHEN $n THEN $n ELSE $n END, CAST($n AS INT), $n COLLATE nocase

SELECT $n::m(x) + a, abs($n::m(x)), $n::m(x) IN ($n::m(x)) FROM t1 WHERE b = $n::m(x) LIMIT $n::m(x)

INSERT INTO t1(a, b) VALUES ($n::m(x), -$n::m(x))

UPDATE t1 SET a = $n::m(x), (b, c) = ($n::m(x), $n::m(x)) WHERE d = $n::m(x)

DELETE FROM t1 WHERE a BETWEEN $n::m(x) AND $n::m(x) OR a LIKE $n::m(x) ESCAPE $n::m(x)

SELECT CASE $n::m(x) WHEN $n::m(x) THEN $n::m(x) ELSE $n::m(x) END, CAST($n::m(x) AS INT), $n::m(x) COLLATE nocase

--# literals in every place

SELECT 1, 1 AS x, 1 + 1, 1 IS NULL, a = 1 FROM t1 WHERE b IN (1, a) ORDER BY c = 1 LIMIT 1

CREATE TABLE new1(a DEFAULT 1, b DEFAULT (1), c CHECK (c <> 1))

INSERT INTO t1(a, b) VALUES (1, (1)) RETURNING 1

SELECT 1_000, 1_000 AS x, 1_000 + 1_000, 1_000 IS NULL, a = 1_000 FROM t1 WHERE b IN (1_000, a) ORDER BY c = 1_000 LIMIT 1_000

CREATE TABLE new1(a DEFAULT 1_000, b DEFAULT (1_000), c CHECK (c <> 1_000))

INSERT INTO t1(a, b) VALUES (1_000, (1_000)) RETURNING 1_000

SELECT 0x1F, 0x1F AS x, 0x1F + 0x1F, 0x1F IS NULL, a = 0x1F FROM t1 WHERE b IN (0x1F, a) ORDER BY c = 0x1F LIMIT 0x1F

CREATE TABLE new1(a DEFAULT 0x1F, b DEFAULT (0x1F), c CHECK (c <> 0x1F))

INSERT INTO t1(a, b) VALUES (0x1F, (0x1F)) RETURNING 0x1F

SELECT 1.5, 1.5 AS x, 1.5 + 1.5, 1.5 IS NULL, a = 1.5 FROM t1 WHERE b IN (1.5, a) ORDER BY c = 1.5 LIMIT 1.5

CREATE TABLE new1(a DEFAULT 1.5, b DEFAULT (1.5), c CHECK (c <> 1.5))

INSERT INTO t1(a, b) VALUES (1.5, (1.5)) RETURNING 1.5

SELECT .5, .5 AS x, .5 + .5, .5 IS NULL, a = .5 FROM t1 WHERE b IN (.5, a) ORDER BY c = .5 LIMIT .5

CREATE TABLE new1(a DEFAULT .5, b DEFAULT (.5), c CHECK (c <> .5))

INSERT INTO t1(a, b) VALUES (.5, (.5)) RETURNING .5

SELECT 1e3, 1e3 AS x, 1e3 + 1e3, 1e3 IS NULL, a = 1e3 FROM t1 WHERE b IN (1e3, a) ORDER BY c = 1e3 LIMIT 1e3

CREATE TABLE new1(a DEFAULT 1e3, b DEFAULT (1e3), c CHECK (c <> 1e3))

INSERT INTO t1(a, b) VALUES (1e3, (1e3)) RETURNING 1e3

SELECT 'it''s', 'it''s' AS x, 'it''s' + 'it''s', 'it''s' IS NULL, a = 'it''s' FROM t1 WHERE b IN ('it''s', a) ORDER BY c = 'it''s' LIMIT 'it''s'

CREATE TABLE new1(a DEFAULT 'it''s', b DEFAULT ('it''s'), c CHECK (c <> 'it''s'))

INSERT INTO t1(a, b) VALUES ('it''s', ('it''s')) RETURNING 'it''s'

SELECT x'00', x'00' AS x, x'00' + x'00', x'00' IS NULL, a = x'00' FROM t1 WHERE b IN (x'00', a) ORDER BY c = x'00' LIMIT x'00'

CREATE TABLE new1(a DEFAULT x'00', b DEFAULT (x'00'), c CHECK (c <> x'00'))

INSERT INTO t1(a, b) VALUES (x'00', (x'00')) RETURNING x'00'

SELECT NULL, NULL AS x, NULL + NULL, NULL IS NULL, a = NULL FROM t1 WHERE b IN (NULL, a) ORDER BY c = NULL LIMIT NULL

CREATE TABLE new1(a DEFAULT NULL, b DEFAULT (NULL), c CHECK (c <> NULL))

INSERT INTO t1(a, b) VALUES (NULL, (NULL)) RETURNING NULL

SELECT TRUE, TRUE AS x, TRUE + TRUE, TRUE IS NULL, a = TRUE FROM t1 WHERE b IN (TRUE, a) ORDER BY c = TRUE LIMIT TRUE

CREATE TABLE new1(a DEFAULT TRUE, b DEFAULT (TRUE), c CHECK (c <> TRUE))

INSERT INTO t1(a, b) VALUES (TRUE, (TRUE)) RETURNING TRUE

SELECT CURRENT_TIMESTAMP, CURRENT_TIMESTAMP AS x, CURRENT_TIMESTAMP + CURRENT_TIMESTAMP, CURRENT_TIMESTAMP IS NULL, a = CURRENT_TIMESTAMP FROM t1 WHERE b IN (CURRENT_TIMESTAMP, a) ORDER BY c = CURRENT_TIMESTAMP LIMIT CURRENT_TIMESTAMP

CREATE TABLE new1(a DEFAULT CURRENT_TIMESTAMP, b DEFAULT (CURRENT_TIMESTAMP), c CHECK (c <> CURRENT_TIMESTAMP))

INSERT INTO t1(a, b) VALUES (CURRENT_TIMESTAMP, (CURRENT_TIMESTAMP)) RETURNING CURRENT_TIMESTAMP

SELECT -1, -1 AS x, -1 + -1, -1 IS NULL, a = -1 FROM t1 WHERE b IN (-1, a) ORDER BY c = -1 LIMIT -1

CREATE TABLE new1(a DEFAULT -1, b DEFAULT (-1), c CHECK (c <> -1))

INSERT INTO t1(a, b) VALUES (-1, (-1)) RETURNING -1

SELECT +1.5, +1.5 AS x, +1.5 + +1.5, +1.5 IS NULL, a = +1.5 FROM t1 WHERE b IN (+1.5, a) ORDER BY c = +1.5 LIMIT +1.5

CREATE TABLE new1(a DEFAULT +1.5, b DEFAULT (+1.5), c CHECK (c <> +1.5))

INSERT INTO t1(a, b) VALUES (+1.5, (+1.5)) RETURNING +1.5
