--# expression: literals
SELECT 0, 1, 42, 2147483647, 2147483648, 9223372036854775807, 99999999999999999999

SELECT 1.5, .5, 5., 0.0, 1e10, 1E10, 1.5e-3, .5e+2, 5.e1

SELECT 0x1F, 0XfF, 0o17, 0O7, 0b1010, 0B1

SELECT 1_000_000, 1_000.000_1, 1_0e1_0, 0x_ff, 0xFF_FF, 0o1_7, 0b_1_0

SELECT 0xFFFFFFFFFFFFFFFF, 0b11111111111111111111111111111111111

SELECT - 1, -1, - -1, +1, + -1, -(1)

SELECT 'text', '', 'it''s', 'multi
  line'

SELECT 'first'
  ' second'
  ' third'

SELECT 'first' -- a comment between the parts
  ' second'

SELECT E'tab\t newline\n quote\' backslash\\ octal\101 hex\x41 unicode\u0041 \U0001F600'

SELECT e'lower', E'', E'it''s', E'\'', E'a\
  b'

SELECT E'first'
  ' \x41 second'

SELECT E'\ud83d\ude00', E'\b\f\r\v\a'

SELECT U&'\0041\+01F600', u&'d!0061t!+000061' UESCAPE '!'

SELECT U&'\\ \0041', U&'plain'

SELECT U&"d\0061t\+000061", U&"d!0061t" UESCAPE '!' FROM U&"\0074"

SELECT U&'\d83d\de00'

SELECT $$dollar$$, $tag$with $$ inside$tag$, $$it's \ raw$$, $$$$, $é$x$é$, $_1$y$_1$

SELECT $outer$ a $inner$ b $inner$ c $outer$

SELECT $a$
  two lines
  $a$

SELECT B'', B'0101', b'1', X'', X'1aF', x'00'

SELECT B'01'
  '10', X'ab'
  'cd'

SELECT N'national', n'lower', N''

SELECT TRUE, FALSE, NULL, true, false, null, True

SELECT $1, $2, $10

SELECT $1::int, $2 + $3

SELECT '😀', 'é', 'ß', '日本語'

SELECT '--', '/*', '*/', ';', '"'

--# expression: identifiers
SELECT "quoted", "with ""quotes""", "with space", "MiXeD", "select" FROM "table"

SELECT é, ñandú, _x, a$b, a1, 日本 FROM tablé

SELECT MixedCase FROM UPPER_CASE

SELECT "a"."b"."c"."d" FROM "b"."c"

SELECT abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl FROM t

SELECT "--", "/*", ";", "'", "$1" FROM "a.b"

--# expression: comments
-- leading comment
  SELECT 1

/* block */ SELECT 1

/* nested /* deeper */ still */ SELECT 1

SELECT 1 /* a */ + /* b */ 2 -- c

SELECT 1 -- ' unbalanced quote
  + 2

SELECT 1 /* ' */ , 2 /* " */

SELECT 1--comment

SELECT 1/*comment*/+2

SELECT 1 - - 2, 1 +-- comment
  2

SELECT a/*x*/.b FROM t/**/a

--# expression: arithmetic and precedence
SELECT 1 + 2 * 3 ^ 4 % 5 / 6 - 7

SELECT (1 + 2) * 3

SELECT -a ^ 2, -a * b, - a::int, -a[1], -(-a), -a.b

SELECT a - -b, a - (-b), a*-b, a/-b, a||-b

SELECT 2 ^ 3 ^ 4

SELECT a - b - c, a - (b - c), a / b / c, a % b % c

SELECT NOT a AND b OR c, NOT (a AND b), (NOT a) AND b, NOT NOT a

SELECT a = b AND c < d OR e >= f AND NOT g <> h

SELECT NOT a = b, NOT a IS NULL, NOT a IN (1), NOT a LIKE 'x', NOT a BETWEEN 1 AND 2

SELECT a = (b = c), (a = b) = c

SELECT a < b IS TRUE, (a < b) IS NULL, a + 1 IS NOT NULL, a = b IS DISTINCT FROM c

SELECT a || b || c, a || (b || c), a + b || c, a || b + c

SELECT a -> 'b' ->> 'c', a -> 'b' = 'c', a ->> 'b' || 'c', (a -> 'b') -> 'c'

SELECT a ? 'b', a ?| b, a ?& b, a @> b, a <@ b, a && b, a #> b, a #>> b, a #- b, a @? b, a @@ b

SELECT a ~ 'x', a ~* 'x', a !~ 'x', a !~* 'x', a ~~ 'x', a !~~ 'x', a ~~* 'x', a !~~* 'x'

SELECT a << 1, a >> 1, a & b, a | b, a # b, ~ a, ~a & b, a & ~b

SELECT @ a, @a, |/ 4, ||/ 8, !! a, @-@ a, # a, ?- a, ?| a

SELECT a <-> b, a <#> b, a <=> b, a <+> b, a |>> b, a ~= b, a *<> b, a -|- b

SELECT a @> b AND c <@ d, a @> b || c, a || b @> c, a + b @> c, a = b @> c

SELECT - @ a, @ - a, ~ - a, - ~ a, a + @ b, a @ b, a @ - b

SELECT a <= b, a >= b, a <> b, a != b

SELECT 1 != 2, 1 <> 2, NOT 1 != 2

SELECT a::int + 1, a::int::text, -1::int, (-1)::int, a + b::int, a::int = b::int

SELECT a COLLATE "C" || b, a || b COLLATE "C", (a || b) COLLATE "C", a COLLATE "C" < b

SELECT a AT TIME ZONE 'UTC' + b, a + b AT TIME ZONE 'UTC', -a AT TIME ZONE 'UTC', a::timestamp AT TIME ZONE 'UTC' AT TIME ZONE 'CET'

SELECT a COLLATE "C" AT TIME ZONE 'UTC', a AT TIME ZONE b COLLATE "C"

SELECT a[1]::int, a::int[], (a::int[])[1], a[1][2]

SELECT a BETWEEN 1 AND 2 AND b, a BETWEEN 1 + 1 AND 2 * 3 OR c, a BETWEEN b AND c = d

SELECT a LIKE b || c, a LIKE b AND c, a || b LIKE c, a LIKE 'x' = true

SELECT a IN (1, 2) = b, a + 1 IN (1), (a IN (1)) IN (true)

SELECT a IS NULL = b, a IS NULL IS NULL, a ISNULL NOTNULL

SELECT a = ANY (b) = c, a + 1 = ANY (b), a = ALL (b) AND c

SELECT a OPERATOR(pg_catalog.+) b * c, a * b OPERATOR(pg_catalog.+) c, a OPERATOR(+) b

SELECT a * (b + c) - (d - (e / f)), ((a)), (((a) + ((b))))

SELECT a + b + c

SELECT a + b * c

SELECT a + b ^ c

