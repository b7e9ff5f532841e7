--# in the manner of Prisma
SELECT "public"."User"."id", "public"."User"."email", "public"."User"."role"::text FROM "public"."User" WHERE ("public"."User"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3

SELECT "public"."Post"."id", "public"."Post"."authorId" FROM "public"."Post" WHERE "public"."Post"."authorId" IN ($1,$2,$3) OFFSET $4

SELECT "public"."User"."id" FROM "public"."User" WHERE ("public"."User"."name"::text LIKE $1 OR ("public"."User"."name"::text ILIKE $2 AND (NOT "public"."User"."age" > $3))) ORDER BY "public"."User"."id" ASC LIMIT $4 OFFSET $5

SELECT "t1"."id", "t1"."email", "User_posts"."__prisma_data__" AS "posts" FROM "public"."User" AS "t1" LEFT JOIN LATERAL (SELECT COALESCE(JSONB_AGG("__prisma_data__"), '[]') AS "__prisma_data__" FROM (SELECT "t3"."__prisma_data__" FROM (SELECT JSONB_BUILD_OBJECT('id', "t2"."id", 'title', "t2"."title") AS "__prisma_data__" FROM (SELECT "t1"."id", "t1"."title" FROM "public"."Post" AS "t1" WHERE "t0"."id" = "t1"."authorId" /* root select */) AS "t2" /* inner select */) AS "t3" /* middle select */) AS "t4" /* outer select */) AS "User_posts" ON TRUE LIMIT $1

SELECT COUNT(*) FROM (SELECT "public"."User"."id" FROM "public"."User" WHERE 1=1 OFFSET $1) AS "sub"

SELECT COUNT(*) AS "_count._all", SUM("age") AS "_sum.age", AVG("age") AS "_avg.age" FROM (SELECT "public"."User"."id", "public"."User"."age" FROM "public"."User" WHERE 1=1 OFFSET $1) AS "sub"

SELECT COUNT(*), "public"."User"."role"::text FROM "public"."User" WHERE 1=1 GROUP BY "public"."User"."role" HAVING COUNT("public"."User"."id") > $1 ORDER BY COUNT("public"."User"."id") DESC OFFSET $2

INSERT INTO "public"."User" ("email","name","role","updatedAt") VALUES ($1,$2,CAST($3::text AS "public"."Role"),$4) RETURNING "public"."User"."id"

INSERT INTO "public"."User" ("email","tags") VALUES ($1,ARRAY[$2,$3]::text[]), ($4,DEFAULT) ON CONFLICT DO NOTHING

INSERT INTO "public"."User" ("email") VALUES ($1) ON CONFLICT ("email") DO UPDATE SET "name" = $2 WHERE ("public"."User"."email" = $3 AND 1=1) RETURNING "public"."User"."id", "public"."User"."email"

UPDATE "public"."User" SET "name" = $1, "age" = "age" + $2, "tags" = array_cat(COALESCE("tags", $3), $4) WHERE ("public"."User"."id" = $5 AND 1=1) RETURNING "public"."User"."id"

DELETE FROM "public"."User" WHERE ("public"."User"."id" IN ($1) AND ("public"."User"."id" IN ($2) AND 1=1))

SELECT "public"."Post"."id" FROM "public"."Post" LEFT JOIN "public"."User" AS "j1" ON ("j1"."id") = ("public"."Post"."authorId") WHERE ("j1"."email" = $1 AND ("j1"."id" IS NOT NULL)) OFFSET $2

SELECT "public"."User"."id" FROM "public"."User" WHERE ("public"."User"."id") IN (SELECT "t1"."authorId" FROM "public"."Post" AS "t1" WHERE ("t1"."title" = $1 AND "t1"."authorId" IS NOT NULL)) OFFSET $2

SELECT "public"."User"."id" FROM "public"."User" WHERE ("public"."User"."doc"#>ARRAY[$1]::text[])::jsonb::jsonb = $2::jsonb OFFSET $3

SELECT tbl.relname AS table_name, namespace.nspname AS namespace, (tbl.relhassubclass AND tbl.relkind = 'p') AS is_partition FROM pg_class AS tbl INNER JOIN pg_namespace AS namespace ON namespace.oid = tbl.relnamespace WHERE tbl.relkind IN ('r', 'p') AND namespace.nspname = ANY ($1) ORDER BY namespace, table_name

SELECT EXISTS(SELECT 1 FROM pg_namespace WHERE nspname = $1), version(), current_setting('server_version_num')::integer AS numeric_version

SELECT pg_advisory_lock(72707369)

ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE

CREATE UNIQUE INDEX "User_email_key" ON "User"("email")

CREATE TABLE "_CatToPost" ("A" INTEGER NOT NULL, "B" UUID NOT NULL, CONSTRAINT "_CatToPost_AB_pkey" PRIMARY KEY ("A","B"))

ALTER TYPE "Role" RENAME TO "Role_old"

ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new")

--# in the manner of ActiveRecord
SELECT "users".* FROM "users" WHERE "users"."id" = $1 LIMIT $2

SELECT 1 AS one FROM "users" WHERE "users"."email" = $1 LIMIT $2

SELECT "users".* FROM "users" ORDER BY "users"."id" DESC LIMIT $1

SELECT "users".* FROM "users" INNER JOIN "posts" ON "posts"."user_id" = "users"."id" LEFT OUTER JOIN "tags" ON "tags"."post_id" = "posts"."id" WHERE "posts"."state" IN ($1, $2) AND NOT ("users"."name" LIKE $3)

SELECT DISTINCT "users"."id", users.name AS alias_0 FROM "users" WHERE (age BETWEEN 1 AND 5) ORDER BY users.name ASC NULLS LAST LIMIT $1 OFFSET $2

SELECT COUNT(*) AS count_all, "users"."role" AS users_role FROM "users" GROUP BY "users"."role" HAVING (COUNT(*) > 1)

SELECT COUNT(DISTINCT "users"."id") FROM "users" WHERE "users"."deleted_at" IS NULL

SELECT "users".* FROM "users" WHERE "users"."id" > $1 ORDER BY "users"."id" ASC LIMIT $2 FOR UPDATE SKIP LOCKED

INSERT INTO "users" ("name", "created_at", "updated_at") VALUES ($1, $2, $3) RETURNING "id"

INSERT INTO "users" ("email","name") VALUES ('a@b.c', 'A'), ('d@e.f', 'D') ON CONFLICT ("email") DO UPDATE SET updated_at=(CASE WHEN ("users"."name" IS NOT DISTINCT FROM excluded."name") THEN "users".updated_at ELSE CURRENT_TIMESTAMP END),"name"=excluded."name" RETURNING "id"

UPDATE "users" SET "name" = $1, "lock_version" = COALESCE("users"."lock_version", 0) + 1 WHERE "users"."id" = $2 AND "users"."lock_version" = $3

UPDATE "users" SET "score" = 1 WHERE ("users"."id") IN (SELECT "users"."id" FROM "users" INNER JOIN "posts" ON "posts"."user_id" = "users"."id")

DELETE FROM "users" WHERE "users"."id" = $1

SELECT a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid), a.attnotnull, a.atttypid, a.atttypmod, c.collname, col_description(a.attrelid, a.attnum) AS comment FROM pg_attribute a LEFT JOIN pg_attrdef d ON a.attrelid = d.adrelid AND a.attnum = d.adnum LEFT JOIN pg_type t ON a.atttypid = t.oid LEFT JOIN pg_collation c ON a.attcollation = c.oid AND a.attcollation <> t.typcollation WHERE a.attrelid = '"users"'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum

SELECT t.oid, t.typname, t.typelem, t.typdelim, t.typinput, r.rngsubtype, t.typtype, t.typbasetype FROM pg_type as t LEFT JOIN pg_range as r ON oid = rngtypid WHERE t.typname IN ('int2', 'jsonb') OR t.typtype IN ('r', 'e', 'd') OR t.typinput = 'array_in(cstring,oid,integer)'::regprocedure OR t.typelem != 0

SELECT a.attname FROM ( SELECT indrelid, indkey, generate_subscripts(indkey, 1) idx FROM pg_index WHERE indrelid = '"users"'::regclass AND indisprimary ) i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[i.idx] ORDER BY i.idx

CREATE TABLE "users" ("id" bigserial primary key, "name" character varying DEFAULT '' NOT NULL, "price" decimal(8,2), "meta" jsonb DEFAULT '{}', "created_at" timestamp(6) NOT NULL)

CREATE TABLE "schema_migrations" ("version" character varying NOT NULL PRIMARY KEY)

CREATE UNIQUE INDEX CONCURRENTLY "index_users_on_email" ON "users" (lower(email)) WHERE deleted_at IS NULL

ALTER TABLE "posts" ADD CONSTRAINT "fk_rails_5b5ddfd518" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE NOT VALID

ALTER TABLE "users" ALTER COLUMN "name" TYPE text USING name::text, ALTER COLUMN "name" SET DEFAULT 'x'

SET client_min_messages TO 'warning'

SET SESSION timezone TO 'UTC'

SET standard_conforming_strings = off

SAVEPOINT active_record_1

RELEASE SAVEPOINT active_record_1

ROLLBACK TO SAVEPOINT active_record_1

BEGIN ISOLATION LEVEL SERIALIZABLE

SELECT pg_try_advisory_lock(5295901941911233559)

DEALLOCATE a1

PREPARE a1 AS SELECT "users".* FROM "users" WHERE "users"."id" = $1 LIMIT $2

--# in the manner of other drivers and tools
SELECT set_config('search_path', '', false)

SELECT pg_catalog.set_config('application_name', $1, false), current_schemas(true)

SELECT oid, typarray FROM pg_type WHERE typname = ANY ('{int8,jsonb,citext}'::text[])

SELECT null, n.nspname, c.relname, CASE c.relkind WHEN 'r' THEN 'TABLE' WHEN 'v' THEN 'VIEW' END FROM pg_catalog.pg_namespace n, pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND (false OR (c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')) ORDER BY 4, 2, 3

SELECT ns.nspname, t.oid, t.typname, t.typtype, t.typnotnull, t.elemtypoid FROM (SELECT typ.oid, typ.typnamespace, typ.typname, typ.typtype, typ.typrelid, typ.typnotnull, typ.relkind, elemtyp.oid AS elemtypoid FROM (SELECT typ.oid, typnamespace, typname, typrelid, typnotnull, relkind, typelem AS elemoid, CASE WHEN proc.proname = 'array_recv' THEN 'a' ELSE typ.typtype END AS typtype FROM pg_type AS typ LEFT JOIN pg_class AS cls ON (cls.oid = typ.typrelid) LEFT JOIN pg_proc AS proc ON proc.oid = typ.typreceive) AS typ LEFT JOIN pg_type AS elemtyp ON elemtyp.oid = typ.elemoid) AS t JOIN pg_namespace AS ns ON (ns.oid = t.typnamespace) WHERE t.typtype IN ('b', 'r', 'm', 'e', 'd') ORDER BY CASE WHEN t.typtype IN ('b', 'e', 'p') THEN 0 WHEN t.typtype = 'r' THEN 1 END

COPY "public"."users" ("id", "name") FROM STDIN WITH (FORMAT csv, HEADER true, NULL '\N', FORCE_NULL ("name"))

COPY (SELECT * FROM "users" WHERE "id" > 5) TO STDOUT WITH (FORMAT binary)

SELECT count(*)::int8 AS n, to_char(date_trunc('month', "at"), 'YYYY-MM') AS m FROM "events" WHERE "at" >= now() - interval '12 months' GROUP BY 2 ORDER BY 2

SELECT json_build_object('type', 'FeatureCollection', 'features', json_agg(t.*)) FROM (SELECT id, row_to_json(u) FROM users u) AS t

SELECT * FROM crosstab('select a, b, c from t order by 1, 2') AS ct (a text, "x" int, "y" int)

SELECT id, ts_rank(doc, q) AS rank FROM docs, plainto_tsquery('english', $1) q WHERE doc @@ q ORDER BY rank DESC LIMIT 10

SELECT id FROM items ORDER BY embedding <=> $1::vector LIMIT 5

SELECT a.*, ST_AsGeoJSON(a.geom)::json FROM places a WHERE a.geom && ST_MakeEnvelope($1, $2, $3, $4, 4326) AND ST_DWithin(a.geom::geography, $5, 1e3)

LOCK TABLE "jobs" IN SHARE ROW EXCLUSIVE MODE

SELECT nextval('"public"."users_id_seq"'::regclass), currval('users_id_seq'), setval('users_id_seq', (SELECT max(id) FROM users), true), lastval()