SELECT a + b || c

SELECT a + b -> c

SELECT a + b AND c

SELECT a + b OR c

SELECT a - b + c

SELECT a - b * c

SELECT a - b ^ c

SELECT a - b || c

SELECT a - b -> c

SELECT a - b AND c

SELECT a - b OR c

SELECT a * b + c

SELECT a * b * c

SELECT a * b ^ c

SELECT a * b || c

SELECT a * b -> c

SELECT a * b AND c

SELECT a * b OR c

SELECT a / b + c

SELECT a / b * c

SELECT a / b ^ c

SELECT a / b || c

SELECT a / b -> c

SELECT a / b AND c

SELECT a / b OR c

SELECT a % b + c

SELECT a % b * c

SELECT a % b ^ c

SELECT a % b || c

SELECT a % b -> c

SELECT a % b AND c

SELECT a % b OR c

SELECT a ^ b + c

SELECT a ^ b * c

SELECT a ^ b ^ c

SELECT a ^ b || c

SELECT a ^ b -> c

SELECT a ^ b AND c

SELECT a ^ b OR c

SELECT a || b + c

SELECT a || b * c

SELECT a || b ^ c

SELECT a || b || c

SELECT a || b -> c

SELECT a || b AND c

SELECT a || b OR c

SELECT a < b + c

SELECT a < b * c

SELECT a < b ^ c

SELECT a < b || c

SELECT a < b -> c

SELECT a < b AND c

SELECT a < b OR c

SELECT a = b + c

SELECT a = b * c

SELECT a = b ^ c

SELECT a = b || c

SELECT a = b -> c

SELECT a = b AND c

SELECT a = b OR c

SELECT a <> b + c

SELECT a <> b * c

SELECT a <> b ^ c

SELECT a <> b || c

SELECT a <> b -> c

SELECT a <> b AND c

SELECT a <> b OR c

SELECT a -> b + c

SELECT a -> b * c

SELECT a -> b ^ c

SELECT a -> b || c

SELECT a -> b -> c

SELECT a -> b AND c

SELECT a -> b OR c

SELECT a @> b + c

SELECT a @> b * c

SELECT a @> b ^ c

SELECT a @> b || c

SELECT a @> b -> c

SELECT a @> b AND c

SELECT a @> b OR c

SELECT a AND b + c

SELECT a AND b * c

SELECT a AND b ^ c

SELECT a AND b || c

SELECT a AND b -> c

SELECT a AND b AND c

SELECT a AND b OR c

SELECT a OR b + c

SELECT a OR b * c

SELECT a OR b ^ c

SELECT a OR b || c

SELECT a OR b -> c

SELECT a OR b AND c

SELECT a OR b OR c

SELECT a LIKE b + c

SELECT a LIKE b * c

SELECT a LIKE b ^ c

SELECT a LIKE b || c

SELECT a LIKE b -> c

SELECT a LIKE b AND c

SELECT a LIKE b OR c

SELECT a + b < c

SELECT a + b = c

SELECT a + b >= c

SELECT a + b <> c

SELECT a + b LIKE c

SELECT a + b ILIKE c

SELECT a + b @> c

SELECT a + b IS DISTINCT FROM c

SELECT a * b < c

SELECT a * b = c

SELECT a * b >= c

SELECT a * b <> c

SELECT a * b LIKE c

SELECT a * b ILIKE c

SELECT a * b @> c

SELECT a * b IS DISTINCT FROM c

SELECT a ^ b < c

SELECT a ^ b = c

SELECT a ^ b >= c

SELECT a ^ b <> c

SELECT a ^ b LIKE c

SELECT a ^ b ILIKE c

SELECT a ^ b @> c

SELECT a ^ b IS DISTINCT FROM c

SELECT a || b < c

SELECT a || b = c

SELECT a || b >= c

SELECT a || b <> c

SELECT a || b LIKE c

SELECT a || b ILIKE c

SELECT a || b @> c

SELECT a || b IS DISTINCT FROM c

SELECT a AND b < c

SELECT a AND b = c

SELECT a AND b >= c

SELECT a AND b <> c

SELECT a AND b LIKE c

SELECT a AND b ILIKE c

SELECT a AND b @> c

SELECT a AND b IS DISTINCT FROM c

SELECT a OR b < c

SELECT a OR b = c

SELECT a OR b >= c

SELECT a OR b <> c

SELECT a OR b LIKE c

SELECT a OR b ILIKE c

SELECT a OR b @> c

SELECT a OR b IS DISTINCT FROM c

SELECT (a + b) + c

SELECT (a + b) ^ c

SELECT (a + b) = c

SELECT (a + b) AND c

SELECT (a + b) LIKE c

SELECT (a * b) + c

SELECT (a * b) ^ c

SELECT (a * b) = c

SELECT (a * b) AND c

SELECT (a * b) LIKE c

SELECT (a ^ b) + c

SELECT (a ^ b) ^ c

SELECT (a ^ b) = c

SELECT (a ^ b) AND c

SELECT (a ^ b) LIKE c

SELECT (a || b) + c

SELECT (a || b) ^ c

SELECT (a || b) = c

SELECT (a || b) AND c

SELECT (a || b) LIKE c

SELECT (a = b) + c

SELECT (a = b) ^ c

SELECT (a = b) = c

SELECT (a = b) AND c

SELECT (a = b) LIKE c

SELECT (a AND b) + c

SELECT (a AND b) ^ c

SELECT (a AND b) = c

SELECT (a AND b) AND c

SELECT (a AND b) LIKE c

SELECT (a OR b) + c

SELECT (a OR b) ^ c

SELECT (a OR b) = c

SELECT (a OR b) AND c

SELECT (a OR b) LIKE c

SELECT (a LIKE b) + c

SELECT (a LIKE b) ^ c

SELECT (a LIKE b) = c

SELECT (a LIKE b) AND c

SELECT (a LIKE b) LIKE c

SELECT (a IS DISTINCT FROM b) + c

SELECT (a IS DISTINCT FROM b) ^ c

SELECT (a IS DISTINCT FROM b) = c

SELECT (a IS DISTINCT FROM b) AND c

SELECT (a IS DISTINCT FROM b) LIKE c

SELECT a - (b - c)

SELECT a - (b / c)

SELECT a - (b ^ c)

SELECT a - (b || c)

SELECT a - (b < c)

SELECT a - (b OR c)

SELECT a - (b -> c)

SELECT a / (b - c)

SELECT a / (b / c)

SELECT a / (b ^ c)

SELECT a / (b || c)

SELECT a / (b < c)

SELECT a / (b OR c)

SELECT a / (b -> c)

SELECT a ^ (b - c)

SELECT a ^ (b / c)

SELECT a ^ (b ^ c)

SELECT a ^ (b || c)

SELECT a ^ (b < c)

SELECT a ^ (b OR c)

SELECT a ^ (b -> c)

SELECT a || (b - c)

SELECT a || (b / c)

SELECT a || (b ^ c)

SELECT a || (b || c)

SELECT a || (b < c)

SELECT a || (b OR c)

SELECT a || (b -> c)

SELECT a < (b - c)

SELECT a < (b / c)

SELECT a < (b ^ c)

SELECT a < (b || c)

SELECT a < (b < c)

SELECT a < (b OR c)

SELECT a < (b -> c)

SELECT a OR (b - c)

SELECT a OR (b / c)

SELECT a OR (b ^ c)

SELECT a OR (b || c)

SELECT a OR (b < c)

SELECT a OR (b OR c)

SELECT a OR (b -> c)

SELECT a -> (b - c)

SELECT a -> (b / c)

SELECT a -> (b ^ c)

SELECT a -> (b || c)

SELECT a -> (b < c)

SELECT a -> (b OR c)

SELECT a -> (b -> c)

SELECT - a + b

SELECT - a * b

SELECT - a ^ b

SELECT - a || b

SELECT - a = b

SELECT - a AND b

SELECT - a ::int

SELECT - a COLLATE "C"

SELECT - a AT TIME ZONE b

SELECT - a IS NULL

SELECT - a [1]

SELECT - a IN (b)

SELECT - a BETWEEN b AND c

SELECT - a ->> b

SELECT - a .b

SELECT + a + b

SELECT + a * b

SELECT + a ^ b

SELECT + a || b

SELECT + a = b

SELECT + a AND b

SELECT + a ::int

SELECT + a COLLATE "C"

SELECT + a AT TIME ZONE b

SELECT + a IS NULL

SELECT + a [1]

SELECT + a IN (b)

SELECT + a BETWEEN b AND c

SELECT + a ->> b

SELECT + a .b

SELECT @ a + b

SELECT @ a * b

SELECT @ a ^ b

SELECT @ a || b

SELECT @ a = b

SELECT @ a AND b

SELECT @ a ::int

SELECT @ a COLLATE "C"

SELECT @ a AT TIME ZONE b

SELECT @ a IS NULL

SELECT @ a [1]

SELECT @ a IN (b)

SELECT @ a BETWEEN b AND c

SELECT @ a ->> b

SELECT @ a .b

SELECT ~ a + b

SELECT ~ a * b

SELECT ~ a ^ b

SELECT ~ a || b

SELECT ~ a = b

SELECT ~ a AND b

SELECT ~ a ::int

SELECT ~ a COLLATE "C"

SELECT ~ a AT TIME ZONE b

SELECT ~ a IS NULL

SELECT ~ a [1]

SELECT ~ a IN (b)

SELECT ~ a BETWEEN b AND c

SELECT ~ a ->> b

SELECT ~ a .b

SELECT NOT a + b

SELECT NOT a * b

SELECT NOT a ^ b

SELECT NOT a || b

SELECT NOT a = b

SELECT NOT a AND b

SELECT NOT a ::int

SELECT NOT a COLLATE "C"

SELECT NOT a AT TIME ZONE b

SELECT NOT a IS NULL

SELECT NOT a [1]

SELECT NOT a IN (b)

SELECT NOT a BETWEEN b AND c

SELECT NOT a ->> b

SELECT NOT a .b

SELECT |/ a + b

SELECT |/ a * b

SELECT |/ a ^ b

SELECT |/ a || b

SELECT |/ a = b

SELECT |/ a AND b

SELECT |/ a ::int

SELECT |/ a COLLATE "C"

SELECT |/ a AT TIME ZONE b

SELECT |/ a IS NULL

SELECT |/ a [1]

SELECT |/ a IN (b)

SELECT |/ a BETWEEN b AND c

SELECT |/ a ->> b

SELECT |/ a .b

--# expression: comparison forms
SELECT a IS NULL, a IS NOT NULL, a ISNULL, a NOTNULL

SELECT a IS TRUE, a IS NOT TRUE, a IS FALSE, a IS NOT FALSE, a IS UNKNOWN, a IS NOT UNKNOWN

SELECT a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b, a IS DISTINCT FROM NULL

SELECT a IS DOCUMENT, a IS NOT DOCUMENT

SELECT a IS NORMALIZED, a IS NOT NORMALIZED, a IS NFC NORMALIZED, a IS NOT NFKD NORMALIZED, a IS NFD NORMALIZED, a IS NFKC NORMALIZED

SELECT a IS JSON, a IS NOT JSON, a IS JSON VALUE, a IS JSON OBJECT, a IS JSON ARRAY, a IS JSON SCALAR

SELECT a IS JSON WITH UNIQUE, a IS JSON WITH UNIQUE KEYS, a IS JSON WITHOUT UNIQUE, a IS NOT JSON OBJECT WITHOUT UNIQUE KEYS

SELECT a BETWEEN 1 AND 10, a NOT BETWEEN 1 AND 10, a BETWEEN SYMMETRIC 10 AND 1, a NOT BETWEEN SYMMETRIC 10 AND 1, a BETWEEN ASYMMETRIC 1 AND 2, a NOT BETWEEN ASYMMETRIC 1 AND 2

SELECT a LIKE 'x%', a NOT LIKE 'x%', a LIKE 'x!%' ESCAPE '!', a NOT LIKE 'x' ESCAPE ''

SELECT a ILIKE 'x%', a NOT ILIKE 'x%', a ILIKE 'x!%' ESCAPE '!', a NOT ILIKE 'x' ESCAPE E'\\'

SELECT a SIMILAR TO 'x%', a NOT SIMILAR TO 'x%', a SIMILAR TO 'x' ESCAPE '!', a NOT SIMILAR TO 'x' ESCAPE '#'

SELECT a IN (1), a IN (1, 2, 3), a NOT IN (1, 2), a IN (SELECT 1), a NOT IN (SELECT 1), (a, b) IN (SELECT 1, 2)

SELECT a IN ((SELECT 1)), a IN ((SELECT 1), 2), a IN (VALUES (1), (2)), a IN ((1), (2))

SELECT a = ANY (ARRAY[1, 2]), a = SOME (ARRAY[1]), a = ALL (ARRAY[1]), a <> ALL ('{1,2}'), a = ANY ($1)

SELECT a = ANY (SELECT 1), a < SOME (SELECT 1), a >= ALL (SELECT 1), (a, b) = ANY (SELECT 1, 2)

SELECT a LIKE ANY (ARRAY['x', 'y']), a NOT LIKE ALL (ARRAY['x']), a ILIKE ANY (b), a NOT ILIKE SOME (b)

SELECT a LIKE ANY (SELECT 'x'), a ILIKE ALL (SELECT 'x')

SELECT a ~ ANY (ARRAY['x']), a OPERATOR(pg_catalog.=) ANY (b), a OPERATOR(pg_catalog.~) ALL (SELECT 'x'), a @> ANY (b), a + ANY (b)

SELECT (a, b) OVERLAPS (c, d), ROW(a, b) OVERLAPS ROW(c, d)

SELECT (a, b) < (c, d), ROW(a, b) <> ROW(c, d), (a, b) IS DISTINCT FROM (c, d), (a, b) IS NULL, ROW(1) IS NOT NULL

SELECT UNIQUE_COLUMN IS NULL FROM t

SELECT * FROM t WHERE a = ANY (b)

SELECT * FROM t WHERE a = ANY ($1::int[])

SELECT * FROM t WHERE a = ANY (SELECT x FROM u)

SELECT * FROM t WHERE a = SOME (b)

SELECT * FROM t WHERE a = SOME ($1::int[])

SELECT * FROM t WHERE a = SOME (SELECT x FROM u)

SELECT * FROM t WHERE a = ALL (b)

SELECT * FROM t WHERE a = ALL ($1::int[])

SELECT * FROM t WHERE a = ALL (SELECT x FROM u)

SELECT * FROM t WHERE a <> ANY (b)

SELECT * FROM t WHERE a <> ANY ($1::int[])

SELECT * FROM t WHERE a <> ANY (SELECT x FROM u)

SELECT * FROM t WHERE a <> SOME (b)

SELECT * FROM t WHERE a <> SOME ($1::int[])

SELECT * FROM t WHERE a <> SOME (SELECT x FROM u)

SELECT * FROM t WHERE a <> ALL (b)

SELECT * FROM t WHERE a <> ALL ($1::int[])

SELECT * FROM t WHERE a <> ALL (SELECT x FROM u)

SELECT * FROM t WHERE a != ANY (b)

SELECT * FROM t WHERE a != ANY ($1::int[])

SELECT * FROM t WHERE a != ANY (SELECT x FROM u)

SELECT * FROM t WHERE a != SOME (b)

SELECT * FROM t WHERE a != SOME ($1::int[])

SELECT * FROM t WHERE a != SOME (SELECT x FROM u)

SELECT * FROM t WHERE a != ALL (b)

SELECT * FROM t WHERE a != ALL ($1::int[])

SELECT * FROM t WHERE a != ALL (SELECT x FROM u)

SELECT * FROM t WHERE a < ANY (b)

SELECT * FROM t WHERE a < ANY ($1::int[])

SELECT * FROM t WHERE a < ANY (SELECT x FROM u)

SELECT * FROM t WHERE a < SOME (b)

SELECT * FROM t WHERE a < SOME ($1::int[])

SELECT * FROM t WHERE a < SOME (SELECT x FROM u)

SELECT * FROM t WHERE a < ALL (b)

SELECT * FROM t WHERE a < ALL ($1::int[])

SELECT * FROM t WHERE a < ALL (SELECT x FROM u)

SELECT * FROM t WHERE a <= ANY (b)

SELECT * FROM t WHERE a <= ANY ($1::int[])

SELECT * FROM t WHERE a <= ANY (SELECT x FROM u)

SELECT * FROM t WHERE a <= SOME (b)

SELECT * FROM t WHERE a <= SOME ($1::int[])

SELECT * FROM t WHERE a <= SOME (SELECT x FROM u)

SELECT * FROM t WHERE a <= ALL (b)

SELECT * FROM t WHERE a <= ALL ($1::int[])

SELECT * FROM t WHERE a <= ALL (SELECT x FROM u)

SELECT * FROM t WHERE a > ANY (b)

SELECT * FROM t WHERE a > ANY ($1::int[])

SELECT * FROM t WHERE a > ANY (SELECT x FROM u)

SELECT * FROM t WHERE a > SOME (b)

SELECT * FROM t WHERE a > SOME ($1::int[])

SELECT * FROM t WHERE a > SOME (SELECT x FROM u)

SELECT * FROM t WHERE a > ALL (b)

SELECT * FROM t WHERE a > ALL ($1::int[])

SELECT * FROM t WHERE a > ALL (SELECT x FROM u)

SELECT * FROM t WHERE a >= ANY (b)

SELECT * FROM t WHERE a >= ANY ($1::int[])

SELECT * FROM t WHERE a >= ANY (SELECT x FROM u)

SELECT * FROM t WHERE a >= SOME (b)

SELECT * FROM t WHERE a >= SOME ($1::int[])

SELECT * FROM t WHERE a >= SOME (SELECT x FROM u)

SELECT * FROM t WHERE a >= ALL (b)

SELECT * FROM t WHERE a >= ALL ($1::int[])

SELECT * FROM t WHERE a >= ALL (SELECT x FROM u)

SELECT * FROM t WHERE a ~ ANY (b)

SELECT * FROM t WHERE a ~ ANY ($1::int[])

SELECT * FROM t WHERE a ~ ANY (SELECT x FROM u)

SELECT * FROM t WHERE a ~ SOME (b)

SELECT * FROM t WHERE a ~ SOME ($1::int[])

SELECT * FROM t WHERE a ~ SOME (SELECT x FROM u)

SELECT * FROM t WHERE a ~ ALL (b)

SELECT * FROM t WHERE a ~ ALL ($1::int[])

SELECT * FROM t WHERE a ~ ALL (SELECT x FROM u)

SELECT * FROM t WHERE a @> ANY (b)

SELECT * FROM t WHERE a @> ANY ($1::int[])

SELECT * FROM t WHERE a @> ANY (SELECT x FROM u)

SELECT * FROM t WHERE a @> SOME (b)

SELECT * FROM t WHERE a @> SOME ($1::int[])

SELECT * FROM t WHERE a @> SOME (SELECT x FROM u)

SELECT * FROM t WHERE a @> ALL (b)

SELECT * FROM t WHERE a @> ALL ($1::int[])

SELECT * FROM t WHERE a @> ALL (SELECT x FROM u)

SELECT * FROM t WHERE a LIKE 'x%'

SELECT * FROM t WHERE a LIKE $1

SELECT * FROM t WHERE a LIKE b || '%'

SELECT * FROM t WHERE a LIKE 'a!_' ESCAPE '!'

SELECT * FROM t WHERE a LIKE lower(c) ESCAPE NULL

SELECT * FROM t WHERE a ILIKE 'x%'

SELECT * FROM t WHERE a ILIKE $1

SELECT * FROM t WHERE a ILIKE b || '%'

SELECT * FROM t WHERE a ILIKE 'a!_' ESCAPE '!'

SELECT * FROM t WHERE a ILIKE lower(c) ESCAPE NULL

SELECT * FROM t WHERE a SIMILAR TO 'x%'

SELECT * FROM t WHERE a SIMILAR TO $1

SELECT * FROM t WHERE a SIMILAR TO b || '%'

SELECT * FROM t WHERE a SIMILAR TO 'a!_' ESCAPE '!'

SELECT * FROM t WHERE a SIMILAR TO lower(c) ESCAPE NULL

SELECT * FROM t WHERE a NOT LIKE 'x%'

SELECT * FROM t WHERE a NOT LIKE $1

SELECT * FROM t WHERE a NOT LIKE b || '%'

SELECT * FROM t WHERE a NOT LIKE 'a!_' ESCAPE '!'

SELECT * FROM t WHERE a NOT LIKE lower(c) ESCAPE NULL

SELECT * FROM t WHERE a NOT ILIKE 'x%'

SELECT * FROM t WHERE a NOT ILIKE $1

SELECT * FROM t WHERE a NOT ILIKE b || '%'

SELECT * FROM t WHERE a NOT ILIKE 'a!_' ESCAPE '!'

SELECT * FROM t WHERE a NOT ILIKE lower(c) ESCAPE NULL

SELECT * FROM t WHERE a NOT SIMILAR TO 'x%'

SELECT * FROM t WHERE a NOT SIMILAR TO $1

SELECT * FROM t WHERE a NOT SIMILAR TO b || '%'

SELECT * FROM t WHERE a NOT SIMILAR TO 'a!_' ESCAPE '!'

SELECT * FROM t WHERE a NOT SIMILAR TO lower(c) ESCAPE NULL

SELECT * FROM t WHERE a IS NULL

SELECT * FROM t WHERE a IS NOT NULL

SELECT * FROM t WHERE a IS DISTINCT FROM NULL

SELECT * FROM t WHERE a IS NOT DISTINCT FROM c

SELECT * FROM t WHERE a + 1 IS NULL

SELECT * FROM t WHERE a + 1 IS NOT NULL

SELECT * FROM t WHERE a + 1 IS DISTINCT FROM NULL

SELECT * FROM t WHERE a + 1 IS NOT DISTINCT FROM c

SELECT * FROM t WHERE lower(b) IS NULL

SELECT * FROM t WHERE lower(b) IS NOT NULL

SELECT * FROM t WHERE lower(b) IS DISTINCT FROM NULL

SELECT * FROM t WHERE lower(b) IS NOT DISTINCT FROM c

SELECT * FROM t WHERE (a, b) IS NULL

SELECT * FROM t WHERE (a, b) IS NOT NULL

SELECT * FROM t WHERE (a, b) IS DISTINCT FROM NULL

SELECT * FROM t WHERE (a, b) IS NOT DISTINCT FROM c

SELECT * FROM t WHERE t IS NULL

SELECT * FROM t WHERE t IS NOT NULL

SELECT * FROM t WHERE t IS DISTINCT FROM NULL

SELECT * FROM t WHERE t IS NOT DISTINCT FROM c

--# expression: casts
SELECT CAST(a AS int), CAST('1' AS numeric(10, 2)), CAST(a AS text[]), CAST(NULL AS public.my_type)

SELECT a::int, '1'::numeric(10, 2), a::text[], a::public.my_type, a::"Quoted"."Type"

SELECT int '1', float8 '1.5', text 'x', bool 't', date '2024-01-01', uuid 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'

SELECT time '12:00', timestamp '2024-01-01', timestamptz '2024-01-01 00:00+00', timestamp with time zone '2024-01-01', timestamp without time zone '2024-01-01', time with time zone '12:00+01', time without time zone '12:00'

SELECT timestamp(3) '2024-01-01', time(6) with time zone '12:00', timestamp(0) without time zone '2024-01-01', timestamptz(3) '2024-01-01'

SELECT point '(1,2)', box '((0,0),(1,1))', json '{}', jsonb '{"a":1}', bytea '\x00', inet '10.0.0.1', varchar(10) 'x', char(3) 'abc', bpchar 'x'

SELECT pg_catalog.int4 '1', my_schema.my_type 'x', pg_catalog.numeric(10, 2) '1.5', numeric(3) '1'

SELECT bit '101', bit(3) '101', bit varying '101', bit varying(5) '101', double precision '1.5', national character varying(5) 'x', character 'x', decimal(3, 1) '1.5', dec '1', real '1', float '1', float(24) '1', smallint '1', bigint '1', boolean 'true', integer '1'

SELECT f(1)::text, (a + b)::int, ARRAY[1]::bigint[], ROW(1, 'a')::pair, (1, 2)::pair, $1::uuid, NULL::int, 'x'::regclass::oid

SELECT a::int[3], a::int[3][3], a::int ARRAY, a::int ARRAY[4], a::setof_thing

SELECT 'x'::char, 'x'::"char", 'x'::character(3), 'x'::char varying(3), 'x'::varchar, 'x'::nchar(2), 'x'::nchar varying(3), 'x'::national char(3), 'x'::national character(3)

SELECT '1'::bit, '1'::bit(3), '1'::bit varying, '1'::bit varying(3)

SELECT '1'::dec(3, 1), '1'::decimal, '1'::numeric, '1'::float(1), '1'::float(25), '1'::float(53), '1'::real, '1'::double precision

SELECT 'now'::timestamp(3) with time zone, 'now'::time without time zone, 'now'::time(2), 'now'::timestamp(6) without time zone

SELECT t.a::t.b%TYPE_SUFFIX FROM t

SELECT CAST(ROW(1, 2) AS pair), CAST((SELECT 1) AS text), CAST(a || b AS varchar(5)), CAST(a AS bit varying), CAST(a AS double precision), CAST(a AS timestamp(3) with time zone)

SELECT a :: int4

SELECT a :: bigint[]

SELECT a :: numeric(12, 4)

SELECT a :: character varying(30)

SELECT a :: timestamp with time zone

SELECT a :: interval day to second(3)

SELECT a :: public.custom_type(1, 'x')[]

SELECT '1' :: int4

SELECT '1' :: bigint[]

SELECT '1' :: numeric(12, 4)

SELECT '1' :: character varying(30)

SELECT '1' :: timestamp with time zone

SELECT '1' :: interval day to second(3)

SELECT '1' :: public.custom_type(1, 'x')[]

SELECT $1 :: int4

SELECT $1 :: bigint[]

SELECT $1 :: numeric(12, 4)

SELECT $1 :: character varying(30)

SELECT $1 :: timestamp with time zone

SELECT $1 :: interval day to second(3)

SELECT $1 :: public.custom_type(1, 'x')[]

SELECT f(a) :: int4

SELECT f(a) :: bigint[]

SELECT f(a) :: numeric(12, 4)

SELECT f(a) :: character varying(30)

SELECT f(a) :: timestamp with time zone

SELECT f(a) :: interval day to second(3)

SELECT f(a) :: public.custom_type(1, 'x')[]

SELECT (a + 1) :: int4

SELECT (a + 1) :: bigint[]

SELECT (a + 1) :: numeric(12, 4)

SELECT (a + 1) :: character varying(30)

SELECT (a + 1) :: timestamp with time zone

SELECT (a + 1) :: interval day to second(3)

SELECT (a + 1) :: public.custom_type(1, 'x')[]

SELECT ARRAY[a] :: int4

SELECT ARRAY[a] :: bigint[]

SELECT ARRAY[a] :: numeric(12, 4)

SELECT ARRAY[a] :: character varying(30)

SELECT ARRAY[a] :: timestamp with time zone

SELECT ARRAY[a] :: interval day to second(3)

SELECT ARRAY[a] :: public.custom_type(1, 'x')[]

SELECT CAST(a + 1 AS smallint)

SELECT CAST(a + 1 AS boolean)

SELECT CAST(a + 1 AS double precision)

SELECT CAST(a + 1 AS bit varying(8))

SELECT CAST(a + 1 AS time(3) with time zone)

SELECT CAST(a + 1 AS interval(3))

SELECT CAST(a + 1 AS national character varying(9))

SELECT CAST(a + 1 AS json)

SELECT CAST(a + 1 AS xml[][])

SELECT CAST(NULL AS smallint)

SELECT CAST(NULL AS boolean)

SELECT CAST(NULL AS double precision)

SELECT CAST(NULL AS bit varying(8))

SELECT CAST(NULL AS time(3) with time zone)

SELECT CAST(NULL AS interval(3))

SELECT CAST(NULL AS national character varying(9))

SELECT CAST(NULL AS json)

SELECT CAST(NULL AS xml[][])

SELECT CAST('{}' AS smallint)

SELECT CAST('{}' AS boolean)

SELECT CAST('{}' AS double precision)

SELECT CAST('{}' AS bit varying(8))

SELECT CAST('{}' AS time(3) with time zone)

SELECT CAST('{}' AS interval(3))

SELECT CAST('{}' AS national character varying(9))

SELECT CAST('{}' AS json)

SELECT CAST('{}' AS xml[][])

--# expression: intervals
SELECT INTERVAL '1 day', INTERVAL '1' DAY, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '1' YEAR, INTERVAL '1' MONTH, INTERVAL '1' HOUR, INTERVAL '1' MINUTE, INTERVAL '1' SECOND

SELECT INTERVAL '1 2' DAY TO HOUR, INTERVAL '1 2:3' DAY TO MINUTE, INTERVAL '1 2:3:4' DAY TO SECOND, INTERVAL '1:2' HOUR TO MINUTE, INTERVAL '1:2:3' HOUR TO SECOND, INTERVAL '1:2' MINUTE TO SECOND

SELECT INTERVAL '1.234' SECOND(2), INTERVAL '1 2:3:4.567' DAY TO SECOND(3), INTERVAL '1:2:3.4' HOUR TO SECOND(1), INTERVAL '1:2.5' MINUTE TO SECOND(6), INTERVAL(3) '1.2345 seconds'

SELECT a::interval year, interval

SELECT a::interval month, interval

SELECT a::interval day, interval

SELECT a::interval hour, interval

SELECT a::interval minute, interval

SELECT a::interval second, interval

SELECT a::interval year to month, interval

SELECT a::interval day to hour, interval

SELECT a::interval day to minute, interval

SELECT a::interval day to second, interval

SELECT a::interval hour to minute, interval

SELECT a::interval hour to second, interval

SELECT a::interval minute to second, interval

SELECT a::interval second(4), interval

SELECT a::interval day to second(2), interval

SELECT a::interval(3), CAST(a AS interval), CAST(a AS interval year to month), now() - interval '1 day' * 3

SELECT '1'::interval second(0), interval '2' second (3)

--# expression: arrays and subscripts
SELECT ARRAY[1, 2, 3], ARRAY[]::int[], ARRAY[[1, 2], [3, 4]], ARRAY[ARRAY[1], ARRAY[2]], ARRAY[[[1]]], ARRAY[NULL, 'x', 1.5]

SELECT ARRAY(SELECT a FROM t ORDER BY a), ARRAY((SELECT 1)), ARRAY(VALUES (1), (2))

SELECT a[1], a[1][2], a[i + 1], a[b[1]], a[1:2], a[1:2][3:4], a[:], a[1:], a[:2], a[$1:$2], a[-1], a[f(1):g(2)]

SELECT (a || b)[1], (ARRAY[1, 2])[1:2], (f(x))[1], (f(x)).arr[2].c, ($1)[1], ('{1,2}'::int[])[1], (SELECT ARRAY[1])[1]

SELECT a.b[1].c[2].d FROM a

SELECT a[1].* FROM t

SELECT ARRAY[a, b] || c, ARRAY[1] = ANY (d), 1 = ANY (ARRAY[]::int[]), ARRAY[1, 2] @> ARRAY[1]

SELECT doc['key'], doc['a']['b'][0], (doc -> 'x')[0] FROM t

SELECT '{1,2}'::int[] || 3, cardinality(ARRAY[[], []]::int[][])

--# expression: rows
SELECT ROW(), ROW(1), ROW(1, 2), ROW(a, ROW(b, c)), (1, 2), (a, (b, c)), ((1, 2), (3, 4))

SELECT ROW(t.*), ROW(t.*, 1), (t).*, (t.*).a, ROW(1, 2) = ROW(1, 2), (1, 'a', NULL) FROM t

SELECT (ROW(1, 2)::pair).a, ((1, 2)::pair).*, (ROW(1, 2)).f1

SELECT (a) , (a, b), ((a)), ((a), b)

--# expression: case and conditional functions
SELECT CASE WHEN a THEN 1 END, CASE WHEN a THEN 1 ELSE 2 END, CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' ELSE 'z' END

SELECT CASE WHEN a THEN CASE b WHEN 1 THEN 2 END ELSE CASE WHEN c THEN 3 END END

SELECT CASE a + 1 WHEN b * 2 THEN c ELSE d END + 1, CASE WHEN a = 1 OR b THEN NULL END IS NULL

SELECT CASE WHEN a IN (1, 2) THEN 'low' WHEN a BETWEEN 3 AND 5 THEN 'mid' ELSE NULL END AS level

SELECT COALESCE(a), COALESCE(a, b, 0), NULLIF(a, ''), GREATEST(a, b), LEAST(1, 2, 3), COALESCE(NULLIF(a, 0), GREATEST(b, 1))

--# expression: functions
SELECT f(), f(1), f(a, b), s.f(1), c.s.f(1), "F"(1), f(f(f(1)))

SELECT f(VARIADIC a), f(1, VARIADIC ARRAY[1, 2]), f(VARIADIC arr => ARRAY[1]), f(1, VARIADIC a ORDER BY b)

SELECT f(a => 1), f(a => 1, b => 2), f(1, b => 2), f(a := 1), f("Quoted" := 1, other => 2)

SELECT f(*), f(DISTINCT a), f(ALL a, b), f(a ORDER BY b), f(DISTINCT a ORDER BY a)

SELECT count(*) AS n, pg_catalog.count(*), upper(lower(a)), now(), pg_catalog.now()

SELECT f(a) IS NULL, (f(a)).b, (f(a))[1] FROM t

SELECT f((SELECT 1)), f((a, b)), f(ARRAY[1, 2]), f(NOT a), f(a = b), f(a AND b)

SELECT f(a) IGNORE, f(a) RESPECT FROM t

--# expression: special functions
SELECT CURRENT_DATE, CURRENT_TIME, CURRENT_TIME(3), CURRENT_TIMESTAMP, CURRENT_TIMESTAMP(0), LOCALTIME, LOCALTIME(2), LOCALTIMESTAMP, LOCALTIMESTAMP(6)

SELECT CURRENT_ROLE, CURRENT_USER, SESSION_USER, SYSTEM_USER, USER, CURRENT_CATALOG, CURRENT_SCHEMA

SELECT current_schema(), current_schema, current_catalog, user

SELECT EXTRACT(year FROM a), EXTRACT('dow' FROM a), EXTRACT(epoch FROM now() - a), EXTRACT(timezone_hour FROM a)

SELECT EXTRACT(YEAR FROM a)

SELECT EXTRACT(YEAR FROM timestamp '2024-01-01')

SELECT EXTRACT(YEAR FROM a - b)

SELECT EXTRACT(MONTH FROM a)

SELECT EXTRACT(MONTH FROM timestamp '2024-01-01')

SELECT EXTRACT(MONTH FROM a - b)

SELECT EXTRACT(DAY FROM a)

SELECT EXTRACT(DAY FROM timestamp '2024-01-01')

SELECT EXTRACT(DAY FROM a - b)

SELECT EXTRACT(HOUR FROM a)

SELECT EXTRACT(HOUR FROM timestamp '2024-01-01')

SELECT EXTRACT(HOUR FROM a - b)

SELECT EXTRACT(MINUTE FROM a)

SELECT EXTRACT(MINUTE FROM timestamp '2024-01-01')

SELECT EXTRACT(MINUTE FROM a - b)

SELECT EXTRACT(SECOND FROM a)

SELECT EXTRACT(SECOND FROM timestamp '2024-01-01')

SELECT EXTRACT(SECOND FROM a - b)

SELECT EXTRACT(century FROM a)

SELECT EXTRACT(century FROM timestamp '2024-01-01')

SELECT EXTRACT(century FROM a - b)

SELECT EXTRACT('week' FROM a)

SELECT EXTRACT('week' FROM timestamp '2024-01-01')

SELECT EXTRACT('week' FROM a - b)

SELECT EXTRACT("Quoted" FROM a)

SELECT EXTRACT("Quoted" FROM timestamp '2024-01-01')

SELECT EXTRACT("Quoted" FROM a - b)

SELECT OVERLAY('abcdef' PLACING 'x' FROM 2), OVERLAY(a PLACING b FROM 1 FOR 3), OVERLAY(a, b, 1, 2), overlay()

SELECT POSITION('a' IN 'abc'), POSITION(a || b IN c), POSITION($1 IN a::text)

SELECT SUBSTRING('abc' FROM 2), SUBSTRING('abc' FROM 2 FOR 1), SUBSTRING('abc' FOR 2), SUBSTRING('abc' FOR 2 FROM 1), SUBSTRING('abc', 1, 2), SUBSTRING('abc' FROM 'b.'), SUBSTRING('abc' SIMILAR '#"b#"%' ESCAPE '#'), substring()

SELECT TRIM(a), TRIM(BOTH FROM a), TRIM(LEADING 'x' FROM a), TRIM(TRAILING FROM a), TRIM('x' FROM a), TRIM(BOTH 'x' FROM a), TRIM(a, 'x'), TRIM(LEADING a, 'x'), TRIM(FROM a), TRIM(TRAILING a), TRIM(BOTH a, b)

SELECT NORMALIZE('a'), NORMALIZE(a, NFC), NORMALIZE(a, NFD), NORMALIZE(a, NFKC), NORMALIZE(a, NFKD)

SELECT COLLATION FOR (a), COLLATION FOR ('a' || b), COLLATION FOR (a COLLATE "C")

SELECT TREAT(a AS int), TREAT(a AS public.t)

SELECT a AT TIME ZONE 'UTC', a AT LOCAL, (a AT LOCAL) AT TIME ZONE b, now() AT TIME ZONE INTERVAL '1' HOUR

SELECT XMLCONCAT(a, b), XMLELEMENT(NAME foo), XMLELEMENT(NAME foo, XMLATTRIBUTES (a AS b, c)), XMLELEMENT(NAME foo, XMLATTRIBUTES (a), 'content', b), XMLELEMENT(NAME foo, a, b)

SELECT XMLFOREST(a, b AS c), XMLPARSE(DOCUMENT a), XMLPARSE(CONTENT a PRESERVE WHITESPACE), XMLPARSE(CONTENT a STRIP WHITESPACE), XMLPI(NAME foo), XMLPI(NAME foo, 'bar'), XMLROOT(a, VERSION '1.0'), XMLROOT(a, VERSION NO VALUE, STANDALONE YES), XMLROOT(a, VERSION NO VALUE, STANDALONE NO VALUE), XMLSERIALIZE(CONTENT a AS text), XMLSERIALIZE(DOCUMENT a AS text INDENT), XMLSERIALIZE(CONTENT a AS text NO INDENT), XMLEXISTS('//a' PASSING b), XMLEXISTS('//a' PASSING BY REF b), XMLEXISTS('//a' PASSING b BY VALUE), XMLEXISTS('//a' PASSING BY VALUE b BY REF)

SELECT * FROM XMLTABLE('//row' PASSING doc COLUMNS id int PATH '@id', n FOR ORDINALITY, name text DEFAULT 'x' NOT NULL)

SELECT * FROM t, XMLTABLE(XMLNAMESPACES ('http://x' AS x, DEFAULT 'http://d'), '/r' PASSING BY REF t.doc COLUMNS a text PATH 'a' NULL) AS xt

SELECT * FROM t, LATERAL XMLTABLE('/r' PASSING t.doc COLUMNS a text) x (b)

--# expression: json functions
SELECT JSON_OBJECT(), JSON_OBJECT('a': 1), JSON_OBJECT('a' VALUE 1, 'b' : 2), JSON_OBJECT(KEY 'a' VALUE 1)

SELECT JSON_OBJECT('a': 1 NULL ON NULL), JSON_OBJECT('a': 1 ABSENT ON NULL), JSON_OBJECT('a': 1 WITH UNIQUE KEYS), JSON_OBJECT('a': 1 WITHOUT UNIQUE), JSON_OBJECT('a': 1 ABSENT ON NULL WITH UNIQUE RETURNING jsonb)

SELECT JSON_OBJECT('a': 1 RETURNING text), JSON_OBJECT('a': 1 RETURNING bytea FORMAT JSON ENCODING UTF8), JSON_OBJECT('a': '{}' FORMAT JSON), JSON_OBJECT('{a,1}'), JSON_OBJECT('{a}', '{1}')

SELECT JSON_ARRAY(), JSON_ARRAY(1, 2), JSON_ARRAY(1, NULL NULL ON NULL), JSON_ARRAY(1 ABSENT ON NULL RETURNING jsonb), JSON_ARRAY(SELECT a FROM t), JSON_ARRAY(SELECT a FROM t ORDER BY a RETURNING jsonb), JSON_ARRAY(RETURNING text), JSON_ARRAY(a FORMAT JSON, b)

SELECT JSON_ARRAY(SELECT a FROM t FORMAT JSON RETURNING text FORMAT JSON)

SELECT JSON_OBJECTAGG(k : v), JSON_OBJECTAGG(k VALUE v), JSON_OBJECTAGG(k : v ABSENT ON NULL WITH UNIQUE KEYS RETURNING jsonb), JSON_OBJECTAGG(k : v) FILTER (WHERE k > 1), JSON_OBJECTAGG(k : v) OVER (PARTITION BY g) FROM t

SELECT JSON_ARRAYAGG(v), JSON_ARRAYAGG(v ORDER BY v DESC), JSON_ARRAYAGG(v NULL ON NULL RETURNING text), JSON_ARRAYAGG(v ORDER BY w ABSENT ON NULL) FILTER (WHERE v > 1) OVER w2 FROM t WINDOW w2 AS ()

SELECT JSON('{}'), JSON('{}' WITH UNIQUE KEYS), JSON('{}' FORMAT JSON), JSON_SCALAR(1), JSON_SERIALIZE('{}'), JSON_SERIALIZE('{}' RETURNING bytea), JSON(a WITHOUT UNIQUE KEYS)

SELECT JSON_VALUE(a, '$.x'), JSON_VALUE(a, '$.x' RETURNING int), JSON_VALUE(a, '$.x' DEFAULT 0 ON EMPTY), JSON_VALUE(a, '$.x' DEFAULT 0 ON EMPTY ERROR ON ERROR), JSON_VALUE(a, '$.x' NULL ON EMPTY NULL ON ERROR), JSON_VALUE(a, '$.x' PASSING 1 AS y, 'b' AS "Z" RETURNING text ERROR ON EMPTY DEFAULT 'x' ON ERROR)

SELECT JSON_QUERY(a, '$.x'), JSON_QUERY(a, '$' RETURNING jsonb), JSON_QUERY(a, '$' WITH WRAPPER), JSON_QUERY(a, '$' WITHOUT WRAPPER), JSON_QUERY(a, '$' WITH CONDITIONAL WRAPPER), JSON_QUERY(a, '$' WITH UNCONDITIONAL ARRAY WRAPPER), JSON_QUERY(a, '$' WITHOUT ARRAY WRAPPER KEEP QUOTES), JSON_QUERY(a, '$' OMIT QUOTES), JSON_QUERY(a, '$' OMIT QUOTES ON SCALAR STRING), JSON_QUERY(a, '$' EMPTY ARRAY ON EMPTY EMPTY OBJECT ON ERROR), JSON_QUERY(a, '$' EMPTY ON EMPTY), JSON_QUERY(a, '$' WITH ARRAY WRAPPER), JSON_QUERY(a, '$' WITH UNCONDITIONAL WRAPPER)

SELECT JSON_EXISTS(a, '$.x'), JSON_EXISTS(a, '$.x' PASSING 1 AS y), JSON_EXISTS(a, '$.x' TRUE ON ERROR), JSON_EXISTS(a, '$.x' FALSE ON ERROR), JSON_EXISTS(a, '$.x' UNKNOWN ON ERROR), JSON_EXISTS(a FORMAT JSON, '$' ERROR ON ERROR)

SELECT * FROM JSON_TABLE('[]', '$[*]' COLUMNS (id FOR ORDINALITY, a int PATH '$.a', b text FORMAT JSON PATH '$.b' WITH WRAPPER, c bool EXISTS PATH '$.c' TRUE ON ERROR, d int DEFAULT 0 ON EMPTY NULL ON ERROR)) AS jt

SELECT * FROM JSON_TABLE(doc, '$' AS root PASSING 1 AS x COLUMNS (NESTED PATH '$.items[*]' AS items COLUMNS (n int, NESTED '$.deep' COLUMNS (m text OMIT QUOTES))) ERROR ON ERROR) jt

SELECT * FROM t, JSON_TABLE(t.doc, 'lax $' COLUMNS (a int EXISTS, b jsonb KEEP QUOTES ON SCALAR STRING, c text FORMAT JSON ENCODING UTF8) EMPTY ON ERROR) AS j (x, y, z)

SELECT MERGE_ACTION() FROM t

--# expression: subqueries
SELECT (SELECT a FROM t WHERE t.id = u.id) FROM u

SELECT a FROM t WHERE a = (SELECT max(a) FROM t) AND b > ALL (SELECT b FROM u)

SELECT a FROM t WHERE (a, b) = (SELECT 1, 2)

SELECT EXISTS (VALUES (1)), NOT EXISTS (TABLE t), EXISTS ((SELECT 1)), EXISTS (WITH w AS (SELECT 1) SELECT * FROM w)

SELECT ((SELECT 1)), (((SELECT 1))) + 1, (SELECT 1) + (SELECT 2), -(SELECT 1), (SELECT 1)::text, (SELECT 1) IS NULL

SELECT (SELECT 1 UNION SELECT 2 LIMIT 1), ((SELECT 1) UNION (SELECT 2)), ((SELECT 1) LIMIT 1), ((SELECT 1) ORDER BY 1)

SELECT a IN ((SELECT 1) UNION SELECT 2), a IN ((SELECT 1)), a IN (((SELECT 1)))

SELECT (VALUES (1)), (TABLE t LIMIT 1), (WITH w AS (SELECT 1) TABLE w)

--# expression: operators with schema and custom names
SELECT a OPERATOR(pg_catalog.=) b, a OPERATOR(s."Q".+) b, OPERATOR(pg_catalog.-) a, OPERATOR(-) a

SELECT a +++ b, a <<>> b, a !@# b, a #%^ b, a |&| b, a ~~~ b, a =# b

SELECT a @#@ b, @#@ a, a <=>@ b, a *** b, a //// b, a %% b, %% a, ^^ a

SELECT a ->> 'b'::text, a -> 'b' IS NULL, a #>> '{a,b}' = 'x', a @> '{"b":1}'::jsonb

SELECT a*b, a*-b, a/b, a<-1, a= -1, a>=-1, a<>-1, a|| -1, 5!= -1

SELECT a<b, a<=b, a>b,a>=b, a<>b, a!=b, a=b FROM t

SELECT a =-1, a @-1, a~-1
