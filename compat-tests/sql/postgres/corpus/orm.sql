--# Drizzle 0.45 through node-postgres
select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users"

select "id", upper("name") from "users" where "users"."id" = $1

select distinct "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" order by "users"."name"

select distinct on ("users"."name") "name" from "users" order by "users"."name", "users"."id" desc

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" where ("users"."name" = $1 and ("users"."age" > $2 or "users"."age" < $3 or not "users"."verified" = $4))

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" where ("users"."age" >= $1 and "users"."age" <= $2 and "users"."name" <> $3 and "users"."id" in ($4, $5, $6) and "users"."id" not in ($7) and "users"."email" is null and "users"."doc" is not null)

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" where ("users"."name" like $1 or "users"."name" ilike $2 or "users"."name" not like $3 or "users"."name" not ilike $4 or "users"."age" between $5 and $6 or "users"."age" not between $7 and $8)

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" where ("users"."tags" @> $1 and "users"."tags" <@ $2 and "users"."tags" && $3)

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" where exists (select 1 from "shop"."orders" where "shop"."orders"."user_id" = "users"."id")

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" where not exists (select "id", "user_id", "total", "at", "note" from "shop"."orders" where "shop"."orders"."user_id" = "users"."id")

select "users"."id", "users"."name", "users"."email", "users"."age", "users"."tags", "users"."doc", "users"."mood", "users"."verified", "users"."created_at", "users"."invited_by", "shop"."orders"."id", "shop"."orders"."user_id", "shop"."orders"."total", "shop"."orders"."at", "shop"."orders"."note" from "users" left join "shop"."orders" on "users"."id" = "shop"."orders"."user_id"

select "users"."id", "users"."name", "users"."email", "users"."age", "users"."tags", "users"."doc", "users"."mood", "users"."verified", "users"."created_at", "users"."invited_by", "shop"."orders"."id", "shop"."orders"."user_id", "shop"."orders"."total", "shop"."orders"."at", "shop"."orders"."note", "inviters"."id", "inviters"."name", "inviters"."email", "inviters"."age", "inviters"."tags", "inviters"."doc", "inviters"."mood", "inviters"."verified", "inviters"."created_at", "inviters"."invited_by", "members"."a", "members"."b", "members"."n" from "users" inner join "shop"."orders" on ("users"."id" = "shop"."orders"."user_id" and "shop"."orders"."total" > $1) right join "users" "inviters" on "inviters"."id" = "users"."invited_by" full join "members" on "members"."a" = "users"."id"

select "users"."id", "users"."name", "users"."email", "users"."age", "users"."tags", "users"."doc", "users"."mood", "users"."verified", "users"."created_at", "users"."invited_by", "members"."a", "members"."b", "members"."n" from "users" cross join "members"

select "users"."id", "users"."name", "users"."email", "users"."age", "users"."tags", "users"."doc", "users"."mood", "users"."verified", "users"."created_at", "users"."invited_by", "sq"."user_id", "spent" from "users" left join (select "user_id", sum("total") as "spent" from "shop"."orders" group by "shop"."orders"."user_id") "sq" on "sq"."user_id" = "users"."id"

select "users"."id", "users"."name", "users"."email", "users"."age", "users"."tags", "users"."doc", "users"."mood", "users"."verified", "users"."created_at", "users"."invited_by", "l"."id", "l"."user_id", "l"."total", "l"."at", "l"."note" from "users" left join lateral (select "id", "user_id", "total", "at", "note" from "shop"."orders" where "shop"."orders"."user_id" = "users"."id" limit $1) "l" on true

with "big" as (select "id", "user_id", "total", "at", "note" from "shop"."orders" where "shop"."orders"."total" > $1) select "id", "user_id", "total", "at", "note" from "big"

select count(*), count(distinct "name"), sum("age"), avg("age"), max("age"), min("age"), sum(distinct "age"), avg(distinct "age"), "verified" from "users" group by "users"."verified" having count(*) > $1 order by count(*) desc

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" order by "users"."name" asc, "users"."id" desc, "users"."age" desc nulls last limit $1 offset $2

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" for update

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" for no key update of "users" skip locked

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" limit $1 for share nowait

select count(*) as count from "users";

select count(*) as count from "users" where "users"."name" = $1;

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by", (select count(*) from "shop"."orders" where "shop"."orders"."user_id" = "users"."id") from "users"

(select "id" from "users") union (select "a" from "members") order by 1  limit $1

(select "id" from "users") union all (select "a" from "members") order by 1  limit $1

(select "id" from "users") intersect (select "a" from "members") order by 1  limit $1

(select "id" from "users") except (select "a" from "members") order by 1  limit $1

((select "id" from "users") union all (select "a" from "members")) except (select "b" from "members")

select "id", rank() over (partition by "verified" order by "age" desc) from "users"

insert into "users" ("id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by") values (default, $1, default, default, default, default, default, default, default, default)

insert into "users" ("id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by") values (default, $1, default, default, $2, $3, default, default, default, default), (default, $4, default, $5, default, default, $6, default, default, default) returning "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by"

insert into "users" ("id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by") values (default, $1, default, default, default, default, default, default, default, default) on conflict do nothing

insert into "users" ("id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by") values (default, $1, $2, default, default, default, default, default, default, default) on conflict ("email") do nothing

insert into "users" ("id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by") values (default, $1, $2, default, default, default, default, default, default, default) on conflict ("email") do update set "name" = excluded.name, "age" = $3 where "users"."age" < 5 returning "id"

insert into "users" ("id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by") values (default, $1, $2, default, default, default, default, default, default, default) on conflict ("email") where "users"."email" is not null do update set "verified" = $3

insert into "members" ("a", "b", "n") select "id", "id", 0 as "n" from "users"

insert into "shop"."orders" ("id", "user_id", "total", "at", "note") values (default, $1, $2, default, default) returning "id", "total"

update "users" set "name" = $1, "age" = "users"."age" + 1 where "users"."id" = $2 returning "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by"

update "users" set "verified" = $1

update "users" set "name" = "shop"."orders"."note" from "shop"."orders" where "shop"."orders"."user_id" = "users"."id"

with "big" as (select "id", "user_id", "total", "at", "note" from "shop"."orders" where "shop"."orders"."total" > $1) update "users" set "age" = $2 where "users"."id" in (select "user_id" from "big")

delete from "users" where "users"."id" = $1

delete from "users" returning "id"

delete from "shop"."orders" where ("shop"."orders"."at" < $1 and "shop"."orders"."total"::numeric > $2)

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" "users"

select "users"."id", "users"."name", "users"."email", "users"."age", "users"."tags", "users"."doc", "users"."mood", "users"."verified", "users"."created_at", "users"."invited_by", "users_orders"."data" as "orders" from "users" "users" left join lateral (select coalesce(json_agg(json_build_array("users_orders"."id", "users_orders"."user_id", "users_orders"."total", "users_orders"."at", "users_orders"."note")), '[]'::json) as "data" from "shop"."orders" "users_orders" where "users_orders"."user_id" = "users"."id") "users_orders" on true

select "users"."id", "users"."name", lower("users"."name") as "low", "users_orders"."data" as "orders", "users_inviterUser"."data" as "inviterUser", "users_invitees"."data" as "invitees" from "users" "users" left join lateral (select coalesce(json_agg(json_build_array("users_orders"."id", "users_orders"."user_id", "users_orders"."total", "users_orders"."at", "users_orders"."note", "users_orders_user"."data") order by "users_orders"."at" desc), '[]'::json) as "data" from (select * from "shop"."orders" "users_orders" where ("users_orders"."user_id" = "users"."id" and "users_orders"."total" > $1) order by "users_orders"."at" desc limit $2) "users_orders" left join lateral (select json_build_array("users_orders_user"."id") as "data" from (select * from "users" "users_orders_user" where "users_orders_user"."id" = "users_orders"."user_id" limit $3) "users_orders_user") "users_orders_user" on true) "users_orders" on true left join lateral (select json_build_array("users_inviterUser"."id", "users_inviterUser"."name", "users_inviterUser"."email", "users_inviterUser"."age", "users_inviterUser"."tags", "users_inviterUser"."doc", "users_inviterUser"."mood", "users_inviterUser"."verified", "users_inviterUser"."created_at", "users_inviterUser"."invited_by") as "data" from (select * from "users" "users_inviterUser" where "users_inviterUser"."id" = "users"."invited_by" limit $4) "users_inviterUser") "users_inviterUser" on true left join lateral (select coalesce(json_agg(json_build_array("users_invitees"."id", "users_invitees"."name", "users_invitees"."email", "users_invitees"."age", "users_invitees"."tags", "users_invitees"."doc", "users_invitees"."mood", "users_invitees"."verified", "users_invitees"."created_at", "users_invitees"."invited_by")), '[]'::json) as "data" from "users" "users_invitees" where "users_invitees"."invited_by" = "users"."id") "users_invitees" on true where "users"."id" = $5 order by "users"."id" asc limit $6 offset $7

begin isolation level repeatable read read write deferrable

rollback

begin

savepoint sp1

rollback to savepoint sp1

select "users"."id", $1::int, "x" from "users" where "users"."name" = any(($2)::text[])

refresh materialized view concurrently "mv"

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "users" where "users"."id" = $1

select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by" from "adults"

--# drizzle-kit 0.31: push, pull and generated migrations
SELECT
    n.nspname AS table_schema,
    c.relname AS table_name,
    CASE
        WHEN c.relkind = 'r' THEN 'table'
        WHEN c.relkind = 'v' THEN 'view'
        WHEN c.relkind = 'm' THEN 'materialized_view'
    END AS type,
	c.relrowsecurity AS rls_enabled
FROM
    pg_catalog.pg_class c
JOIN
    pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE
	c.relkind IN ('r', 'v', 'm')
     AND n.nspname = 'public' or n.nspname = 'shop';

select s.nspname as table_schema
  from pg_catalog.pg_namespace s
  join pg_catalog.pg_user u on u.usesysid = s.nspowner
  where nspname not in ('information_schema', 'pg_catalog', 'public')
        and nspname not like 'pg_toast%'
        and nspname not like 'pg_temp_%'
  order by table_schema;

select schemaname, sequencename, start_value, min_value, max_value, increment_by, cycle, cache_size from pg_sequences as seq WHERE schemaname = 'public' or schemaname = 'shop';

select n.nspname as enum_schema,
  t.typname as enum_name,
  e.enumlabel as enum_value,
  e.enumsortorder as sort_order
  from pg_type t
  join pg_enum e on t.oid = e.enumtypid
  join pg_catalog.pg_namespace n ON n.oid = t.typnamespace
   WHERE n.nspname = 'public' or n.nspname = 'shop'
  order by enum_schema, enum_name, sort_order;

SELECT rolname, rolinherit, rolcreatedb, rolcreaterole FROM pg_roles;

SELECT schemaname, tablename, policyname as name, permissive as "as", roles as to, cmd as for, qual as using, with_check as "withCheck" FROM pg_policies WHERE schemaname = 'public' or schemaname = 'shop';

CREATE TYPE "public"."mood" AS ENUM('sad', 'ok', 'happy');

CREATE TYPE "shop"."size" AS ENUM('s', 'm''l');

CREATE SEQUENCE "public"."my_seq" INCREMENT BY 2 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 10 CACHE 1 CYCLE;

CREATE TABLE "members" (
	"a" integer,
	"b" integer,
	CONSTRAINT "mpk" PRIMARY KEY("a","b")
);

CREATE TABLE "shop"."orders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" bigint,
	"total" numeric(10, 2) DEFAULT '0' NOT NULL,
	"at" date DEFAULT now(),
	"t" time,
	"i" interval day to second,
	"d" double precision,
	"s" smallint,
	"r" real,
	"c" char(3),
	"ip" "inet",
	"p" "point",
	"sz" "shop"."size",
	"idn" integer GENERATED ALWAYS AS IDENTITY (sequence name "shop"."orders_idn_seq" INCREMENT BY 2 MINVALUE 1 MAXVALUE 2147483647 START WITH 5 CACHE 1),
	"idd" bigint GENERATED BY DEFAULT AS IDENTITY (sequence name "shop"."orders_idd_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	CONSTRAINT "u" UNIQUE NULLS NOT DISTINCT("total","at")
);

CREATE TABLE "users" (
	"id" serial PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" varchar(255),
	"age" integer DEFAULT 18,
	"tags" text[] DEFAULT '{"a"}',
	"doc" jsonb DEFAULT '{"a":1}'::jsonb,
	"mood" "mood" DEFAULT 'ok',
	"verified" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now(),
	"invited_by" integer,
	"gen" text GENERATED ALWAYS AS (upper(name)) STORED,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "age_check" CHECK ("users"."age" > 0)
);

ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "shop"."orders" ADD CONSTRAINT "orders_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;

ALTER TABLE "users" ADD CONSTRAINT "inv_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE cascade;

CREATE INDEX "orders_sz_index" ON "shop"."orders" USING gin ("sz" x_ops);

SELECT
    a.attrelid::regclass::text AS table_name,  -- Table, view, or materialized view name
    a.attname AS column_name,   -- Column name
    CASE
        WHEN NOT a.attisdropped THEN
            CASE
                WHEN a.attnotnull THEN 'NO'
                ELSE 'YES'
            END
        ELSE NULL
    END AS is_nullable,  -- NULL or NOT NULL constraint
    a.attndims AS array_dimensions,  -- Array dimensions
    CASE
        WHEN a.atttypid = ANY ('{int,int8,int2}'::regtype[])
        AND EXISTS (
            SELECT FROM pg_attrdef ad
            WHERE ad.adrelid = a.attrelid
            AND ad.adnum = a.attnum
            AND pg_get_expr(ad.adbin, ad.adrelid) = 'nextval('''
                || pg_get_serial_sequence(a.attrelid::regclass::text, a.attname)::regclass || '''::regclass)'
        )
        THEN CASE a.atttypid
            WHEN 'int'::regtype THEN 'serial'
            WHEN 'int8'::regtype THEN 'bigserial'
            WHEN 'int2'::regtype THEN 'smallserial'
        END
        ELSE format_type(a.atttypid, a.atttypmod)
    END AS data_type,  -- Column data type
--    ns.nspname AS type_schema,  -- Schema name
    pg_get_serial_sequence('"public"."members"', a.attname)::regclass AS seq_name,  -- Serial sequence (if any)
    c.column_default,  -- Column default value
    c.data_type AS additional_dt,  -- Data type from information_schema
    c.udt_name AS enum_name,  -- Enum type (if applicable)
    c.is_generated,  -- Is it a generated column?
    c.generation_expression,  -- Generation expression (if generated)
    c.is_identity,  -- Is it an identity column?
    c.identity_generation,  -- Identity generation strategy (ALWAYS or BY DEFAULT)
    c.identity_start,  -- Start value of identity column
    c.identity_increment,  -- Increment for identity column
    c.identity_maximum,  -- Maximum value for identity column
    c.identity_minimum,  -- Minimum value for identity column
    c.identity_cycle,  -- Does the identity column cycle?
    enum_ns.nspname AS type_schema  -- Schema of the enum type
FROM
    pg_attribute a
JOIN
    pg_class cls ON cls.oid = a.attrelid  -- Join pg_class to get table/view/materialized view info
JOIN
    pg_namespace ns ON ns.oid = cls.relnamespace  -- Join namespace to get schema info
LEFT JOIN
    information_schema.columns c ON c.column_name = a.attname
        AND c.table_schema = ns.nspname
        AND c.table_name = cls.relname  -- Match schema and table/view name
LEFT JOIN
    pg_type enum_t ON enum_t.oid = a.atttypid  -- Join to get the type info
LEFT JOIN
    pg_namespace enum_ns ON enum_ns.oid = enum_t.typnamespace  -- Join to get the enum schema
WHERE
    a.attnum > 0  -- Valid column numbers only
    AND NOT a.attisdropped  -- Skip dropped columns
    AND cls.relkind IN ('r', 'v', 'm')  -- Include regular tables ('r'), views ('v'), and materialized views ('m')
    AND ns.nspname = 'public'  -- Filter by schema
    AND cls.relname = 'members'  -- Filter by table name
ORDER BY
    a.attnum;  -- Order by column number

SELECT c.column_name, c.data_type, constraint_type, constraint_name, constraint_schema
      FROM information_schema.table_constraints tc
      JOIN information_schema.constraint_column_usage AS ccu USING (constraint_schema, constraint_name)
      JOIN information_schema.columns AS c ON c.table_schema = tc.constraint_schema
        AND tc.table_name = c.table_name AND ccu.column_name = c.column_name
      WHERE tc.table_name = 'members' and constraint_schema = 'public';

SELECT
						tc.constraint_name,
						tc.constraint_type,
						pg_get_constraintdef(con.oid) AS constraint_definition
					FROM
						information_schema.table_constraints AS tc
						JOIN pg_constraint AS con
							ON tc.constraint_name = con.conname
							AND con.conrelid = (
								SELECT oid
								FROM pg_class
								WHERE relname = tc.table_name
								AND relnamespace = (
									SELECT oid
									FROM pg_namespace
									WHERE nspname = tc.constraint_schema
								)
							)
					WHERE
						tc.table_name = 'members'
						AND tc.constraint_schema = 'public'
						AND tc.constraint_type = 'CHECK'
						AND con.contype = 'c';

SELECT
            con.contype AS constraint_type,
            nsp.nspname AS constraint_schema,
            con.conname AS constraint_name,
            rel.relname AS table_name,
            att.attname AS column_name,
            fnsp.nspname AS foreign_table_schema,
            frel.relname AS foreign_table_name,
            fatt.attname AS foreign_column_name,
            CASE con.confupdtype
              WHEN 'a' THEN 'NO ACTION'
              WHEN 'r' THEN 'RESTRICT'
              WHEN 'n' THEN 'SET NULL'
              WHEN 'c' THEN 'CASCADE'
              WHEN 'd' THEN 'SET DEFAULT'
            END AS update_rule,
            CASE con.confdeltype
              WHEN 'a' THEN 'NO ACTION'
              WHEN 'r' THEN 'RESTRICT'
              WHEN 'n' THEN 'SET NULL'
              WHEN 'c' THEN 'CASCADE'
              WHEN 'd' THEN 'SET DEFAULT'
            END AS delete_rule
          FROM
            pg_catalog.pg_constraint con
            JOIN pg_catalog.pg_class rel ON rel.oid = con.conrelid
            JOIN pg_catalog.pg_namespace nsp ON nsp.oid = con.connamespace
            LEFT JOIN pg_catalog.pg_attribute att ON att.attnum = ANY (con.conkey)
              AND att.attrelid = con.conrelid
            LEFT JOIN pg_catalog.pg_class frel ON frel.oid = con.confrelid
            LEFT JOIN pg_catalog.pg_namespace fnsp ON fnsp.oid = frel.relnamespace
            LEFT JOIN pg_catalog.pg_attribute fatt ON fatt.attnum = ANY (con.confkey)
              AND fatt.attrelid = con.confrelid
          WHERE
            nsp.nspname = 'public'
            AND rel.relname = 'members'
            AND con.contype IN ('f');

SELECT conname AS primary_key
            FROM   pg_constraint join pg_class on (pg_class.oid = conrelid)
            WHERE  contype = 'p'
            AND    connamespace = $1::regnamespace
            AND    pg_class.relname = $2;

SELECT  DISTINCT ON (t.relname, ic.relname, k.i) t.relname as table_name, ic.relname AS indexname,
        k.i AS index_order,
        i.indisunique as is_unique,
        am.amname as method,
        ic.reloptions as with,
        coalesce(a.attname, pg_get_indexdef(i.indexrelid, k.i, false)) AS column_name,
          CASE
        WHEN pg_get_expr(i.indexprs, i.indrelid) IS NOT NULL THEN 1
        ELSE 0
    END AS is_expression,
        i.indoption[k.i-1] & 1 = 1 AS descending,
        i.indoption[k.i-1] & 2 = 2 AS nulls_first,
        pg_get_expr(
                              i.indpred,
                              i.indrelid
                          ) as where,
         opc.opcname
      FROM pg_class t
          LEFT JOIN pg_index i ON t.oid = i.indrelid
          LEFT JOIN pg_class ic ON ic.oid = i.indexrelid
		  CROSS JOIN LATERAL (SELECT unnest(i.indkey), generate_subscripts(i.indkey, 1) + 1) AS k(attnum, i)
          LEFT JOIN pg_attribute AS a
            ON i.indrelid = a.attrelid AND k.attnum = a.attnum
          JOIN pg_namespace c on c.oid = t.relnamespace
        LEFT JOIN pg_am AS am ON ic.relam = am.oid
        JOIN pg_opclass opc ON opc.oid = ANY(i.indclass)
      WHERE
      c.nspname = 'public' AND
      t.relname = 'users';

SELECT
          idx.indexrelname AS index_name,
          idx.relname AS table_name,
          schemaname,
          CASE WHEN con.conname IS NOT NULL THEN 1 ELSE 0 END AS generated_by_constraint
        FROM
          pg_stat_user_indexes idx
        LEFT JOIN
          pg_constraint con ON con.conindid = idx.indexrelid
        WHERE idx.relname = 'users' and schemaname = 'public'
        group by index_name, table_name,schemaname, generated_by_constraint;

select count(*) as count from "members"

select count(*) as count from "users"

select count(*) as count from "shop"."orders"

ALTER TYPE "public"."mood" ADD VALUE 'meh' BEFORE 'ok';

ALTER TYPE "public"."mood" ADD VALUE 'great';

ALTER TABLE "users" DISABLE ROW LEVEL SECURITY;

ALTER TABLE "members" DISABLE ROW LEVEL SECURITY;

DROP TABLE "members" CASCADE;

ALTER TABLE "users" DROP CONSTRAINT "users_email_unique";

ALTER TABLE "shop"."orders" DROP CONSTRAINT "u";

ALTER TABLE "users" DROP CONSTRAINT "age_check";

ALTER TABLE "users" DROP CONSTRAINT "inv_fk";

ALTER TABLE "shop"."orders" DROP CONSTRAINT "orders_user_id_users_id_fk";

ALTER TABLE "users" ALTER COLUMN "name" SET DATA TYPE varchar(100);

CREATE SCHEMA "shop";

CREATE INDEX "name_idx" ON "users" USING btree ("name" DESC NULLS FIRST);

CREATE UNIQUE INDEX "lower_email" ON "users" USING btree (lower("email"));

CREATE INDEX "partial" ON "users" USING btree ("age") WITH (fillfactor=70) WHERE "users"."verified";

CREATE VIEW "public"."adults" WITH (check_option = cascaded, security_invoker = true) AS (select "id", "name", "email", "age", "tags", "doc", "mood", "verified", "created_at", "invited_by", "gen" from "users");

CREATE MATERIALIZED VIEW "public"."mv" AS (select "id" from "users") WITH NO DATA;

CREATE POLICY "pol" ON "users" AS PERMISSIVE FOR SELECT TO public USING (true);

DROP VIEW "public"."adults";

DROP MATERIALIZED VIEW "public"."mv";

DROP INDEX "shop"."orders_sz_index";

DROP INDEX "lower_email";

DROP INDEX "partial";

DROP INDEX "name_idx";

ALTER TABLE "shop"."orders" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "shop"."orders" ALTER COLUMN "total" SET DATA TYPE numeric(12, 4);

ALTER TABLE "shop"."orders" ALTER COLUMN "total" DROP DEFAULT;

ALTER TABLE "shop"."orders" ALTER COLUMN "total" DROP NOT NULL;

ALTER TABLE "users" ALTER COLUMN "name" DROP NOT NULL;

ALTER TABLE "users" ALTER COLUMN "email" SET DATA TYPE varchar(300);

ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL;

ALTER TABLE "users" ALTER COLUMN "age" SET DATA TYPE bigint;

ALTER TABLE "users" ALTER COLUMN "age" SET DEFAULT 21;

ALTER TABLE "users" ALTER COLUMN "tags" DROP DEFAULT;

ALTER TABLE "users" ALTER COLUMN "mood" DROP DEFAULT;

ALTER TABLE "users" ALTER COLUMN "verified" DROP DEFAULT;

ALTER TABLE "users" ALTER COLUMN "verified" DROP NOT NULL;

ALTER TABLE "users" ALTER COLUMN "created_at" SET DATA TYPE timestamp;

ALTER TABLE "users" ALTER COLUMN "created_at" DROP DEFAULT;

ALTER TABLE "shop"."orders" ADD CONSTRAINT "orders_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;

CREATE INDEX "name_idx" ON "users" USING btree ("name");

ALTER TABLE "shop"."orders" DROP COLUMN "at";

ALTER TABLE "shop"."orders" DROP COLUMN "t";

ALTER TABLE "shop"."orders" DROP COLUMN "i";

ALTER TABLE "shop"."orders" DROP COLUMN "d";

ALTER TABLE "shop"."orders" DROP COLUMN "s";

ALTER TABLE "shop"."orders" DROP COLUMN "r";

ALTER TABLE "shop"."orders" DROP COLUMN "c";

ALTER TABLE "shop"."orders" DROP COLUMN "ip";

ALTER TABLE "shop"."orders" DROP COLUMN "p";

ALTER TABLE "shop"."orders" DROP COLUMN "sz";

ALTER TABLE "shop"."orders" DROP COLUMN "idn";

ALTER TABLE "shop"."orders" DROP COLUMN "idd";

ALTER TABLE "users" DROP COLUMN "doc";

ALTER TABLE "users" DROP COLUMN "invited_by";

ALTER TABLE "users" DROP COLUMN "gen";

DROP POLICY "pol" ON "users" CASCADE;

DROP TYPE "shop"."size";

DROP SEQUENCE "public"."my_seq";

CREATE SCHEMA "other";

CREATE TABLE "fresh" (
	"a" integer PRIMARY KEY NOT NULL
);

ALTER TABLE "users" ADD COLUMN "fresh_col" text DEFAULT 'x' NOT NULL;

--# Kysely 0.28
create schema if not exists "shop"

create type "species" as enum ('cat', 'dog')

create table "person" ("id" serial primary key, "first_name" varchar(255) not null, "last_name" varchar, "age" integer default 18 check (age > 0), "created" timestamptz default now(), "tags" text[], "doc" jsonb, "big" bigint generated always as identity, "n" numeric(10, 2), "upper" text generated always as (upper(first_name)) stored, constraint "u" unique nulls not distinct ("first_name", "last_name"), constraint "ck" check (age < 200))

create table if not exists "pet" ("id" uuid default gen_random_uuid() primary key, "owner_id" integer not null references "person" ("id") on delete cascade on update no action, "species" species, "name" text unique nulls not distinct, constraint "fk" foreign key ("owner_id") references "person" ("id") on delete set null deferrable initially deferred, constraint "pk2" primary key ("id", "owner_id"))

create temporary table "tmp" ("a" int4, "d" date, "t" time(3), "f" float8, "b" boolean, "by" bytea, "c" char(3)) on commit drop

create table "copy" as select * from "person"

create unique index "i1" on "person" ("first_name", "last_name" desc) nulls not distinct

create index if not exists "i2" on "person" using gin ("tags")

create index "i3" on "person" (lower(first_name)) where "age" > 5

drop index if exists "i3" cascade

create or replace view "v" as select "id" from "person"

create materialized view "mv" ("a") as select "id" from "person"

refresh materialized view concurrently "mv" with data

drop materialized view if exists "mv"

drop view "v" cascade

alter table "person" add column "x" integer unique

alter table "person" alter column "x" type bigint

alter table "person" alter column "x" set default 5

alter table "person" alter column "x" drop default

alter table "person" alter column "x" set not null, alter column "age" drop not null

alter table "person" rename column "x" to "y"

alter table "person" drop column "y"

alter table "person" add constraint "uq" unique ("age")

alter table "person" drop constraint if exists "uq"

alter table "pet" add constraint "fkk" foreign key ("owner_id") references "person" ("id") on delete restrict

alter table "person" add constraint "c2" check (age > 1)

alter table "pet" rename to "animal"

alter table "animal" rename to "pet"

alter table "pet" set schema "shop"

alter table "shop"."pet" set schema "public"

alter table "person" add index "ix" ("age")

insert into "person" ("first_name", "age", "doc") values ($1, $2, $3)

insert into "person" ("first_name", "last_name") values ($1, default), ($2, $3) returning "id", "first_name" as "fn"

insert into "person" ("first_name") values ($1) on conflict ("first_name", "last_name") do update set "age" = "excluded"."age" where "person"."age" < $2 returning *

insert into "person" ("first_name") values ($1) on conflict on constraint "u" do nothing

insert into "person" ("first_name") select "name" from "pet"

insert into "person" default values

insert into "person" ("first_name") values (upper($1)) on conflict ("id") where "age" > $2 do nothing

update "person" set "age" = $1, "last_name" = $2 where "id" = $3 returning *

update "person" set "age" = "age" + $1, "first_name" = concat("first_name", $2) where "id" in ($3, $4)

update "person" set "first_name" = "pet"."name" from "pet" where "pet"."owner_id" = "person"."id"

delete from "pet" where "name" is null

delete from "pet" using "person" where "pet"."owner_id" = "person"."id" and "person"."age" > $1 returning "pet"."id"

merge into "person" using "pet" on "pet"."owner_id" = "person"."id" when matched and "pet"."name" = $1 then delete when matched then update set "age" = $2 when not matched then insert ("first_name") values ($3) returning merge_action() as "action"

merge into "person" as "p" using "pet" as "q" on "q"."owner_id" = "p"."id" when not matched by source then do nothing when matched then do nothing

select * from "person"

select "p"."id", "q"."name" as "pet_name" from "person" as "p" inner join "pet" as "q" on "q"."owner_id" = "p"."id" left join "pet" as "r" on "r"."owner_id" = "p"."id" and "r"."name" like $1 and true right join "pet" as "s" on "s"."id" = "q"."id" full join "pet" as "t" on "t"."id" = "s"."id" cross join "pet" as "u"

select "p".* from "person" as "p" inner join lateral (select "name" from "pet" where "pet"."owner_id" = "p"."id" limit $1) as "l" on true

select distinct on ("person"."id") "person".* from "person", "pet"

select count(*) as "n", count(distinct "id") as "d", sum("age") filter(where "age" > $1) as "s", avg("age") over(partition by "last_name" order by "age" desc) as "a", array_agg("first_name" order by "first_name") as "x", coalesce("last_name", 'none') as "c" from "person" group by "last_name", "age" having count("id") > $2 order by "last_name" desc nulls last limit $3 offset $4

select * from "person" where ("age" > $1 or ("first_name" ilike $2 and not "last_name" is not null) or "age" between $3 and $4 or exists (select "id" from "pet" where "owner_id" = "person"."id") or ("first_name", "last_name") in (($5, $6)) or "id" = any($7::int[]) or "first_name" is distinct from $8)

select case when "age" < $1 then $2 else $3 end as "kind", case "age" when $4 then $5 end as "k2", "doc"->'a' as "j", "doc"->>'a' as "j2", cast("age" as text) as "t", age::text || $6 as "y", -"age" as "neg", (select coalesce(json_agg(agg), '[]') from (select "name" from "pet" where "pet"."owner_id" = "person"."id") as agg) as "pets", (select to_json(obj) from (select * from "pet" limit $7) as obj) as "pet", json_build_object('a', "age") as "o" from "person" for update skip locked

select * from "person" for no key update nowait

select * from "person" for key share of "person"

select * from "person" order by "id" fetch next $1 rows with ties for share

with "a" as (select "id" from "person"), "b" as materialized (delete from "pet" returning *) select * from "a" inner join "b" on "b"."owner_id" = "a"."id"

with recursive "r"("n") as (select 1 as "n" union all select n + 1 as "n" from "r" where "n" < $1) select * from "r"

select "id" from "person" union select "owner_id" as "id" from "pet" order by "id"

select "id" from "person" union all select "owner_id" as "id" from "pet" order by "id"

select "id" from "person" intersect select "owner_id" as "id" from "pet" order by "id"

select "id" from "person" intersect all select "owner_id" as "id" from "pet" order by "id"

select "id" from "person" except select "owner_id" as "id" from "pet" order by "id"

select "id" from "person" except all select "owner_id" as "id" from "pet" order by "id"

select * from (values (1, 'a'), (2, 'b')) as v(id, name)

select * from "person" -- hint

explain (analyze, format json) select * from "person"

call x($1)

start transaction isolation level serializable read only

commit

savepoint "s1"

rollback to "s1"

release "s1"

select "a"."attname" as "column", "a"."attnotnull" as "not_null", "a"."atthasdef" as "has_default", "c"."relname" as "table", "c"."relkind" as "table_type", "ns"."nspname" as "schema", "typ"."typname" as "type", "dtns"."nspname" as "type_schema", col_description(a.attrelid, a.attnum) as "column_description", pg_get_serial_sequence(quote_ident(ns.nspname) || '.' || quote_ident(c.relname), a.attname) as "auto_incrementing" from "pg_catalog"."pg_attribute" as "a" inner join "pg_catalog"."pg_class" as "c" on "a"."attrelid" = "c"."oid" inner join "pg_catalog"."pg_namespace" as "ns" on "c"."relnamespace" = "ns"."oid" inner join "pg_catalog"."pg_type" as "typ" on "a"."atttypid" = "typ"."oid" inner join "pg_catalog"."pg_namespace" as "dtns" on "typ"."typnamespace" = "dtns"."oid" where "c"."relkind" in ($1, $2, $3) and "ns"."nspname" !~ $4 and "ns"."nspname" != $5 and "ns"."nspname" != $6 and has_schema_privilege(ns.nspname, 'USAGE') and "a"."attnum" >= $7 and "a"."attisdropped" != $8 and "c"."relname" != $9 and "c"."relname" != $10 order by "ns"."nspname", "c"."relname", "a"."attnum"

select "nspname" from "pg_catalog"."pg_namespace"

drop table if exists "pet" cascade

drop table "person"

drop type if exists "species"

drop schema if exists "shop" cascade

--# Knex 3.3
select version();

create type "e2_type" as enum ('x')

create table "users" ("id" serial primary key, "big" bigserial, "name" varchar(100) not null, "bio" text, "age" integer default '3', "f" real, "db" double precision, "d" decimal(8, 2), "ok" boolean default '0', "da" date, "dt" timestamptz, "ts" timestamp(3) default CURRENT_TIMESTAMP(3), "ti" time, "bin" bytea, "e" text check ("e" in ('a', 'b')), "e2" "e2_type", "j" json, "jb" jsonb default '{}', "u" uuid default (gen_random_uuid()), "arr" text[], "created_at" timestamptz not null default CURRENT_TIMESTAMP, "updated_at" timestamptz not null default CURRENT_TIMESTAMP, "sm" smallint, "tn" smallint, "mi" integer, check (age > "f"))

comment on table "users" is 'the users'

comment on column "users"."age" is 'years'

create index "users_name_index" on "users" ("name")

alter table "users" add constraint "nu" unique ("name", "age") deferrable initially deferred

create table "orders" ("id" uuid, "user_id" integer, "a" integer check ("a" > 0), "b" integer check ("b" in ('1','2')), "c" integer check ("c" between 1 and 5), "l" varchar(255) check (length("l") > 3) check ("l" ~ '[a-z]'), constraint "opk" primary key ("id"))

alter table "orders" add constraint "orders_user_id_foreign" foreign key ("user_id") references "users" ("id") on update SET NULL on delete CASCADE deferrable initially deferred

alter table "orders" add constraint "fkname" foreign key ("a", "b") references "other" ("x", "y")

create table "orders" ("id" serial primary key, "user_id" integer, "total" decimal(8, 2))

create table "users2" (like "users" including all, "more" integer)

alter table "users" add column "extra" varchar(255) null

alter table "users" alter column "name" drop default

alter table "users" alter column "name" drop not null

alter table "users" alter column "name" type varchar(50) using ("name"::varchar(50))

alter table "users" alter column "age" drop default

alter table "users" alter column "age" drop not null

alter table "users" alter column "age" type integer using ("age"::integer)

alter table "users" alter column "age" set default '9'

alter table "users" alter column "age" set not null

alter table "users" drop column "bio"

alter table "users" rename "f" to "g"

alter table "users" drop constraint "nu"

drop index "users_name_index"

alter table "users" drop constraint "users_pkey"

alter table "users2" rename to "users3"

drop table if exists "users3"

select * from information_schema.tables where table_name = $1 and table_schema = current_schema()

select * from information_schema.columns where table_name = $1 and column_name = $2 and table_schema = current_schema()

select * from information_schema.columns where table_name = $1 and table_catalog = current_database() and table_schema = current_schema()

create view "v" ("id") as select "id" from "users"

create or replace view "v" as select "id" from "users" with local check option

create materialized view "mv" as select "id" from "users"

alter view "v" rename to "w"

drop view "w"

create table "shop"."t" ("id" serial primary key)

create extension if not exists "uuid-ossp"

create extension if not exists "hstore"

select * from "users"

select "id", "name" as "n", "age" + $1 from "users" as "u" where "name" = $2 and "age" = $3 or "age" > $4 and not "ok" = $5 and "id" in ($6, $7) and "id" not in (select "user_id" from "orders") and "d" is null and "e" is not null and "age" between $8 and $9 and "age" not between $10 and $11 and exists (select * from "orders" where orders.user_id = users.id) and "name" like $12 and "name" ilike $13 and name ~ $14 and "age" < "id" and ("id" = $15 or ("e" is null or "e" is not null))

select * from "users" inner join "orders" on "users"."id" = "orders"."user_id" left join "orders" as "o2" on "o2"."id" = "users"."id" and "o2"."total" > $1 or "o2"."id" is null and "o2"."id" in ($2, $3) and "o2"."id" between $4 and $5 and exists (select 1) right outer join "orders" as "o3" on "o3"."id" = "users"."id" full outer join "orders" as "o4" on "o4"."id" = "users"."id" cross join "orders" as "o5" natural full join orders o6

select * from "users" inner join "orders" using ("id")

select distinct on ("age") "name" from "users"

select distinct on ("age") * from "users" order by "age" asc

select count(*) as "n", count(distinct "id"), sum("age") as "s", min("age"), max("age"), avg("age"), sum(distinct "age") as "sd" from "users" group by "ok", "name", rollup(age) having "age" > $1 and count(*) > $2 and "age" in ($3) and "name" is null and "age" between $4 and $5 order by "ok" desc nulls last, "name" asc, "age" desc nulls last limit $6 offset $7

select "id" from "users" limit $1 for update skip locked

select * from "users" for share of "users" nowait

select * from "users" for no key update

select * from "users" for key share

with recursive "w" as (select "id" from "users"), "m"("a") as materialized (select "id" from "users"), "nm" as not materialized (select * from "users"), "r" as (select n + 1 from "r" where "n" < $1) select * from "w"

(select "id" from "users") union (select "id" from "orders") union (select "user_id" from "orders") union all select "id" from "orders" intersect select "id" from "orders" except select "id" from "orders"

select row_number() over (partition by "age" order by "id") as "rn", rank() over (partition by "ok" order by "age" desc) as "rk", dense_rank() over (partition by "age" order by "id") as "dr" from "users"

select jsonb_path_query("jb", $1) as "x" from "users" where "jb" = $2 and jsonb_path_query_first("jb", $3)::int > $4 and "jb" @> $5 and "jb" <@ $6

select jsonb_set("jb", $1, $2) as "y", jsonb_insert("jb", $3, $4) as "z", "jb" #- $5 as "w" from "users"

insert into "users" ("name") values ($1)

insert into "users" ("age", "name") values ($1, $2), (DEFAULT, $3) returning "id"

insert into "users" default values returning *

insert into "users" ("name") values ($1) on conflict ("id") do nothing

insert into "users" ("age", "name") values ($1, $2) on conflict ("id", "name") do update set "age" = excluded."age", "name" = excluded."name" where "users"."age" < $3

insert into "users" ("age", "name") values ($1, $2) on conflict (name) where ok do update set "age" = excluded.age + 1 returning "id", "name"

insert into "users" ("age", "name") values ($1, $2) on conflict do nothing

insert into "users" select "id" from "orders"

insert into "users" ("name") select "id" from "orders"

update "users" set "name" = $1, "age" = age + 1, "d" = (select max("total") from "orders") where "id" = $2 returning "id"

update "users" set "age" = "age" + $1

update "users" set "age" = "age" - $1, "f" = "f" - $2 where "name" is null

update "users" set "name" = $1 from "orders" where "orders"."user_id" = "users"."id"

delete from "users" where "id" = $1 returning "id"

delete from "users" using "orders" where "orders"."user_id" = "users"."id"

truncate "users" restart identity

BEGIN TRANSACTION ISOLATION LEVEL repeatable read;

select 1 from "users"

SAVEPOINT trx3;

delete from "orders"

RELEASE SAVEPOINT trx3;

SAVEPOINT trx4;

ROLLBACK TO SAVEPOINT trx4

COMMIT;

BEGIN;

create table "knex_migrations" ("id" serial primary key, "name" varchar(255), "batch" integer, "migration_time" timestamptz)

create table "knex_migrations_lock" ("index" serial primary key, "is_locked" integer)

select * from "knex_migrations_lock"

insert into "knex_migrations_lock" ("is_locked") values ($1)

select "name" from "knex_migrations" order by "id" asc

update "knex_migrations_lock" set "is_locked" = $1 where "is_locked" = $2

select max("batch") as "max_batch" from "knex_migrations"

update "knex_migrations_lock" set "is_locked" = $1

select "public"."name" as "z" from only users order by random() asc

select "o".* from "shop"."orders" as "o" where "o"."id" in (($1, $2))

drop table "orders"

drop table "users"

--# Sequelize 6.37
SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE;

WITH ranges AS (  SELECT pg_range.rngtypid, pg_type.typname AS rngtypname,         pg_type.typarray AS rngtyparray, pg_range.rngsubtype    FROM pg_range LEFT OUTER JOIN pg_type ON pg_type.oid = pg_range.rngtypid)SELECT pg_type.typname, pg_type.typtype, pg_type.oid, pg_type.typarray,       ranges.rngtypname, ranges.rngtypid, ranges.rngtyparray  FROM pg_type LEFT OUTER JOIN ranges ON pg_type.oid = ranges.rngsubtype WHERE (pg_type.typtype IN('b', 'e'));

DROP TABLE IF EXISTS "UserTags" CASCADE;

DROP TABLE IF EXISTS "Tags" CASCADE;

DROP TABLE IF EXISTS "shop"."Orders" CASCADE;

DROP TABLE IF EXISTS "Users" CASCADE;

DROP TYPE IF EXISTS "public"."enum_Users_kind";

SELECT DISTINCT tc.constraint_name as constraint_name, tc.constraint_schema as constraint_schema, tc.constraint_catalog as constraint_catalog, tc.table_name as table_name,tc.table_schema as table_schema,tc.table_catalog as table_catalog,tc.initially_deferred as initially_deferred,tc.is_deferrable as is_deferrable,kcu.column_name as column_name,ccu.table_schema  AS referenced_table_schema,ccu.table_catalog  AS referenced_table_catalog,ccu.table_name  AS referenced_table_name,ccu.column_name AS referenced_column_name FROM information_schema.table_constraints AS tc JOIN information_schema.key_column_usage AS kcu ON tc.constraint_name = kcu.constraint_name JOIN information_schema.constraint_column_usage AS ccu ON ccu.constraint_name = tc.constraint_name WHERE constraint_type = 'FOREIGN KEY' AND tc.table_name = 'Users' AND tc.table_catalog = 'postgres'

SELECT DISTINCT tc.constraint_name as constraint_name, tc.constraint_schema as constraint_schema, tc.constraint_catalog as constraint_catalog, tc.table_name as table_name,tc.table_schema as table_schema,tc.table_catalog as table_catalog,tc.initially_deferred as initially_deferred,tc.is_deferrable as is_deferrable,kcu.column_name as column_name,ccu.table_schema  AS referenced_table_schema,ccu.table_catalog  AS referenced_table_catalog,ccu.table_name  AS referenced_table_name,ccu.column_name AS referenced_column_name FROM information_schema.table_constraints AS tc JOIN information_schema.key_column_usage AS kcu ON tc.constraint_name = kcu.constraint_name JOIN information_schema.constraint_column_usage AS ccu ON ccu.constraint_name = tc.constraint_name WHERE constraint_type = 'FOREIGN KEY' AND tc.table_name = 'Orders' AND tc.table_catalog = 'postgres' AND tc.table_schema = 'shop'

SELECT t.typname enum_name, array_agg(e.enumlabel ORDER BY enumsortorder) enum_value FROM pg_type t JOIN pg_enum e ON t.oid = e.enumtypid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = 'public' AND t.typname='enum_Users_kind' GROUP BY 1

DROP TYPE IF EXISTS "public"."enum_Users_kind"; DO 'BEGIN CREATE TYPE "public"."enum_Users_kind" AS ENUM(''a'', ''b''); EXCEPTION WHEN duplicate_object THEN null; END';

CREATE TABLE IF NOT EXISTS "Users" ("id"   SERIAL , "name" VARCHAR(50) NOT NULL UNIQUE, "age" INTEGER DEFAULT 3 , "tags" TEXT[], "doc" JSONB, "kind" "public"."enum_Users_kind", "at" TIMESTAMP WITH TIME ZONE, "d" DATE, "n" DECIMAL(10,2), "u" UUID, "r" int4range, "ok" BOOLEAN, "b" BYTEA, "f" DOUBLE PRECISION, "big" BIGINT, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL, "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL, "deletedAt" TIMESTAMP WITH TIME ZONE, PRIMARY KEY ("id")); COMMENT ON COLUMN "Users"."age" IS 'a';

SELECT i.relname AS name, ix.indisprimary AS primary, ix.indisunique AS unique, ix.indkey AS indkey, array_agg(a.attnum) as column_indexes, array_agg(a.attname) AS column_names, pg_get_indexdef(ix.indexrelid) AS definition FROM pg_class t, pg_class i, pg_index ix, pg_attribute a WHERE t.oid = ix.indrelid AND i.oid = ix.indexrelid AND a.attrelid = t.oid AND t.relkind = 'r' and t.relname = 'Users' GROUP BY i.relname, ix.indexrelid, ix.indisprimary, ix.indisunique, ix.indkey ORDER BY i.relname;

CREATE INDEX "users_age_at" ON "Users" USING btree ("age", "at" DESC) WHERE "ok" = true

CREATE UNIQUE INDEX "users_" ON "Users" (lower("name"))

CREATE TABLE IF NOT EXISTS "shop"."Orders" ("id"   SERIAL , "total" FLOAT, "createdAt" TIMESTAMP WITH TIME ZONE NOT NULL, "updatedAt" TIMESTAMP WITH TIME ZONE NOT NULL, "UserId" INTEGER REFERENCES "shop"."Users" ("id") ON DELETE CASCADE ON UPDATE CASCADE, PRIMARY KEY ("id"));

SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'Users'

SELECT pk.constraint_type as "Constraint",c.column_name as "Field", c.column_default as "Default",c.is_nullable as "Null", (CASE WHEN c.udt_name = 'hstore' THEN c.udt_name ELSE c.data_type END) || (CASE WHEN c.character_maximum_length IS NOT NULL THEN '(' || c.character_maximum_length || ')' ELSE '' END) as "Type", (SELECT array_agg(e.enumlabel) FROM pg_catalog.pg_type t JOIN pg_catalog.pg_enum e ON t.oid=e.enumtypid WHERE t.typname=c.udt_name) AS "special", (SELECT pgd.description FROM pg_catalog.pg_statio_all_tables AS st INNER JOIN pg_catalog.pg_description pgd on (pgd.objoid=st.relid) WHERE c.ordinal_position=pgd.objsubid AND c.table_name=st.relname) AS "Comment" FROM information_schema.columns c LEFT JOIN (SELECT tc.table_schema, tc.table_name, cu.column_name, tc.constraint_type FROM information_schema.TABLE_CONSTRAINTS tc JOIN information_schema.KEY_COLUMN_USAGE  cu ON tc.table_schema=cu.table_schema and tc.table_name=cu.table_name and tc.constraint_name=cu.constraint_name and tc.constraint_type='PRIMARY KEY') pk ON pk.table_schema=c.table_schema AND pk.table_name=c.table_name AND pk.column_name=c.column_name WHERE c.table_name = 'Users' AND c.table_schema = 'public'

ALTER TABLE "Users" ALTER COLUMN "name" SET NOT NULL;ALTER TABLE "Users" ALTER COLUMN "name" DROP DEFAULT;ALTER TABLE "Users"  ADD UNIQUE ("name");ALTER TABLE "Users" ALTER COLUMN "name" TYPE VARCHAR(50)  ;

ALTER TABLE "Users" ALTER COLUMN "age" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "age" SET DEFAULT 3;ALTER TABLE "Users" ALTER COLUMN "age" TYPE INTEGER ; COMMENT ON COLUMN "Users"."age" IS 'a';

ALTER TABLE "Users" ALTER COLUMN "tags" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "tags" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "tags" TYPE TEXT[];

ALTER TABLE "Users" ALTER COLUMN "doc" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "doc" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "doc" TYPE JSONB;

ALTER TABLE "Users" ALTER COLUMN "kind" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "kind" DROP DEFAULT;DO 'BEGIN CREATE TYPE "public"."enum_Users_kind" AS ENUM(''a'', ''b''); EXCEPTION WHEN duplicate_object THEN null; END';ALTER TABLE "Users" ALTER COLUMN "kind" TYPE "public"."enum_Users_kind" USING ("kind"::"public"."enum_Users_kind");

ALTER TABLE "Users" ALTER COLUMN "at" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "at" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "at" TYPE TIMESTAMP WITH TIME ZONE;

ALTER TABLE "Users" ALTER COLUMN "d" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "d" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "d" TYPE DATE;

ALTER TABLE "Users" ALTER COLUMN "n" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "n" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "n" TYPE DECIMAL(10,2);

ALTER TABLE "Users" ALTER COLUMN "u" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "u" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "u" TYPE UUID;

ALTER TABLE "Users" ALTER COLUMN "r" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "r" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "r" TYPE int4range;

ALTER TABLE "Users" ALTER COLUMN "ok" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "ok" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "ok" TYPE BOOLEAN;

ALTER TABLE "Users" ALTER COLUMN "b" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "b" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "b" TYPE BYTEA;

ALTER TABLE "Users" ALTER COLUMN "f" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "f" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "f" TYPE DOUBLE PRECISION;

ALTER TABLE "Users" ALTER COLUMN "big" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "big" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "big" TYPE BIGINT;

ALTER TABLE "Users" ALTER COLUMN "createdAt" SET NOT NULL;ALTER TABLE "Users" ALTER COLUMN "createdAt" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "createdAt" TYPE TIMESTAMP WITH TIME ZONE;

ALTER TABLE "Users" ALTER COLUMN "updatedAt" SET NOT NULL;ALTER TABLE "Users" ALTER COLUMN "updatedAt" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "updatedAt" TYPE TIMESTAMP WITH TIME ZONE;

ALTER TABLE "Users" ALTER COLUMN "deletedAt" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "deletedAt" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "deletedAt" TYPE TIMESTAMP WITH TIME ZONE;

INSERT INTO "Users" ("id","name","age","tags","doc","kind","u","createdAt","updatedAt") VALUES (DEFAULT,$1,$2,$3,$4,$5,$6,$7,$8) RETURNING "id","name","age","tags","doc","kind","at","d","n","u","r","ok","b","f","big","createdAt","updatedAt","deletedAt";

UPDATE "Users" SET "age"=$1,"updatedAt"=$2 WHERE "id" = $3

UPDATE "Users" SET "age"="age"+ 2,"updatedAt"='2026-11-21 12:34:44.153 +00:00' WHERE "id" = 1 RETURNING *

INSERT INTO "shop"."Orders" ("id","total","createdAt","updatedAt","UserId") VALUES (DEFAULT,$1,$2,$3,$4) RETURNING "id","total","createdAt","updatedAt","UserId";

SELECT "id", "name", "age", "tags", "doc", "kind", "at", "d", "n", "u", "r", "ok", "b", "f", "big", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL);

SELECT "id", COUNT("age") AS "n", 1 + 1 AS "two", CAST("age" AS TEXT) AS "c" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL) GROUP BY "id", "name" HAVING COUNT("age") > 1 ORDER BY "User"."name" DESC, max("age") ASC NULLS LAST LIMIT 3 OFFSET 1;

SELECT "id", "name", "age", "tags", "doc", "kind", "at", "d", "n", "u", "r", "ok", "b", "f", "big", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND (("User"."ok" = true OR NOT ("User"."d" IS NULL)) AND "User"."name" = 'x' AND ("User"."age" > 1 AND "User"."age" <= 9 AND "User"."age" != 4) AND ("User"."tags" @> ARRAY['a']::TEXT[] AND "User"."tags" && ARRAY['b']::TEXT[]) AND ("User"."kind" IN ('a', 'b') AND "User"."kind" NOT IN ('a')) AND CAST(("User"."doc"#>>'{a,b}') AS DOUBLE PRECISION) = 1 AND ("User"."n" BETWEEN 1 AND 2 AND "User"."n" NOT BETWEEN 5 AND 6)));

SELECT "id", "name", "age", "tags", "doc", "kind", "at", "d", "n", "u", "r", "ok", "b", "f", "big", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND (("User"."name" LIKE ANY (ARRAY['x','y']) AND "User"."name" ILIKE 'b' AND "User"."name" NOT LIKE 'c' AND "User"."name" ~ 'd' AND "User"."name" ~* 'e' AND "User"."name" LIKE 'f%' AND "User"."name" LIKE '%g%') AND ("User"."r" @> '2'::int4 AND "User"."r" -|- '[1,2)' AND "User"."r" << '[3,4)')));

SELECT "User".*, "Orders"."id" AS "Orders.id", "Orders"."total" AS "Orders.total", "Orders"."createdAt" AS "Orders.createdAt", "Orders"."updatedAt" AS "Orders.updatedAt", "Orders"."UserId" AS "Orders.UserId", "labels"."id" AS "labels.id", "labels"."t" AS "labels.t", "labels"."createdAt" AS "labels.createdAt", "labels"."updatedAt" AS "labels.updatedAt" FROM (SELECT "User"."id", "User"."name", "User"."age", "User"."tags", "User"."doc", "User"."kind", "User"."at", "User"."d", "User"."n", "User"."u", "User"."r", "User"."ok", "User"."b", "User"."f", "User"."big", "User"."createdAt", "User"."updatedAt", "User"."deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL) LIMIT 5) AS "User" LEFT OUTER JOIN "shop"."Orders" AS "Orders" ON "User"."id" = "Orders"."UserId" AND "Orders"."total" > '1' LEFT OUTER JOIN ( "UserTags" AS "labels->UserTags" INNER JOIN "Tags" AS "labels" ON "labels"."id" = "labels->UserTags"."TagId") ON "User"."id" = "labels->UserTags"."UserId";

SELECT "User"."id", "User"."name", "User"."age", "User"."tags", "User"."doc", "User"."kind", "User"."at", "User"."d", "User"."n", "User"."u", "User"."r", "User"."ok", "User"."b", "User"."f", "User"."big", "User"."createdAt", "User"."updatedAt", "User"."deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL) FOR UPDATE;

SELECT "id", "total", "createdAt", "updatedAt", "UserId" FROM "shop"."Orders" AS "Order" WHERE "Order"."UserId" IN (1) FOR UPDATE;

SELECT "id", "name", "age", "tags", "doc", "kind", "at", "d", "n", "u", "r", "ok", "b", "f", "big", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND "User"."id" = 1) FOR SHARE;

SELECT "User".*, "Orders"."id" AS "Orders.id", "Orders"."total" AS "Orders.total", "Orders"."createdAt" AS "Orders.createdAt", "Orders"."updatedAt" AS "Orders.updatedAt", "Orders"."UserId" AS "Orders.UserId" FROM (SELECT "User"."id", "User"."name", "User"."age", "User"."tags", "User"."doc", "User"."kind", "User"."at", "User"."d", "User"."n", "User"."u", "User"."r", "User"."ok", "User"."b", "User"."f", "User"."big", "User"."createdAt", "User"."updatedAt", "User"."deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL) LIMIT 2) AS "User" LEFT OUTER JOIN "shop"."Orders" AS "Orders" ON "User"."id" = "Orders"."UserId";

SELECT count(DISTINCT("User"."id")) AS "count" FROM "Users" AS "User" LEFT OUTER JOIN "shop"."Orders" AS "Orders" ON "User"."id" = "Orders"."UserId" WHERE ("User"."deletedAt" IS NULL);

SELECT count(DISTINCT("age")) AS "count" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND "User"."ok" IS NULL);

SELECT max("age") AS "max" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL);

SELECT sum("age") AS "sum" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND "User"."ok" = true);

INSERT INTO "Users" ("id","name","age","u","createdAt","updatedAt") VALUES (DEFAULT,'p2',3,'96f88310-fa9a-4f25-9922-bcbee174b026','2026-11-21 12:34:44.179 +00:00','2026-11-21 12:34:44.179 +00:00') ON CONFLICT DO NOTHING RETURNING "id","name","age","tags","doc","kind","at","d","n","u","r","ok","b","f","big","createdAt","updatedAt","deletedAt";

INSERT INTO "Users" ("name","age","u","createdAt","updatedAt") VALUES ($1,$2,$3,$4,$5) ON CONFLICT ("name") DO UPDATE SET "name"=EXCLUDED."name","age"=EXCLUDED."age","updatedAt"=EXCLUDED."updatedAt" RETURNING "id","name","age","tags","doc","kind","at","d","n","u","r","ok","b","f","big","createdAt","updatedAt","deletedAt";

UPDATE "Users" SET "age"=age + 1,"updatedAt"=$1 WHERE ("deletedAt" IS NULL AND "id" IN (1, 2)) RETURNING "id","name","age","tags","doc","kind","at","d","n","u","r","ok","b","f","big","createdAt","updatedAt","deletedAt"

UPDATE "Users" SET "deletedAt"=$1 WHERE "deletedAt" IS NULL AND "name" = $2

UPDATE "Users" SET "deletedAt"=$1 WHERE "name" = $2

DELETE FROM "Users" WHERE "id" IN (SELECT "id" FROM "Users" WHERE "name" = 'p' LIMIT 1)

UPDATE "Users" SET "deletedAt"=$1 WHERE "deletedAt" IS NULL

START TRANSACTION;

SELECT "id", "name", "age", "tags", "doc", "kind", "at", "d", "n", "u", "r", "ok", "b", "f", "big", "createdAt", "updatedAt", "deletedAt" FROM "Users" AS "User" WHERE ("User"."deletedAt" IS NULL AND "User"."name" = 'foc');

CREATE OR REPLACE FUNCTION pg_temp.testfunc(OUT response "Users", OUT sequelize_caught_exception text) RETURNS RECORD AS $func_08c527fd655b492482d9bf8e03170d47$ BEGIN INSERT INTO "Users" ("id","name","age","u","createdAt","updatedAt") VALUES (DEFAULT,'foc',1,'ca68c780-903d-41ff-9de5-795eca04e42e','2026-11-21 12:34:44.192 +00:00','2026-11-21 12:34:44.192 +00:00') RETURNING * INTO response; EXCEPTION WHEN unique_violation THEN GET STACKED DIAGNOSTICS sequelize_caught_exception = PG_EXCEPTION_DETAIL; END $func_08c527fd655b492482d9bf8e03170d47$ LANGUAGE plpgsql; SELECT (testfunc.response)."id", (testfunc.response)."name", (testfunc.response)."age", (testfunc.response)."tags", (testfunc.response)."doc", (testfunc.response)."kind", (testfunc.response)."at", (testfunc.response)."d", (testfunc.response)."n", (testfunc.response)."u", (testfunc.response)."r", (testfunc.response)."ok", (testfunc.response)."b", (testfunc.response)."f", (testfunc.response)."big", (testfunc.response)."createdAt", (testfunc.response)."updatedAt", (testfunc.response)."deletedAt", testfunc.sequelize_caught_exception FROM pg_temp.testfunc(); DROP FUNCTION IF EXISTS pg_temp.testfunc();

SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;

ROLLBACK;

SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type LIKE '%TABLE' AND table_name != 'spatial_ref_sys';

ALTER TABLE "public"."Users" ADD COLUMN "x" VARCHAR(255) DEFAULT 'it''s';

ALTER TABLE "Users" ALTER COLUMN "x" SET NOT NULL;ALTER TABLE "Users" ALTER COLUMN "x" DROP DEFAULT;ALTER TABLE "Users" ALTER COLUMN "x" TYPE TEXT;

ALTER TABLE "Users" ALTER COLUMN "kind" DROP NOT NULL;ALTER TABLE "Users" ALTER COLUMN "kind" SET DEFAULT 'c';DO 'BEGIN CREATE TYPE "public"."enum_Users_kind" AS ENUM(''a'', ''b'', ''c''); EXCEPTION WHEN duplicate_object THEN null; END';ALTER TABLE "Users" ALTER COLUMN "kind" TYPE "public"."enum_Users_kind" USING ("kind"::"public"."enum_Users_kind");

ALTER TABLE "Users" RENAME COLUMN "x" TO "y";

ALTER TABLE "public"."Users" DROP COLUMN "y";

CREATE UNIQUE INDEX CONCURRENTLY "users_age" ON "Users" ("age")

DROP INDEX IF EXISTS "users_age"

ALTER TABLE "Users" ADD CONSTRAINT "Users_age_ck" CHECK ("age" > 1);

ALTER TABLE "Users" ADD CONSTRAINT "uq" UNIQUE ("age");

ALTER TABLE "Users" ADD CONSTRAINT "Users_age_Tags_fk" FOREIGN KEY ("age") REFERENCES "Tags" ("id") ON DELETE SET NULL;

ALTER TABLE "Users" DROP CONSTRAINT "uq"

ALTER TABLE "Tags" RENAME TO "Labels";

SELECT schema_name FROM information_schema.schemata WHERE schema_name <> 'information_schema' AND schema_name != 'public' AND schema_name !~ E'^pg_';

DROP TABLE IF EXISTS "Labels" CASCADE;

SELECT t.typname enum_name, array_agg(e.enumlabel ORDER BY enumsortorder) enum_value FROM pg_type t JOIN pg_enum e ON t.oid = e.enumtypid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = 'public' GROUP BY 1

DROP TYPE IF EXISTS "enum_Users_kind";

DROP SCHEMA IF EXISTS "shop" CASCADE;

DELETE FROM "Users" WHERE "id" = 1

CREATE FUNCTION ff(p integer) RETURNS integer AS $func$  BEGIN RETURN p; END; $func$ language 'plpgsql';

DROP FUNCTION ff(p integer) RESTRICT;

DROP TABLE IF EXISTS "UserTags";

DROP TABLE IF EXISTS "Tags";

DROP TABLE IF EXISTS "shop"."Orders";

DROP TABLE IF EXISTS "Users";

--# TypeORM 1.1
SELECT version()

SELECT * FROM current_schema()

SELECT * FROM current_database()

SELECT "table_schema", "table_name", obj_description((quote_ident("table_schema") || '.' || quote_ident("table_name"))::regclass, 'pg_class') AS table_comment FROM "information_schema"."tables" WHERE ("table_schema" = 'public' AND "table_name" = 'users') OR ("table_schema" = 'shop' AND "table_name" = 'order') OR ("table_schema" = 'public' AND "table_name" = 'role') OR ("table_schema" = 'public' AND "table_name" = 'users_roles_role')

SELECT * FROM "information_schema"."tables" WHERE "table_schema" = $1 AND "table_name" = $2

SELECT "n"."nspname", "t"."typname" FROM "pg_type" "t" INNER JOIN "pg_namespace" "n" ON "n"."oid" = "t"."typnamespace" WHERE "n"."nspname" = 'public' AND "t"."typname" = 'users_kind_enum'

CREATE TYPE "public"."users_kind_enum" AS ENUM('a', 'b')

CREATE TABLE "users" ("id" SERIAL NOT NULL, "name" character varying(50) NOT NULL, "age" integer DEFAULT '3', "tags" text array, "doc" jsonb, "kind" "public"."users_kind_enum" NOT NULL DEFAULT 'a', "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "up" TIMESTAMP NOT NULL DEFAULT now(), "del" TIMESTAMP, "n" numeric(10,2), "u" uuid NOT NULL DEFAULT uuid_generate_v4(), "v" integer NOT NULL, CONSTRAINT "UQ_51b8b26ac168fbe7d6f5653e6cf" UNIQUE ("name"), CONSTRAINT "CHK_746bce83433f873bb3fd6f079f" CHECK (age > 0), CONSTRAINT "PK_a3ffb1c0c8416b9fc6f907b7433" PRIMARY KEY ("id")); COMMENT ON COLUMN "users"."name" IS 'it''s'

CREATE UNIQUE INDEX "IDX_7fcb81c6f7a34d362c372c637c" ON "users"  ("name", "age") WHERE age > 1

CREATE TABLE "shop"."order" ("id" uuid NOT NULL DEFAULT uuid_generate_v4(), "total" double precision NOT NULL, "userId" integer, CONSTRAINT "PK_1031171c13130102495201e3e20" PRIMARY KEY ("id"))

CREATE TABLE "role" ("id" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL, "r" character varying NOT NULL, CONSTRAINT "PK_b36bcfe02fc8de3c57a8b2391c2" PRIMARY KEY ("id"))

CREATE TABLE "users_roles_role" ("usersId" integer NOT NULL, "roleId" bigint NOT NULL, CONSTRAINT "PK_3fb5295f0482f3c5090b41a5427" PRIMARY KEY ("usersId", "roleId"))

CREATE INDEX "IDX_3ea8bcae76ff0b74bcc1340af8" ON "users_roles_role"  ("usersId")

CREATE INDEX "IDX_03c652226fd376f26b31503d40" ON "users_roles_role"  ("roleId")

ALTER TABLE "shop"."order" ADD CONSTRAINT "FK_caabe91507b3379c7ba73637b84" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED

ALTER TABLE "users_roles_role" ADD CONSTRAINT "FK_3ea8bcae76ff0b74bcc1340af86" FOREIGN KEY ("usersId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE

ALTER TABLE "users_roles_role" ADD CONSTRAINT "FK_03c652226fd376f26b31503d40c" FOREIGN KEY ("roleId") REFERENCES "role"("id") ON DELETE CASCADE ON UPDATE CASCADE

SELECT TRUE FROM information_schema.columns WHERE table_name = 'pg_class' and column_name = 'relispartition'

SELECT columns.*, pg_catalog.col_description((quote_ident(table_catalog) || '.' || quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass::oid, ordinal_position) AS description, ('"' || "udt_schema" || '"."' || "udt_name" || '"')::"regtype"::text AS "regtype", pg_catalog.format_type("col_attr"."atttypid", "col_attr"."atttypmod") AS "format_type" FROM "information_schema"."columns" LEFT JOIN "pg_catalog"."pg_attribute" AS "col_attr" ON "col_attr"."attname" = "columns"."column_name" AND "col_attr"."attrelid" = ( SELECT "cls"."oid" FROM "pg_catalog"."pg_class" AS "cls" LEFT JOIN "pg_catalog"."pg_namespace" AS "ns" ON "ns"."oid" = "cls"."relnamespace" WHERE "cls"."relname" = "columns"."table_name" AND "ns"."nspname" = "columns"."table_schema" ) WHERE ("table_schema" = 'public' AND "table_name" = 'users') OR ("table_schema" = 'shop' AND "table_name" = 'order') OR ("table_schema" = 'public' AND "table_name" = 'role') OR ("table_schema" = 'public' AND "table_name" = 'users_roles_role')

SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "cnst"."conname" AS "constraint_name", pg_get_constraintdef("cnst"."oid") AS "expression", CASE "cnst"."contype" WHEN 'p' THEN 'PRIMARY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK' WHEN 'x' THEN 'EXCLUDE' END AS "constraint_type", "a"."attname" AS "column_name" FROM "pg_constraint" "cnst" INNER JOIN "pg_class" "t" ON "t"."oid" = "cnst"."conrelid" INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "cnst"."connamespace" LEFT JOIN "pg_attribute" "a" ON "a"."attrelid" = "cnst"."conrelid" AND "a"."attnum" = ANY ("cnst"."conkey") WHERE "t"."relkind" IN ('r', 'p') AND (("ns"."nspname" = 'public' AND "t"."relname" = 'users') OR ("ns"."nspname" = 'shop' AND "t"."relname" = 'order') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'role') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'users_roles_role'))

SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "i"."relname" AS "constraint_name", "a"."attname" AS "column_name", CASE "ix"."indisunique" WHEN 't' THEN 'TRUE' ELSE'FALSE' END AS "is_unique", pg_get_expr("ix"."indpred", "ix"."indrelid") AS "condition", "types"."typname" AS "type_name", "am"."amname" AS "index_type" FROM "pg_class" "t" INNER JOIN "pg_index" "ix" ON "ix"."indrelid" = "t"."oid" INNER JOIN "pg_attribute" "a" ON "a"."attrelid" = "t"."oid"  AND "a"."attnum" = ANY ("ix"."indkey") INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "t"."relnamespace" INNER JOIN "pg_class" "i" ON "i"."oid" = "ix"."indexrelid" INNER JOIN "pg_type" "types" ON "types"."oid" = "a"."atttypid" INNER JOIN "pg_am" "am" ON "i"."relam" = "am"."oid" LEFT JOIN "pg_constraint" "cnst" ON "cnst"."conname" = "i"."relname" WHERE "t"."relkind" IN ('r', 'p') AND "cnst"."contype" IS NULL AND (("ns"."nspname" = 'public' AND "t"."relname" = 'users') OR ("ns"."nspname" = 'shop' AND "t"."relname" = 'order') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'role') OR ("ns"."nspname" = 'public' AND "t"."relname" = 'users_roles_role'))

SELECT "con"."conname" AS "constraint_name", "con"."nspname" AS "table_schema", "con"."relname" AS "table_name", "att2"."attname" AS "column_name", "ns"."nspname" AS "referenced_table_schema", "cl"."relname" AS "referenced_table_name", "att"."attname" AS "referenced_column_name", "con"."confdeltype" AS "on_delete", "con"."confupdtype" AS "on_update", "con"."condeferrable" AS "deferrable", "con"."condeferred" AS "deferred" FROM ( SELECT UNNEST ("con1"."conkey") AS "parent", UNNEST ("con1"."confkey") AS "child", "con1"."confrelid", "con1"."conrelid", "con1"."conname", "con1"."contype", "ns"."nspname", "cl"."relname", "con1"."condeferrable", CASE WHEN "con1"."condeferred" THEN 'INITIALLY DEFERRED' ELSE 'INITIALLY IMMEDIATE' END as condeferred, CASE "con1"."confdeltype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confdeltype", CASE "con1"."confupdtype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confupdtype" FROM "pg_class" "cl" INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_constraint" "con1" ON "con1"."conrelid" = "cl"."oid" WHERE "con1"."contype" = 'f' AND (("ns"."nspname" = 'public' AND "cl"."relname" = 'users') OR ("ns"."nspname" = 'shop' AND "cl"."relname" = 'order') OR ("ns"."nspname" = 'public' AND "cl"."relname" = 'role') OR ("ns"."nspname" = 'public' AND "cl"."relname" = 'users_roles_role')) ) "con" INNER JOIN "pg_attribute" "att" ON "att"."attrelid" = "con"."confrelid" AND "att"."attnum" = "con"."child" INNER JOIN "pg_class" "cl" ON "cl"."oid" = "con"."confrelid"  AND "cl"."relispartition" = 'f'INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_attribute" "att2" ON "att2"."attrelid" = "con"."conrelid" AND "att2"."attnum" = "con"."parent"

SELECT "udt_schema", "udt_name" FROM "information_schema"."columns" WHERE "table_schema" = 'public' AND "table_name" = 'users' AND "column_name"='tags'

SELECT "e"."enumlabel" AS "value" FROM "pg_enum" "e" INNER JOIN "pg_type" "t" ON "t"."oid" = "e"."enumtypid" INNER JOIN "pg_namespace" "n" ON "n"."oid" = "t"."typnamespace" WHERE "n"."nspname" = 'public' AND "t"."typname" = 'text' ORDER BY "e"."enumsortorder"

INSERT INTO "users"("name", "age", "tags", "doc", "kind", "at", "up", "del", "n", "u", "v") VALUES ($1, $2, $3, $4, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1) RETURNING "id", "age", "kind", "at", "up", "del", "u", "v"

INSERT INTO "shop"."order"("id", "total", "userId") VALUES (DEFAULT, $1, $2) RETURNING "id"

SELECT "User"."id" AS "User_id", "User"."name" AS "User_name", "User"."age" AS "User_age", "User"."tags" AS "User_tags", "User"."doc" AS "User_doc", "User"."kind" AS "User_kind", "User"."at" AS "User_at", "User"."up" AS "User_up", "User"."del" AS "User_del", "User"."n" AS "User_n", "User"."u" AS "User_u", "User"."v" AS "User_v" FROM "users" "User" WHERE "User"."del" IS NULL

SELECT DISTINCT "distinctAlias"."User_id" AS "ids_User_id", "distinctAlias"."User_name", "distinctAlias"."User_age" FROM (SELECT "User"."id" AS "User_id", "User"."name" AS "User_name", "User"."age" AS "User_age", "User"."tags" AS "User_tags", "User"."doc" AS "User_doc", "User"."kind" AS "User_kind", "User"."at" AS "User_at", "User"."up" AS "User_up", "User"."del" AS "User_del", "User"."n" AS "User_n", "User"."u" AS "User_u", "User"."v" AS "User_v", "User__User_orders"."id" AS "User__User_orders_id", "User__User_orders"."total" AS "User__User_orders_total", "User__User_orders"."userId" AS "User__User_orders_userId", "User__User_roles"."id" AS "User__User_roles_id", "User__User_roles"."r" AS "User__User_roles_r" FROM "users" "User" LEFT JOIN "shop"."order" "User__User_orders" ON "User__User_orders"."userId"="User"."id"  LEFT JOIN "users_roles_role" "User_User__User_roles" ON "User_User__User_roles"."usersId"="User"."id" LEFT JOIN "role" "User__User_roles" ON "User__User_roles"."id"="User_User__User_roles"."roleId" WHERE (((("User"."name" LIKE $1) AND ("User"."age" IN ($2, $3)))) OR ((("User"."age" BETWEEN $4 AND $5) AND ("User"."tags" @> $6))) OR ((("User"."name" ILIKE $7) AND (NOT("User"."doc" IS NULL)) AND ("User"."n" > 1))))) "distinctAlias" ORDER BY "distinctAlias"."User_name" DESC, "distinctAlias"."User_age" ASC NULLS LAST, "User_id" ASC LIMIT 2 OFFSET 1

SELECT "User"."id" AS "User_id", "User"."name" AS "User_name", "User"."age" AS "User_age", "User"."tags" AS "User_tags", "User"."doc" AS "User_doc", "User"."kind" AS "User_kind", "User"."at" AS "User_at", "User"."up" AS "User_up", "User"."del" AS "User_del", "User"."n" AS "User_n", "User"."u" AS "User_u", "User"."v" AS "User_v" FROM "users" "User" WHERE "User"."del" IS NULL LIMIT 1

SELECT COUNT(1) AS "cnt" FROM "users" "User" WHERE "User"."del" IS NULL

SELECT 1 AS "row_exists" FROM (SELECT 1 AS dummy_column) "dummy_table" WHERE EXISTS (SELECT 1 FROM "users" "User" WHERE ( (("User"."age" > $1)) ) AND ( "User"."del" IS NULL )) LIMIT 1

UPDATE "users" SET "age" = "age" + 1, "v" = "v" + 1, "up" = CURRENT_TIMESTAMP WHERE "id" = $1

INSERT INTO "users"("name", "age", "tags", "doc", "kind", "at", "up", "del", "n", "u", "v") VALUES ($1, $2, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1) ON CONFLICT ( "name" ) DO UPDATE SET "name" = EXCLUDED."name", "age" = EXCLUDED."age", "up" = DEFAULT RETURNING "id", "age", "kind", "at", "up", "del", "u", "v"

UPDATE "users" SET "del" = CURRENT_TIMESTAMP, "v" = "v" + 1, "up" = CURRENT_TIMESTAMP WHERE "id" = $1 AND "del" IS NULL

UPDATE "users" SET "del" = NULL, "v" = "v" + 1, "up" = CURRENT_TIMESTAMP WHERE "id" = $1 AND "del" IS NOT NULL

DELETE FROM "users" WHERE "id" = $1

SELECT "u"."id" AS "u_id", "u"."name" AS "u_name", "u"."age" AS "u_age", "u"."tags" AS "u_tags", "u"."doc" AS "u_doc", "u"."kind" AS "u_kind", "u"."at" AS "u_at", "u"."up" AS "u_up", "u"."del" AS "u_del", "u"."n" AS "u_n", "u"."u" AS "u_u", "u"."v" AS "u_v", "o"."id" AS "o_id", "o"."total" AS "o_total", "o"."userId" AS "o_userId", count("o"."id") AS "n" FROM "users" "u" LEFT JOIN "shop"."order" "o" ON "o"."userId"="u"."id" AND ("o"."total" > $1)  INNER JOIN "users_roles_role" "u_r" ON "u_r"."usersId"="u"."id" INNER JOIN "role" "r" ON "r"."id"="u_r"."roleId" WHERE ( "u"."age" > $2 AND ("u"."name" = 'x' OR "u"."tags" @> ARRAY[$3]) ) AND ( "u"."del" IS NULL ) GROUP BY "u"."id", "o"."id" HAVING count("o"."id") > 0 ORDER BY "u"."id" DESC NULLS LAST LIMIT 2 OFFSET 1

SELECT DISTINCT ON ("u"."name") "u"."id" AS "u_id", "u"."name" AS "u_name", "u"."age" AS "u_age", "u"."tags" AS "u_tags", "u"."doc" AS "u_doc", "u"."kind" AS "u_kind", "u"."at" AS "u_at", "u"."up" AS "u_up", "u"."del" AS "u_del", "u"."n" AS "u_n", "u"."u" AS "u_u", "u"."v" AS "u_v" FROM "users" "u" WHERE "u"."del" IS NULL

INSERT INTO "users" AS "User"("name", "age", "tags", "doc", "kind", "at", "up", "del", "n", "u", "v") VALUES ($1, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1), (upper('z'), DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1) ON CONFLICT ( "name" ) DO UPDATE SET "age" = EXCLUDED."age", "up" = DEFAULT WHERE "User"."age" IS DISTINCT FROM EXCLUDED."age" RETURNING *

INSERT INTO "users" AS "User"("name", "age", "tags", "doc", "kind", "at", "up", "del", "n", "u", "v") VALUES ($1, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1) ON CONFLICT DO NOTHING  RETURNING "id", "age", "kind", "at", "up", "del", "u", "v"

UPDATE "users" SET "age" = $1, "v" = "v" + 1, "up" = CURRENT_TIMESTAMP WHERE "id" IN ($2, $3) RETURNING "id"

WITH "c"("x") AS MATERIALIZED (SELECT 1 AS one) SELECT "u"."id" AS "u_id", "u"."name" AS "u_name", "u"."age" AS "u_age", "u"."tags" AS "u_tags", "u"."doc" AS "u_doc", "u"."kind" AS "u_kind", "u"."at" AS "u_at", "u"."up" AS "u_up", "u"."del" AS "u_del", "u"."n" AS "u_n", "u"."u" AS "u_u", "u"."v" AS "u_v" FROM "users" "u" INNER JOIN "c" "c" ON c.x = "u"."id" WHERE "u"."del" IS NULL

SELECT "u"."id" AS "u_id", "u"."name" AS "u_name", "u"."age" AS "u_age", "u"."tags" AS "u_tags", "u"."doc" AS "u_doc", "u"."kind" AS "u_kind", "u"."at" AS "u_at", "u"."up" AS "u_up", "u"."del" AS "u_del", "u"."n" AS "u_n", "u"."u" AS "u_u", "u"."v" AS "u_v" FROM "users" "u" WHERE ( "u"."id" IN (SELECT "o"."userId" FROM "shop"."order" "o") ) AND ( "u"."del" IS NULL )

INSERT INTO "role"("id", "r") VALUES (DEFAULT, $1) RETURNING "id"

SAVEPOINT typeorm_1

SELECT "Role"."id" AS "Role_id", "Role"."r" AS "Role_r" FROM "role" "Role"

RELEASE SAVEPOINT typeorm_1

TRUNCATE TABLE "shop"."order"

SELECT "table_schema", "table_name", obj_description((quote_ident("table_schema") || '.' || quote_ident("table_name"))::regclass, 'pg_class') AS table_comment FROM "information_schema"."tables" WHERE ("table_schema" = 'public' AND "table_name" = 'users')

SELECT columns.*, pg_catalog.col_description((quote_ident(table_catalog) || '.' || quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass::oid, ordinal_position) AS description, ('"' || "udt_schema" || '"."' || "udt_name" || '"')::"regtype"::text AS "regtype", pg_catalog.format_type("col_attr"."atttypid", "col_attr"."atttypmod") AS "format_type" FROM "information_schema"."columns" LEFT JOIN "pg_catalog"."pg_attribute" AS "col_attr" ON "col_attr"."attname" = "columns"."column_name" AND "col_attr"."attrelid" = ( SELECT "cls"."oid" FROM "pg_catalog"."pg_class" AS "cls" LEFT JOIN "pg_catalog"."pg_namespace" AS "ns" ON "ns"."oid" = "cls"."relnamespace" WHERE "cls"."relname" = "columns"."table_name" AND "ns"."nspname" = "columns"."table_schema" ) WHERE ("table_schema" = 'public' AND "table_name" = 'users')

SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "cnst"."conname" AS "constraint_name", pg_get_constraintdef("cnst"."oid") AS "expression", CASE "cnst"."contype" WHEN 'p' THEN 'PRIMARY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK' WHEN 'x' THEN 'EXCLUDE' END AS "constraint_type", "a"."attname" AS "column_name" FROM "pg_constraint" "cnst" INNER JOIN "pg_class" "t" ON "t"."oid" = "cnst"."conrelid" INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "cnst"."connamespace" LEFT JOIN "pg_attribute" "a" ON "a"."attrelid" = "cnst"."conrelid" AND "a"."attnum" = ANY ("cnst"."conkey") WHERE "t"."relkind" IN ('r', 'p') AND (("ns"."nspname" = 'public' AND "t"."relname" = 'users'))

SELECT "ns"."nspname" AS "table_schema", "t"."relname" AS "table_name", "i"."relname" AS "constraint_name", "a"."attname" AS "column_name", CASE "ix"."indisunique" WHEN 't' THEN 'TRUE' ELSE'FALSE' END AS "is_unique", pg_get_expr("ix"."indpred", "ix"."indrelid") AS "condition", "types"."typname" AS "type_name", "am"."amname" AS "index_type" FROM "pg_class" "t" INNER JOIN "pg_index" "ix" ON "ix"."indrelid" = "t"."oid" INNER JOIN "pg_attribute" "a" ON "a"."attrelid" = "t"."oid"  AND "a"."attnum" = ANY ("ix"."indkey") INNER JOIN "pg_namespace" "ns" ON "ns"."oid" = "t"."relnamespace" INNER JOIN "pg_class" "i" ON "i"."oid" = "ix"."indexrelid" INNER JOIN "pg_type" "types" ON "types"."oid" = "a"."atttypid" INNER JOIN "pg_am" "am" ON "i"."relam" = "am"."oid" LEFT JOIN "pg_constraint" "cnst" ON "cnst"."conname" = "i"."relname" WHERE "t"."relkind" IN ('r', 'p') AND "cnst"."contype" IS NULL AND (("ns"."nspname" = 'public' AND "t"."relname" = 'users'))

SELECT "con"."conname" AS "constraint_name", "con"."nspname" AS "table_schema", "con"."relname" AS "table_name", "att2"."attname" AS "column_name", "ns"."nspname" AS "referenced_table_schema", "cl"."relname" AS "referenced_table_name", "att"."attname" AS "referenced_column_name", "con"."confdeltype" AS "on_delete", "con"."confupdtype" AS "on_update", "con"."condeferrable" AS "deferrable", "con"."condeferred" AS "deferred" FROM ( SELECT UNNEST ("con1"."conkey") AS "parent", UNNEST ("con1"."confkey") AS "child", "con1"."confrelid", "con1"."conrelid", "con1"."conname", "con1"."contype", "ns"."nspname", "cl"."relname", "con1"."condeferrable", CASE WHEN "con1"."condeferred" THEN 'INITIALLY DEFERRED' ELSE 'INITIALLY IMMEDIATE' END as condeferred, CASE "con1"."confdeltype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confdeltype", CASE "con1"."confupdtype" WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END as "confupdtype" FROM "pg_class" "cl" INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_constraint" "con1" ON "con1"."conrelid" = "cl"."oid" WHERE "con1"."contype" = 'f' AND (("ns"."nspname" = 'public' AND "cl"."relname" = 'users')) ) "con" INNER JOIN "pg_attribute" "att" ON "att"."attrelid" = "con"."confrelid" AND "att"."attnum" = "con"."child" INNER JOIN "pg_class" "cl" ON "cl"."oid" = "con"."confrelid"  AND "cl"."relispartition" = 'f'INNER JOIN "pg_namespace" "ns" ON "cl"."relnamespace" = "ns"."oid" INNER JOIN "pg_attribute" "att2" ON "att2"."attrelid" = "con"."conrelid" AND "att2"."attnum" = "con"."parent"

ALTER TABLE "users" ADD "x" varchar NOT NULL DEFAULT 'q'

ALTER TABLE "users" DROP COLUMN "x"

ALTER TABLE "users" ADD "y" int

ALTER TABLE "users" DROP COLUMN "y"

CREATE INDEX CONCURRENTLY "IDX_e78774d95a5d698bb248e1c7d2" ON "users"  ("age")

ALTER TABLE "users" RENAME TO "people"

ALTER TABLE "people" RENAME CONSTRAINT "PK_a3ffb1c0c8416b9fc6f907b7433" TO "PK_aa866e71353ee94c6cc51059c5b"

ALTER SEQUENCE "users_id_seq" RENAME TO "people_id_seq"

ALTER TABLE "people" RENAME CONSTRAINT "UQ_51b8b26ac168fbe7d6f5653e6cf" TO "UQ_e7ec00b080e693706a6eaa6d317"

ALTER INDEX "public"."IDX_e78774d95a5d698bb248e1c7d2" RENAME TO "IDX_ce4f7d225b43cf726e947ff3d7"

ALTER TYPE "public"."users_kind_enum" RENAME TO "people_kind_enum"

ALTER TABLE "people" RENAME TO "users"

ALTER TABLE "users" RENAME CONSTRAINT "PK_aa866e71353ee94c6cc51059c5b" TO "PK_a3ffb1c0c8416b9fc6f907b7433"

ALTER SEQUENCE "people_id_seq" RENAME TO "users_id_seq"

ALTER TABLE "users" RENAME CONSTRAINT "UQ_e7ec00b080e693706a6eaa6d317" TO "UQ_51b8b26ac168fbe7d6f5653e6cf"

ALTER INDEX "public"."IDX_ce4f7d225b43cf726e947ff3d7" RENAME TO "IDX_e78774d95a5d698bb248e1c7d2"

ALTER TYPE "public"."people_kind_enum" RENAME TO "users_kind_enum"

CREATE MATERIALIZED VIEW "vv" AS select 1

SELECT current_schema() AS "currentSchema"

SELECT quote_ident(schemaname) || '.' || quote_ident(viewname) as "name" FROM "pg_views" WHERE "schemaname" = ANY($1) AND "viewname" NOT IN ('geography_columns', 'geometry_columns', 'raster_columns', 'raster_overviews')

SELECT quote_ident(schemaname) || '.' || quote_ident(matviewname) as "name" FROM "pg_matviews" WHERE "schemaname" = ANY($1)

DROP MATERIALIZED VIEW IF EXISTS public.vv CASCADE

SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) as "name" FROM "pg_tables" WHERE "schemaname" = ANY($1) AND "tablename" NOT IN ('spatial_ref_sys')

DROP TABLE IF EXISTS public.users, public.users_roles_role, public.role, shop."order" CASCADE

SELECT quote_ident(n.nspname) || '.' || quote_ident(t.typname) as "name" FROM "pg_type" "t" INNER JOIN "pg_enum" "e" ON "e"."enumtypid" = "t"."oid" INNER JOIN "pg_namespace" "n" ON "n"."oid" = "t"."typnamespace" WHERE "n"."nspname" = ANY($1) GROUP BY "n"."nspname", "t"."typname"

DROP TYPE IF EXISTS public.users_kind_enum CASCADE

--# SQLAlchemy 2.1 through psycopg 2 and 3
SELECT t.oid, typarray
FROM pg_type t JOIN pg_namespace ns
    ON typnamespace = ns.oid
WHERE typname = 'hstore';

select pg_catalog.version()

select current_schema()

show transaction isolation level

show standard_conforming_strings

SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relname IN ('users', 'orders', 'excl', 'tmp') AND pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'

SELECT pg_catalog.pg_type.typname
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace
WHERE pg_catalog.pg_type.typname = 'kind_t' AND pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'

CREATE TYPE kind_t AS ENUM ('a', 'b')

CREATE TABLE users (
	id SERIAL NOT NULL,
	name VARCHAR(50) NOT NULL,
	age INTEGER DEFAULT 18,
	tags TEXT[],
	doc JSONB,
	kind kind_t,
	at TIMESTAMP WITH TIME ZONE DEFAULT now(),
	n NUMERIC(10, 2),
	u UUID DEFAULT gen_random_uuid(),
	comp INTEGER GENERATED ALWAYS AS (age * 2) STORED,
	r INT4RANGE,
	iv INTERVAL,
	bl BYTEA,
	fl DOUBLE PRECISION,
	bo BOOLEAN,
	PRIMARY KEY (id),
	CONSTRAINT uq UNIQUE (name, age),
	CONSTRAINT ck CHECK (age > 0)
)

CREATE INDEX ix_users_name ON users (name)

CREATE INDEX ix_lower ON users (lower('name')) WHERE age > 1

CREATE INDEX ix_gin ON users USING gin (tags) WITH (fastupdate = off)

COMMENT ON TABLE users IS 'people'

COMMENT ON COLUMN users.name IS 'the ''name'''

CREATE TABLE excl (
	a SERIAL NOT NULL,
	r INT4RANGE,
	c VARCHAR COLLATE "C",
	PRIMARY KEY (a),
	EXCLUDE USING gist (r WITH &&)
)

CREATE TEMPORARY TABLE tmp (
	a INTEGER NOT NULL,
	PRIMARY KEY (a)
)
 ON COMMIT DROP

SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = 'S' AND pg_catalog.pg_class.relname = 'my_seq' AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'

CREATE SEQUENCE my_seq START WITH 3 CYCLE

CREATE TABLE orders (
	id BIGINT GENERATED ALWAYS AS IDENTITY (INCREMENT BY 2 START WITH 5),
	user_id INTEGER,
	total NUMERIC,
	seq INTEGER,
	PRIMARY KEY (id),
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
)

INSERT INTO users (name, age, tags, doc, kind, n, r, iv, bl, fl, bo) VALUES ('a', 3, ARRAY['x']::TEXT[], '{"k": 1}'::JSONB, 'a', NULL, NULL::INT4RANGE, NULL, NULL, NULL, false) RETURNING users.id, users.at, users.u, users.comp

INSERT INTO users (name, age, tags, kind, n, r, iv, bl, fl, bo) VALUES ('b''', 4, NULL::TEXT[], NULL, NULL, NULL::INT4RANGE, NULL, NULL, NULL, false) RETURNING users.id, users.at, users.u, users.comp

INSERT INTO users (name, tags, kind, n, r, iv, bl, fl, bo) VALUES ('c', NULL::TEXT[], NULL, 1.5, NULL::INT4RANGE, '1 days 0.000000 seconds'::interval, NULL, NULL, false) RETURNING users.id, users.age, users.at, users.u, users.comp

INSERT INTO orders (user_id, total, seq) SELECT p0::INTEGER, p1::NUMERIC, p2::INTEGER FROM (VALUES (1, 5, nextval('my_seq'), 0), (1, 6, nextval('my_seq'), 1)) AS imp_sen(p0, p1, p2, sen_counter) ORDER BY sen_counter RETURNING orders.id, orders.id AS id__1

SELECT users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo
FROM users

UPDATE users SET name='zz', tags=ARRAY['q']::TEXT[] WHERE users.id = 1

DELETE FROM orders WHERE orders.id = 5

SAVEPOINT sa_savepoint_1

RELEASE SAVEPOINT sa_savepoint_1

SELECT users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo
FROM users
WHERE users.name = 'x' AND (users.age > 1 OR NOT users.bo) AND users.id IN (1, 2) AND users.name LIKE 'a%' AND users.name ILIKE 'b%' AND users.age BETWEEN 1 AND 2 AND users.name IS NULL AND users.age IS DISTINCT FROM 3 AND (users.name NOT IN ('q')) AND users.name ~ 'x' AND (users.name LIKE 's/%' || '%' ESCAPE '/')

SELECT users.name, count(*) AS n, sum(users.age) FILTER (WHERE users.age > 1) AS anon_1
FROM users GROUP BY users.name
HAVING count(*) > 1 ORDER BY users.name DESC NULLS LAST
 LIMIT 3 OFFSET 1

SELECT DISTINCT ON (users.name) users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo
FROM users ORDER BY users.name

SELECT users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo
FROM users JOIN orders ON users.id = orders.user_id LEFT OUTER JOIN excl ON excl.a = users.id

SELECT users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo, orders.id AS id_1, orders.user_id, orders.total, orders.seq
FROM users FULL OUTER JOIN orders ON users.id = orders.user_id

SELECT users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo, orders_1.id AS id_1, orders_1.user_id, orders_1.total, orders_1.seq
FROM users LEFT OUTER JOIN orders AS orders_1 ON users.id = orders_1.user_id

SELECT users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo
FROM users FOR UPDATE OF users SKIP LOCKED

SELECT users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo
FROM users FOR KEY SHARE NOWAIT

SELECT users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo
FROM users ORDER BY users.id
 FETCH FIRST (3) ROWS WITH TIES

SELECT row_number() OVER (PARTITION BY users.bo ORDER BY users.age DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS anon_1, sum(users.age) OVER (ORDER BY users.id RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS anon_2
FROM users

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY users.age) AS percentile_cont_1, array_agg(users.name ORDER BY users.age DESC) AS array_agg_1, string_agg(users.name, ',') AS string_agg_1
FROM users

SELECT (users.id, users.age) IN ((1, 2), (3, 4)) AS anon_1, users.id = ANY (SELECT orders.user_id
FROM orders) AS anon_2, users.id > ALL (SELECT orders.user_id
FROM orders) AS anon_3
FROM users

WITH c AS
(SELECT users.id AS id
FROM users
WHERE users.age > 1)
 SELECT c.id
FROM c

WITH RECURSIVE r(n) AS
(SELECT 1 AS n UNION ALL SELECT r.n + 1 AS anon_1
FROM r
WHERE r.n < 5)
 SELECT r.n
FROM r

SELECT users.id
FROM users UNION ALL SELECT orders.id
FROM orders ORDER BY id

SELECT users.id
FROM users INTERSECT (SELECT orders.id
FROM orders EXCEPT SELECT orders.user_id
FROM orders)

SELECT users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo
FROM users
WHERE EXISTS (SELECT orders.id, orders.user_id, orders.total, orders.seq
FROM orders
WHERE orders.user_id = users.id)

SELECT users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo, anon_1.t
FROM users LEFT OUTER JOIN (SELECT orders.user_id AS user_id, sum(orders.total) AS t
FROM orders GROUP BY orders.user_id) AS anon_1 ON anon_1.user_id = users.id

SELECT users.id, l.total
FROM users JOIN LATERAL (SELECT orders.total AS total
FROM orders
WHERE orders.user_id = users.id
 LIMIT 1) AS l ON true

SELECT users.id, users_1.id AS id_1
FROM users JOIN users AS users_1 ON users_1.id < users.id

SELECT users_1.id, users_1.name, users_1.age, users_1.tags, users_1.doc, users_1.kind, users_1.at, users_1.n, users_1.u, users_1.comp, users_1.r, users_1.iv, users_1.bl, users_1.fl, users_1.bo
FROM users AS users_1 TABLESAMPLE bernoulli(10) REPEATABLE (random())

SELECT anon_1.v, anon_1.o
FROM unnest(users.tags) WITH ORDINALITY AS anon_1(v, o)

SELECT x.a, x.b
FROM json_to_recordset('[]') AS x(a INTEGER, b TEXT)

SELECT v.id, v.nm
FROM (VALUES (1, 'a'), (2, 'b')) AS v (id, nm)

INSERT INTO users (name, bo) VALUES ('x', false) ON CONFLICT DO NOTHING RETURNING users.id

INSERT INTO users (name, age, bo) VALUES ('x', 1, false), ('y', 2, false) ON CONFLICT (id) DO UPDATE SET name = (users.name || excluded.name), age = excluded.age WHERE users.age < 5 RETURNING users.id

INSERT INTO users (name, age, bo) VALUES ('x', 1, false), ('y', 2, false) ON CONFLICT ON CONSTRAINT uq DO UPDATE SET age = 0

INSERT INTO users (name, age, bo) VALUES ('x', 1, false), ('y', 2, false) ON CONFLICT (name) WHERE age > 1 DO NOTHING

INSERT INTO excl (a) SELECT users.id
FROM users

UPDATE users SET age=(users.age + 1) WHERE users.id = 1 RETURNING users.id, users.age

UPDATE users SET name=(SELECT CAST(orders.seq AS TEXT) AS seq
FROM orders
 LIMIT 1)

UPDATE users SET age=orders.total FROM orders WHERE orders.user_id = users.id RETURNING users.id

DELETE FROM users USING orders WHERE users.id = orders.user_id AND orders.total > 3 RETURNING users.id

DELETE FROM users RETURNING users.id

INSERT INTO users (name, bo) VALUES ('p', false), ('q', false)

INSERT INTO users (name, bo) VALUES ('r', false)

SELECT CAST('x' AS text)

WITH c AS
(SELECT users.id AS id
FROM users
WHERE users.age > 1)
 DELETE FROM users WHERE users.id IN (SELECT c.id
FROM c) RETURNING users.id

WITH moved AS
(DELETE FROM orders RETURNING orders.user_id)
 INSERT INTO excl (a) SELECT moved.user_id
FROM moved

SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'

SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['v']) AND pg_catalog.pg_class.relpersistence != 't' AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'

SELECT pg_catalog.pg_attribute.attname AS name, pg_catalog.format_type(pg_catalog.pg_attribute.atttypid, pg_catalog.pg_attribute.atttypmod) AS format_type, CASE WHEN pg_catalog.pg_attribute.atthasdef THEN (SELECT pg_catalog.pg_get_expr(pg_catalog.pg_attrdef.adbin, pg_catalog.pg_attrdef.adrelid) AS pg_get_expr_1
FROM pg_catalog.pg_attrdef
WHERE pg_catalog.pg_attribute.atthasdef AND pg_catalog.pg_attrdef.adrelid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_attrdef.adnum = pg_catalog.pg_attribute.attnum) ELSE NULL END AS "default", pg_catalog.pg_attribute.attnotnull AS not_null, pg_catalog.pg_class.relname AS table_name, pg_catalog.pg_description.description AS comment, pg_catalog.pg_attribute.attgenerated AS generated, CASE WHEN (pg_catalog.pg_attribute.attidentity != '') THEN (SELECT json_build_object('always', pg_catalog.pg_attribute.attidentity = 'a', 'start', pg_catalog.pg_sequence.seqstart, 'increment', pg_catalog.pg_sequence.seqincrement, 'minvalue', pg_catalog.pg_sequence.seqmin, 'maxvalue', pg_catalog.pg_sequence.seqmax, 'cache', pg_catalog.pg_sequence.seqcache, 'cycle', pg_catalog.pg_sequence.seqcycle) AS json_build_object_1
FROM pg_catalog.pg_sequence
WHERE pg_catalog.pg_attribute.attidentity != '' AND pg_catalog.pg_sequence.seqrelid = CAST(CAST(pg_catalog.pg_get_serial_sequence(CAST(CAST(pg_catalog.pg_attribute.attrelid AS REGCLASS) AS TEXT), pg_catalog.pg_attribute.attname) AS REGCLASS) AS OID)) ELSE NULL END AS identity_options, CASE WHEN (pg_catalog.pg_attribute.attcollation != 0 AND (SELECT pg_catalog.pg_type.typcollation
FROM pg_catalog.pg_type
WHERE pg_catalog.pg_type.oid = pg_catalog.pg_attribute.atttypid) != pg_catalog.pg_attribute.attcollation) THEN (SELECT json_build_object('name', pg_catalog.pg_collation.collname, 'schema', CASE WHEN pg_catalog.pg_collation_is_visible(pg_catalog.pg_collation.oid) THEN NULL ELSE pg_catalog.pg_namespace.nspname END) AS json_build_object_9
FROM pg_catalog.pg_collation JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_collation.collnamespace
WHERE pg_catalog.pg_collation.oid = pg_catalog.pg_attribute.attcollation) ELSE NULL END AS collation
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_attribute ON pg_catalog.pg_class.oid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_attribute.attnum > 0 AND NOT pg_catalog.pg_attribute.attisdropped LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_attribute.attrelid AND pg_catalog.pg_description.objsubid = pg_catalog.pg_attribute.attnum JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('excl', 'users', 'orders') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_attribute.attnum

SELECT pg_catalog.pg_type.typname AS name, pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, lbl_agg.labels AS labels
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN (SELECT pg_catalog.pg_enum.enumtypid AS enumtypid, array_agg(CAST(pg_catalog.pg_enum.enumlabel AS TEXT) ORDER BY pg_catalog.pg_enum.enumsortorder) AS labels
FROM pg_catalog.pg_enum GROUP BY pg_catalog.pg_enum.enumtypid) AS lbl_agg ON pg_catalog.pg_type.oid = lbl_agg.enumtypid
WHERE pg_catalog.pg_type.typtype = 'e' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname

SELECT pg_catalog.pg_class.oid, pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('excl', 'users', 'orders')

SELECT attr.conrelid, array_agg(CAST(attr.attname AS TEXT) ORDER BY attr.ord) AS cols, attr.conname, min(attr.description) AS description, min(attr.indnkeyatts) AS indnkeyatts, bool_and(attr.indnullsnotdistinct) AS indnullsnotdistinct
FROM (SELECT con.conrelid AS conrelid, con.conname AS conname, con.description AS description, con.ord AS ord, con.indnkeyatts AS indnkeyatts, con.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_attribute.attname AS attname
FROM pg_catalog.pg_attribute JOIN (SELECT pg_catalog.pg_constraint.conrelid AS conrelid, pg_catalog.pg_constraint.conname AS conname, unnest(pg_catalog.pg_index.indkey) AS attnum, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord, pg_catalog.pg_index.indnkeyatts AS indnkeyatts, pg_catalog.pg_index.indnullsnotdistinct AS indnullsnotdistinct, pg_catalog.pg_description.description AS description
FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_index ON pg_catalog.pg_constraint.conindid = pg_catalog.pg_index.indexrelid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS)
WHERE pg_catalog.pg_constraint.contype = 'p' AND pg_catalog.pg_constraint.conrelid IN (17037, 17058, 17016)) AS con ON pg_catalog.pg_attribute.attnum = con.attnum AND pg_catalog.pg_attribute.attrelid = con.conrelid
WHERE con.conrelid IN (17037, 17058, 17016)) AS attr GROUP BY attr.conrelid, attr.conname ORDER BY attr.conrelid, attr.conname

SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, nsp_ref.nspname, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'f' LEFT OUTER JOIN pg_catalog.pg_class AS cls_ref ON cls_ref.oid = pg_catalog.pg_constraint.confrelid LEFT OUTER JOIN pg_catalog.pg_namespace AS nsp_ref ON cls_ref.relnamespace = nsp_ref.oid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('excl', 'users', 'orders') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname

SELECT pg_catalog.pg_am.oid, pg_catalog.pg_am.amname
FROM pg_catalog.pg_am
WHERE pg_catalog.pg_am.amname = 'btree'

SELECT pg_catalog.pg_opclass.oid, pg_catalog.pg_opclass.opcname
FROM pg_catalog.pg_opclass
WHERE NOT pg_catalog.pg_opclass.opcdefault

SELECT pg_catalog.pg_index.indrelid, pg_catalog.pg_class.relname, pg_catalog.pg_index.indisunique, pg_catalog.pg_index.indisvalid, pg_catalog.pg_constraint.conrelid IS NOT NULL AS has_constraint, pg_catalog.pg_index.indoption, pg_catalog.pg_class.reloptions, pg_catalog.pg_class.relam, CASE WHEN (pg_catalog.pg_index.indpred IS NOT NULL) THEN pg_catalog.pg_get_expr(pg_catalog.pg_index.indpred, pg_catalog.pg_index.indrelid) END AS filter_definition, pg_catalog.pg_index.indnkeyatts, pg_catalog.pg_index.indnullsnotdistinct, idx_cols.elements, idx_cols.elements_is_expr, idx_cols.elements_opclass
FROM pg_catalog.pg_index JOIN pg_catalog.pg_class ON pg_catalog.pg_index.indexrelid = pg_catalog.pg_class.oid LEFT OUTER JOIN (SELECT idx_attr.indexrelid AS indexrelid, min(idx_attr.indrelid) AS min_1, array_agg(idx_attr.element ORDER BY idx_attr.ord) AS elements, array_agg(idx_attr.is_expr ORDER BY idx_attr.ord) AS elements_is_expr, array_agg(idx_attr.att_opclass ORDER BY idx_attr.ord) AS elements_opclass
FROM (SELECT idx.indexrelid AS indexrelid, idx.indrelid AS indrelid, idx.ord AS ord, CASE WHEN (idx.attnum = 0) THEN pg_catalog.pg_get_indexdef(idx.indexrelid, idx.ord + 1, true) ELSE CAST(pg_catalog.pg_attribute.attname AS TEXT) END AS element, idx.attnum = 0 AS is_expr, CAST(idx.att_opclass AS BIGINT) AS att_opclass
FROM (SELECT pg_catalog.pg_index.indexrelid AS indexrelid, pg_catalog.pg_index.indrelid AS indrelid, unnest(pg_catalog.pg_index.indkey) AS attnum, unnest(pg_catalog.pg_index.indclass) AS att_opclass, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord
FROM pg_catalog.pg_index
WHERE NOT pg_catalog.pg_index.indisprimary AND pg_catalog.pg_index.indrelid IN (17037, 17058, 17016)) AS idx LEFT OUTER JOIN pg_catalog.pg_attribute ON pg_catalog.pg_attribute.attnum = idx.attnum AND pg_catalog.pg_attribute.attrelid = idx.indrelid
WHERE idx.indrelid IN (17037, 17058, 17016)) AS idx_attr GROUP BY idx_attr.indexrelid) AS idx_cols ON pg_catalog.pg_index.indexrelid = idx_cols.indexrelid LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_index.indrelid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_index.indexrelid = pg_catalog.pg_constraint.conindid AND pg_catalog.pg_constraint.contype = ANY (ARRAY['p', 'u', 'x'])
WHERE pg_catalog.pg_index.indrelid IN (17037, 17058, 17016) AND NOT pg_catalog.pg_index.indisprimary ORDER BY pg_catalog.pg_index.indrelid, pg_catalog.pg_class.relname

SELECT pg_catalog.pg_am.oid, pg_catalog.pg_am.amname
FROM pg_catalog.pg_am

SELECT pg_catalog.pg_class.relname, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_class.oid = pg_catalog.pg_description.objoid AND pg_catalog.pg_description.objsubid = 0 AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_class' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('excl', 'users', 'orders')

SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'c' LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('excl', 'users', 'orders') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname

SELECT pg_catalog.pg_class.oid, pg_catalog.pg_class.relname, pg_catalog.pg_class.reloptions, NULL AS relhasoids, CASE WHEN (pg_catalog.pg_am.amname IS NOT NULL AND pg_catalog.pg_am.amname != current_setting('default_table_access_method')) THEN pg_catalog.pg_am.amname ELSE NULL END AS access_method_name, pg_catalog.pg_tablespace.spcname AS tablespace_name, inherits.parent_table_names
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_am ON pg_catalog.pg_class.relam = pg_catalog.pg_am.oid LEFT OUTER JOIN (SELECT pg_catalog.pg_inherits.inhrelid AS inhrelid, array_agg(pg_catalog.pg_class.relname ORDER BY pg_catalog.pg_inherits.inhseqno) AS parent_table_names
FROM pg_catalog.pg_inherits JOIN pg_catalog.pg_class ON pg_catalog.pg_inherits.inhparent = pg_catalog.pg_class.oid GROUP BY pg_catalog.pg_inherits.inhrelid) AS inherits ON pg_catalog.pg_class.oid = inherits.inhrelid LEFT OUTER JOIN pg_catalog.pg_tablespace ON pg_catalog.pg_tablespace.oid = pg_catalog.pg_class.reltablespace JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('excl', 'users', 'orders')

SELECT pg_catalog.pg_namespace.nspname
FROM pg_catalog.pg_namespace
WHERE (pg_catalog.pg_namespace.nspname NOT LIKE 'pg/_' || '%' ESCAPE '/') ORDER BY pg_catalog.pg_namespace.nspname

SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['S']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'

SELECT pg_catalog.pg_type.typname AS name, pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, lbl_agg.labels AS labels
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN (SELECT pg_catalog.pg_enum.enumtypid AS enumtypid, array_agg(CAST(pg_catalog.pg_enum.enumlabel AS TEXT) ORDER BY pg_catalog.pg_enum.enumsortorder) AS labels
FROM pg_catalog.pg_enum GROUP BY pg_catalog.pg_enum.enumtypid) AS lbl_agg ON pg_catalog.pg_type.oid = lbl_agg.enumtypid
WHERE pg_catalog.pg_type.typtype = 'e' AND pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname

SELECT pg_catalog.pg_class.oid, pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('users')

SELECT pg_catalog.pg_index.indrelid, pg_catalog.pg_class.relname, pg_catalog.pg_index.indisunique, pg_catalog.pg_index.indisvalid, pg_catalog.pg_constraint.conrelid IS NOT NULL AS has_constraint, pg_catalog.pg_index.indoption, pg_catalog.pg_class.reloptions, pg_catalog.pg_class.relam, CASE WHEN (pg_catalog.pg_index.indpred IS NOT NULL) THEN pg_catalog.pg_get_expr(pg_catalog.pg_index.indpred, pg_catalog.pg_index.indrelid) END AS filter_definition, pg_catalog.pg_index.indnkeyatts, pg_catalog.pg_index.indnullsnotdistinct, idx_cols.elements, idx_cols.elements_is_expr, idx_cols.elements_opclass
FROM pg_catalog.pg_index JOIN pg_catalog.pg_class ON pg_catalog.pg_index.indexrelid = pg_catalog.pg_class.oid LEFT OUTER JOIN (SELECT idx_attr.indexrelid AS indexrelid, min(idx_attr.indrelid) AS min_1, array_agg(idx_attr.element ORDER BY idx_attr.ord) AS elements, array_agg(idx_attr.is_expr ORDER BY idx_attr.ord) AS elements_is_expr, array_agg(idx_attr.att_opclass ORDER BY idx_attr.ord) AS elements_opclass
FROM (SELECT idx.indexrelid AS indexrelid, idx.indrelid AS indrelid, idx.ord AS ord, CASE WHEN (idx.attnum = 0) THEN pg_catalog.pg_get_indexdef(idx.indexrelid, idx.ord + 1, true) ELSE CAST(pg_catalog.pg_attribute.attname AS TEXT) END AS element, idx.attnum = 0 AS is_expr, CAST(idx.att_opclass AS BIGINT) AS att_opclass
FROM (SELECT pg_catalog.pg_index.indexrelid AS indexrelid, pg_catalog.pg_index.indrelid AS indrelid, unnest(pg_catalog.pg_index.indkey) AS attnum, unnest(pg_catalog.pg_index.indclass) AS att_opclass, generate_subscripts(pg_catalog.pg_index.indkey, 1) AS ord
FROM pg_catalog.pg_index
WHERE NOT pg_catalog.pg_index.indisprimary AND pg_catalog.pg_index.indrelid IN (17016)) AS idx LEFT OUTER JOIN pg_catalog.pg_attribute ON pg_catalog.pg_attribute.attnum = idx.attnum AND pg_catalog.pg_attribute.attrelid = idx.indrelid
WHERE idx.indrelid IN (17016)) AS idx_attr GROUP BY idx_attr.indexrelid) AS idx_cols ON pg_catalog.pg_index.indexrelid = idx_cols.indexrelid LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_index.indrelid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_index.indexrelid = pg_catalog.pg_constraint.conindid AND pg_catalog.pg_constraint.contype = ANY (ARRAY['p', 'u', 'x'])
WHERE pg_catalog.pg_index.indrelid IN (17016) AND NOT pg_catalog.pg_index.indisprimary ORDER BY pg_catalog.pg_index.indrelid, pg_catalog.pg_class.relname

SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, nsp_ref.nspname, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'f' LEFT OUTER JOIN pg_catalog.pg_class AS cls_ref ON cls_ref.oid = pg_catalog.pg_constraint.confrelid LEFT OUTER JOIN pg_catalog.pg_namespace AS nsp_ref ON cls_ref.relnamespace = nsp_ref.oid LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('orders') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname

SELECT pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname, CASE WHEN (pg_catalog.pg_constraint.oid IS NOT NULL) THEN pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true) END AS anon_1, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_constraint ON pg_catalog.pg_class.oid = pg_catalog.pg_constraint.conrelid AND pg_catalog.pg_constraint.contype = 'c' LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_description.objoid = pg_catalog.pg_constraint.oid AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_constraint' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('users') ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_constraint.conname

SELECT pg_catalog.pg_class.relname, pg_catalog.pg_description.description
FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_description ON pg_catalog.pg_class.oid = pg_catalog.pg_description.objoid AND pg_catalog.pg_description.objsubid = 0 AND pg_catalog.pg_description.classoid = CAST('pg_catalog.pg_class' AS REGCLASS) JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('users')

SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relname IN ('x') AND pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'

SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p']) AND pg_catalog.pg_class.relpersistence = 't' AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog'

SELECT pg_catalog.pg_type.typname AS name, pg_catalog.format_type(pg_catalog.pg_type.typbasetype, pg_catalog.pg_type.typtypmod) AS attype, NOT pg_catalog.pg_type.typnotnull AS nullable, pg_catalog.pg_type.typdefault AS "default", pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AS visible, pg_catalog.pg_namespace.nspname AS schema, domain_constraints.condefs, domain_constraints.connames, pg_catalog.pg_collation.collname, CASE WHEN (pg_catalog.pg_collation.oid IS NULL) THEN NULL WHEN pg_catalog.pg_collation_is_visible(pg_catalog.pg_collation.oid) THEN NULL ELSE collation_namespace.nspname END AS collation_schema
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace LEFT OUTER JOIN pg_catalog.pg_collation ON pg_catalog.pg_type.typcollation = pg_catalog.pg_collation.oid LEFT OUTER JOIN pg_catalog.pg_namespace AS collation_namespace ON collation_namespace.oid = pg_catalog.pg_collation.collnamespace LEFT OUTER JOIN (SELECT pg_catalog.pg_constraint.contypid AS contypid, array_agg(pg_catalog.pg_get_constraintdef(pg_catalog.pg_constraint.oid, true)) AS condefs, array_agg(CAST(pg_catalog.pg_constraint.conname AS TEXT)) AS connames
FROM pg_catalog.pg_constraint
WHERE pg_catalog.pg_constraint.contypid != 0 GROUP BY pg_catalog.pg_constraint.contypid) AS domain_constraints ON pg_catalog.pg_type.oid = domain_constraints.contypid
WHERE pg_catalog.pg_type.typtype = 'd' AND pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AND pg_catalog.pg_namespace.nspname != 'pg_catalog' ORDER BY pg_catalog.pg_namespace.nspname, pg_catalog.pg_type.typname

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE NOT DEFERRABLE

PREPARE TRANSACTION '_sa_6a25ef957e7fb3443afd482f28f24633'

DECLARE "c_7ff78b139450_1" CURSOR WITHOUT HOLD FOR SELECT users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo
FROM users

FETCH FORWARD 1 FROM "c_7ff78b139450_1"

CLOSE "c_7ff78b139450_1"

DROP TABLE orders

DROP TABLE excl

DROP TABLE users

DROP SEQUENCE my_seq

DROP TYPE kind_t

SAVEPOINT "_pg3_1"

SELECT
    typname AS name, oid, typarray AS array_oid,
    oid::regtype::text AS regtype, typdelim AS delimiter
FROM pg_type t
WHERE t.oid = to_regtype($1)
ORDER BY t.oid

RELEASE "_pg3_1"

SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relname IN ($1::VARCHAR, $2::VARCHAR, $3::VARCHAR, $4::VARCHAR) AND pg_catalog.pg_class.relkind = ANY (ARRAY[$5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::VARCHAR, $9::VARCHAR]) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != $10::VARCHAR

SELECT pg_catalog.pg_type.typname
FROM pg_catalog.pg_type JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_type.typnamespace
WHERE pg_catalog.pg_type.typname = $1::VARCHAR AND pg_catalog.pg_type_is_visible(pg_catalog.pg_type.oid) AND pg_catalog.pg_namespace.nspname != $2::VARCHAR

SELECT pg_catalog.pg_class.relname
FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
WHERE pg_catalog.pg_class.relkind = $1::VARCHAR AND pg_catalog.pg_class.relname = $2::VARCHAR AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid) AND pg_catalog.pg_namespace.nspname != $3::VARCHAR

INSERT INTO users (name, age, tags, doc, kind, n, r, iv, bl, fl, bo) VALUES ($1::VARCHAR, $2::INTEGER, $3::TEXT[], $4::JSONB, $5, $6, $7::INT4RANGE, $8, $9, $10, $11) RETURNING users.id, users.at, users.u, users.comp

INSERT INTO users (name, age, tags, kind, n, r, iv, bl, fl, bo) VALUES ($1::VARCHAR, $2::INTEGER, $3::TEXT[], $4, $5, $6::INT4RANGE, $7, $8, $9, $10) RETURNING users.id, users.at, users.u, users.comp

INSERT INTO users (name, tags, kind, n, r, iv, bl, fl, bo) VALUES ($1::VARCHAR, $2::TEXT[], $3, $4, $5::INT4RANGE, $6, $7, $8, $9) RETURNING users.id, users.age, users.at, users.u, users.comp

INSERT INTO orders (user_id, total, seq) SELECT p0::INTEGER, p1::NUMERIC, p2::INTEGER FROM (VALUES ($1::INTEGER, $2, nextval('my_seq'), 0), ($3::INTEGER, $4, nextval('my_seq'), 1)) AS imp_sen(p0, p1, p2, sen_counter) ORDER BY sen_counter RETURNING orders.id, orders.id AS id__1

UPDATE users SET name=$1::VARCHAR, tags=$2::TEXT[] WHERE users.id = $3::INTEGER

DELETE FROM orders WHERE orders.id = $1::BIGINT

SELECT users.id, users.name, users.age, users.tags, users.doc, users.kind, users.at, users.n, users.u, users.comp, users.r, users.iv, users.bl, users.fl, users.bo
FROM users
WHERE users.name = $1::VARCHAR AND (users.age > $2::INTEGER OR NOT users.bo) AND users.id IN ($3::INTEGER, $4::INTEGER) AND users.name LIKE $5::VARCHAR AND users.name ILIKE $6::VARCHAR AND users.age BETWEEN $7::INTEGER AND $8::INTEGER AND users.name IS NULL AND users.age IS DISTINCT FROM $9::INTEGER AND (users.name NOT IN ($10::VARCHAR)) AND users.name ~ $11::VARCHAR AND (users.name LIKE $12::VARCHAR || '%' ESCAPE '/')

SELECT users.name, count(*) AS n, sum(users.age) FILTER (WHERE users.age > $1::INTEGER) AS anon_1
FROM users GROUP BY users.name
HAVING count(*) > $2::INTEGER ORDER BY users.name DESC NULLS LAST
 LIMIT $3::INTEGER OFFSET $4::INTEGER

--# Django 5.2
SELECT oid, typarray FROM pg_type WHERE typname = 'hstore'

SELECT
                c.relname,
                CASE
                    WHEN c.relispartition THEN 'p'
                    WHEN c.relkind IN ('m', 'v') THEN 'v'
                    ELSE 't'
                END,
                obj_description(c.oid, 'pg_class')
            FROM pg_catalog.pg_class c
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid)

CREATE TABLE "django_migrations" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" timestamp with time zone NOT NULL)

CREATE TABLE "app_author" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "name" varchar(50) NOT NULL, "bio" text NULL, "age" integer DEFAULT 5 NOT NULL CHECK ("age" >= 0), "tags" text[] NULL, "doc" jsonb NULL, "up" text GENERATED ALWAYS AS (UPPER("name")) STORED, "at" timestamp with time zone NOT NULL, "u" uuid NULL UNIQUE, "ip" inet NULL, "friend_id" bigint NULL)

COMMENT ON COLUMN "app_author"."bio" IS 'b'

CREATE TABLE "app_book" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "title" varchar(99) NOT NULL UNIQUE, "price" numeric(8, 2) NULL, "pub" date NULL, "dur" interval NULL, "b" bytea NULL, "f" double precision NOT NULL, "main_id" bigint NULL)

CREATE TABLE "app_book_authors" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "book_id" bigint NOT NULL, "author_id" bigint NOT NULL)

CREATE INDEX "lo" ON "app_author" ((LOWER("name")))

CREATE INDEX "an" ON "app_author" ("age" DESC, "name") INCLUDE ("bio") WHERE "age" > 1

ALTER TABLE "app_author" ADD CONSTRAINT "ck" CHECK ("age" >= 0)

ALTER TABLE "app_author" ADD CONSTRAINT "uq" UNIQUE ("name", "age") DEFERRABLE INITIALLY DEFERRED

CREATE UNIQUE INDEX "lu" ON "app_author" ((LOWER("name"))) NULLS NOT DISTINCT

ALTER TABLE "app_author" ADD CONSTRAINT "app_author_friend_id_7b14f5b2_fk_app_author_id" FOREIGN KEY ("friend_id") REFERENCES "app_author" ("id") DEFERRABLE INITIALLY DEFERRED

CREATE INDEX "app_author_name_913eb4ae" ON "app_author" ("name")

CREATE INDEX "app_author_name_913eb4ae_like" ON "app_author" ("name" varchar_pattern_ops)

CREATE INDEX "app_author_friend_id_7b14f5b2" ON "app_author" ("friend_id")

ALTER TABLE "app_book" ADD CONSTRAINT "app_book_main_id_bbd119ef_fk_app_author_id" FOREIGN KEY ("main_id") REFERENCES "app_author" ("id") DEFERRABLE INITIALLY DEFERRED

CREATE INDEX "app_book_title_30dcdb86_like" ON "app_book" ("title" varchar_pattern_ops)

CREATE INDEX "app_book_main_id_bbd119ef" ON "app_book" ("main_id")

ALTER TABLE "app_book_authors" ADD CONSTRAINT "app_book_authors_book_id_author_id_4f74f2ac_uniq" UNIQUE ("book_id", "author_id")

ALTER TABLE "app_book_authors" ADD CONSTRAINT "app_book_authors_book_id_48d53112_fk_app_book_id" FOREIGN KEY ("book_id") REFERENCES "app_book" ("id") DEFERRABLE INITIALLY DEFERRED

ALTER TABLE "app_book_authors" ADD CONSTRAINT "app_book_authors_author_id_1549190a_fk_app_author_id" FOREIGN KEY ("author_id") REFERENCES "app_author" ("id") DEFERRABLE INITIALLY DEFERRED

CREATE INDEX "app_book_authors_book_id_48d53112" ON "app_book_authors" ("book_id")

CREATE INDEX "app_book_authors_author_id_1549190a" ON "app_book_authors" ("author_id")

INSERT INTO "django_migrations" ("app", "name", "applied") VALUES ('app', '0001_initial', '2026-11-21 12:34:43.110297+00:00'::timestamptz) RETURNING "django_migrations"."id"

CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "name" varchar(100) NOT NULL, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL)

ALTER TABLE "django_content_type" ADD CONSTRAINT "django_content_type_app_label_model_76bd3d3b_uniq" UNIQUE ("app_label", "model")

ALTER TABLE "django_content_type" ALTER COLUMN "name" DROP NOT NULL

ALTER TABLE "django_content_type" DROP COLUMN "name" CASCADE

CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "name" varchar(50) NOT NULL, "content_type_id" integer NOT NULL, "codename" varchar(100) NOT NULL)

CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "name" varchar(80) NOT NULL UNIQUE)

CREATE TABLE "auth_group_permissions" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "group_id" integer NOT NULL, "permission_id" integer NOT NULL)

CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "password" varchar(128) NOT NULL, "last_login" timestamp with time zone NOT NULL, "is_superuser" boolean NOT NULL, "username" varchar(30) NOT NULL UNIQUE, "first_name" varchar(30) NOT NULL, "last_name" varchar(30) NOT NULL, "email" varchar(75) NOT NULL, "is_staff" boolean NOT NULL, "is_active" boolean NOT NULL, "date_joined" timestamp with time zone NOT NULL)

CREATE TABLE "auth_user_groups" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "user_id" integer NOT NULL, "group_id" integer NOT NULL)

CREATE TABLE "auth_user_user_permissions" ("id" bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, "user_id" integer NOT NULL, "permission_id" integer NOT NULL)

ALTER TABLE "auth_permission" ADD CONSTRAINT "auth_permission_content_type_id_codename_01ab375a_uniq" UNIQUE ("content_type_id", "codename")

ALTER TABLE "auth_permission" ADD CONSTRAINT "auth_permission_content_type_id_2f476e4b_fk_django_co" FOREIGN KEY ("content_type_id") REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED

CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id")

CREATE INDEX "auth_group_name_a6ea08ec_like" ON "auth_group" ("name" varchar_pattern_ops)

ALTER TABLE "auth_group_permissions" ADD CONSTRAINT "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" UNIQUE ("group_id", "permission_id")

ALTER TABLE "auth_group_permissions" ADD CONSTRAINT "auth_group_permissions_group_id_b120cbf9_fk_auth_group_id" FOREIGN KEY ("group_id") REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED

ALTER TABLE "auth_group_permissions" ADD CONSTRAINT "auth_group_permissio_permission_id_84c5c92e_fk_auth_perm" FOREIGN KEY ("permission_id") REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED

CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id")

CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id")

CREATE INDEX "auth_user_username_6821ab7c_like" ON "auth_user" ("username" varchar_pattern_ops)

ALTER TABLE "auth_user_groups" ADD CONSTRAINT "auth_user_groups_user_id_group_id_94350c0c_uniq" UNIQUE ("user_id", "group_id")

ALTER TABLE "auth_user_groups" ADD CONSTRAINT "auth_user_groups_user_id_6a12ed8b_fk_auth_user_id" FOREIGN KEY ("user_id") REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED

ALTER TABLE "auth_user_groups" ADD CONSTRAINT "auth_user_groups_group_id_97559544_fk_auth_group_id" FOREIGN KEY ("group_id") REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED

CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id")

CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id")

ALTER TABLE "auth_user_user_permissions" ADD CONSTRAINT "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" UNIQUE ("user_id", "permission_id")

ALTER TABLE "auth_user_user_permissions" ADD CONSTRAINT "auth_user_user_permissions_user_id_a95ead1b_fk_auth_user_id" FOREIGN KEY ("user_id") REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED

ALTER TABLE "auth_user_user_permissions" ADD CONSTRAINT "auth_user_user_permi_permission_id_1fbb5f2c_fk_auth_perm" FOREIGN KEY ("permission_id") REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED

CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id")

CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id")

ALTER TABLE "auth_permission" ALTER COLUMN "name" TYPE varchar(255)

ALTER TABLE "auth_user" ALTER COLUMN "email" TYPE varchar(254)

ALTER TABLE "auth_user" ALTER COLUMN "last_login" DROP NOT NULL

ALTER TABLE "auth_user" ALTER COLUMN "username" TYPE varchar(150)

ALTER TABLE "auth_user" ALTER COLUMN "last_name" TYPE varchar(150)

ALTER TABLE "auth_group" ALTER COLUMN "name" TYPE varchar(150)

ALTER TABLE "auth_user" ALTER COLUMN "first_name" TYPE varchar(150)

CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" timestamp with time zone NOT NULL)

CREATE INDEX "django_session_session_key_c0390e0f_like" ON "django_session" ("session_key" varchar_pattern_ops)

CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date")

SELECT "django_migrations"."id", "django_migrations"."app", "django_migrations"."name", "django_migrations"."applied" FROM "django_migrations"

SELECT "django_content_type"."id", "django_content_type"."app_label", "django_content_type"."model" FROM "django_content_type" WHERE "django_content_type"."app_label" = 'contenttypes'

INSERT INTO "django_content_type" ("app_label", "model") VALUES ('contenttypes', 'contenttype') RETURNING "django_content_type"."id"

SELECT "django_content_type"."id", "django_content_type"."app_label", "django_content_type"."model" FROM "django_content_type" WHERE ("django_content_type"."app_label" = 'contenttypes' AND "django_content_type"."model" IN ('contenttype'))

SELECT "auth_permission"."content_type_id" AS "content_type", "auth_permission"."codename" AS "codename" FROM "auth_permission" INNER JOIN "django_content_type" ON ("auth_permission"."content_type_id" = "django_content_type"."id") WHERE "auth_permission"."content_type_id" IN (1) ORDER BY "django_content_type"."app_label" ASC, "django_content_type"."model" ASC, 2 ASC

INSERT INTO "auth_permission" ("name", "content_type_id", "codename") SELECT * FROM UNNEST(('{"Can add content type","Can change content type","Can delete content type","Can view content type"}')::varchar[], ('{1,1,1,1}'::int2[])::integer[], ('{add_contenttype,change_contenttype,delete_contenttype,view_contenttype}')::varchar[]) RETURNING "auth_permission"."id"

INSERT INTO "django_content_type" ("app_label", "model") SELECT * FROM UNNEST(('{auth,auth,auth}')::varchar[], ('{permission,group,user}')::varchar[]) RETURNING "django_content_type"."id"

SELECT "django_content_type"."id", "django_content_type"."app_label", "django_content_type"."model" FROM "django_content_type" WHERE ("django_content_type"."app_label" = 'auth' AND "django_content_type"."model" IN ('permission', 'group', 'user'))

SELECT "auth_permission"."content_type_id" AS "content_type", "auth_permission"."codename" AS "codename" FROM "auth_permission" INNER JOIN "django_content_type" ON ("auth_permission"."content_type_id" = "django_content_type"."id") WHERE "auth_permission"."content_type_id" IN (2, 3, 4) ORDER BY "django_content_type"."app_label" ASC, "django_content_type"."model" ASC, 2 ASC

INSERT INTO "app_author" ("name", "bio", "age", "tags", "doc", "friend_id", "at", "u", "ip") VALUES ('x', NULL, 1, '{a}'::text[], '{"k": [1, {"z": 2}]}'::jsonb, NULL, '2026-11-21 12:34:43.208617+00:00'::timestamptz, NULL, NULL) RETURNING "app_author"."id", "app_author"."age", "app_author"."up"

INSERT INTO "app_book" ("title", "price", "pub", "main_id", "dur", "b", "f") VALUES ('t', NULL, NULL, 1, NULL, NULL, 0.0) RETURNING "app_book"."id"

INSERT INTO "app_book_authors" ("book_id", "author_id") VALUES (1, 1) ON CONFLICT DO NOTHING

SELECT "app_author"."id" AS "id" FROM "app_author" INNER JOIN "app_book_authors" ON ("app_author"."id" = "app_book_authors"."author_id") WHERE "app_book_authors"."book_id" = 1

INSERT INTO "app_author" ("name", "bio", "age", "tags", "doc", "friend_id", "at", "u", "ip") VALUES ('q0', NULL, 1, NULL::text[], NULL, NULL, '2026-11-21 12:34:43.215532+00:00'::timestamptz, NULL, NULL), ('q1', NULL, 1, NULL::text[], NULL, NULL, '2026-11-21 12:34:43.215565+00:00'::timestamptz, NULL, NULL), ('q2', NULL, 1, NULL::text[], NULL, NULL, '2026-11-21 12:34:43.215578+00:00'::timestamptz, NULL, NULL) RETURNING "app_author"."id", "app_author"."age", "app_author"."up"

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author"

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" WHERE ("app_author"."age" > 1 AND "app_author"."name" = 'x' AND NOT ("app_author"."bio" IS NULL)) LIMIT 3 OFFSET 2

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" WHERE (UPPER("app_author"."name"::text) LIKE UPPER('%X%') OR ("app_author"."name"::text LIKE 'y%' AND NOT ("app_author"."age" IN (1, 2))))

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" WHERE ("app_author"."name"::text LIKE '%c' AND UPPER("app_author"."name"::text) = UPPER('z') AND "app_author"."name"::text ~* 'b' AND UPPER("app_author"."name"::text) LIKE UPPER('d%') AND "app_author"."name"::text ~ 'a.*')

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" WHERE (("app_author"."at" AT TIME ZONE 'America/Chicago')::date < '2026-11-21'::date AND EXTRACT(HOUR FROM "app_author"."at" AT TIME ZONE 'America/Chicago') = 3 AND EXTRACT(DOW FROM "app_author"."at" AT TIME ZONE 'America/Chicago') + 1 = 2 AND "app_author"."at" BETWEEN '2024-01-01 00:00:00-06:00'::timestamptz AND '2024-12-31 23:59:59.999999-06:00'::timestamptz)

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" WHERE (("app_author"."tags")[1] = 'a' AND "app_author"."tags" @> (ARRAY['a'])::text[] AND CASE WHEN "app_author"."tags" IS NULL THEN NULL ELSE coalesce(array_length("app_author"."tags", 1), 0) END = 1 AND "app_author"."tags" && (ARRAY['b'])::text[])

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" WHERE ("app_author"."doc" @> '{"k": 1}'::jsonb AND "app_author"."doc" ? 'k' AND "app_author"."doc" IS NOT NULL AND ("app_author"."doc" #> '{k,0}') = '1'::jsonb AND ("app_author"."doc" #> '{k,1,z}') > '1'::jsonb)

SELECT DISTINCT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" INNER JOIN "app_author" T2 ON ("app_author"."friend_id" = T2."id") INNER JOIN "app_book" ON ("app_author"."id" = "app_book"."main_id") WHERE (T2."name" = 'f' AND "app_book"."title" = 't')

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip", COUNT(DISTINCT "app_book"."id") AS "n", SUM("app_book"."price") FILTER (WHERE "app_book"."f" > 0.0) AS "s" FROM "app_author" LEFT OUTER JOIN "app_book" ON ("app_author"."id" = "app_book"."main_id") GROUP BY "app_author"."id" HAVING COUNT(DISTINCT "app_book"."id") > 0 ORDER BY 12 DESC, "app_author"."age" DESC NULLS LAST

SELECT MAX("app_author"."age") AS "m", AVG("app_author"."age") AS "v", STDDEV_POP("app_author"."age") AS "d", COUNT(*) AS "c" FROM "app_author"

SELECT "app_author"."age" AS "age", COUNT("app_author"."id") AS "c" FROM "app_author" GROUP BY 1

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip", ROW_NUMBER() OVER (PARTITION BY "app_author"."age" ORDER BY "app_author"."name" DESC) AS "r", SUM("app_author"."age") OVER (ORDER BY "app_author"."id" ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS "s" FROM "app_author"

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip", EXISTS(SELECT 1 AS "a" FROM "app_book" U0 WHERE U0."main_id" = ("app_author"."id") LIMIT 1) AS "e", (SELECT U0."title" AS "title" FROM "app_book" U0 WHERE U0."main_id" = ("app_author"."id") LIMIT 1) AS "sq" FROM "app_author"

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip", T2."id", T2."name", T2."bio", T2."age", T2."tags", T2."doc", T2."friend_id", T2."up", T2."at", T2."u", T2."ip" FROM "app_author" LEFT OUTER JOIN "app_author" T2 ON ("app_author"."friend_id" = T2."id")

SELECT "app_book"."id", "app_book"."title", "app_book"."price", "app_book"."pub", "app_book"."main_id", "app_book"."dur", "app_book"."b", "app_book"."f" FROM "app_book" WHERE "app_book"."main_id" IN (1, 2, 3, 4)

SELECT ("app_book_authors"."author_id") AS "_prefetch_related_val_author_id", "app_book"."id", "app_book"."title", "app_book"."price", "app_book"."pub", "app_book"."main_id", "app_book"."dur", "app_book"."b", "app_book"."f" FROM "app_book" INNER JOIN "app_book_authors" ON ("app_book"."id" = "app_book_authors"."book_id") WHERE "app_book_authors"."author_id" IN (1, 2, 3, 4)

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" FOR UPDATE OF "app_author" SKIP LOCKED

(SELECT "app_author"."id" AS "col1", "app_author"."name" AS "col2", "app_author"."bio" AS "col3", "app_author"."age" AS "col4", "app_author"."tags" AS "col5", "app_author"."doc" AS "col6", "app_author"."friend_id" AS "col7", "app_author"."up" AS "col8", "app_author"."at" AS "col9", "app_author"."u" AS "col10", "app_author"."ip" AS "col11" FROM "app_author") UNION ALL (SELECT "app_author"."id" AS "col1", "app_author"."name" AS "col2", "app_author"."bio" AS "col3", "app_author"."age" AS "col4", "app_author"."tags" AS "col5", "app_author"."doc" AS "col6", "app_author"."friend_id" AS "col7", "app_author"."up" AS "col8", "app_author"."at" AS "col9", "app_author"."u" AS "col10", "app_author"."ip" AS "col11" FROM "app_author" WHERE "app_author"."age" = 1) ORDER BY "col2" ASC LIMIT 3

(SELECT "app_author"."id" AS "id" FROM "app_author") INTERSECT (SELECT "app_book"."id" AS "id" FROM "app_book")

(SELECT "app_author"."id" AS "id" FROM "app_author") EXCEPT (SELECT "app_book"."id" AS "id" FROM "app_book")

SELECT DISTINCT ON ("app_author"."name") "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" ORDER BY "app_author"."name" ASC, "app_author"."id" DESC

SELECT "app_author"."id", "app_author"."name" FROM "app_author"

SELECT DISTINCT DATE_TRUNC('year', "app_author"."at" AT TIME ZONE 'America/Chicago') AS "datefield" FROM "app_author" WHERE "app_author"."at" IS NOT NULL ORDER BY 1 ASC

SELECT DISTINCT DATE_TRUNC('day', "app_author"."at" AT TIME ZONE 'America/Chicago') AS "datetimefield" FROM "app_author" WHERE "app_author"."at" IS NOT NULL ORDER BY 1 ASC

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" WHERE "app_author"."id" IN (1)

SELECT 1 AS "a" FROM "app_author" WHERE "app_author"."age" = 1 LIMIT 1

SELECT COUNT(*) AS "__count" FROM "app_author"

UPDATE "app_author" SET "age" = ("app_author"."age" + 1), "name" = UPPER("app_author"."name") WHERE "app_author"."id" = 1

UPDATE "app_author" SET "age" = 3 WHERE "app_author"."id" IN (SELECT U0."id" FROM "app_author" U0 INNER JOIN "app_book" U1 ON (U0."id" = U1."main_id") WHERE U1."f" = 1.0)

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" WHERE "app_author"."name" = 'none'

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" WHERE "app_author"."name" = 'g' LIMIT 21

SAVEPOINT "s140653542079360_x1"

INSERT INTO "app_author" ("name", "bio", "age", "tags", "doc", "friend_id", "at", "u", "ip") VALUES ('g', NULL, 1, NULL::text[], NULL, NULL, '2026-11-21 12:34:43.246759+00:00'::timestamptz, NULL, NULL) RETURNING "app_author"."id", "app_author"."age", "app_author"."up"

RELEASE SAVEPOINT "s140653542079360_x1"

SAVEPOINT "s140653542079360_x2"

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" WHERE "app_author"."name" = 'g' LIMIT 21 FOR UPDATE

UPDATE "app_author" SET "age" = 4, "at" = '2026-11-21 12:34:43.246759+00:00'::timestamptz WHERE "app_author"."id" = 5

RELEASE SAVEPOINT "s140653542079360_x2"

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" LIMIT 2

UPDATE "app_author" SET "age" = (CASE WHEN ("app_author"."id" = 2) THEN 1 WHEN ("app_author"."id" = 3) THEN 1 ELSE NULL END)::integer, "bio" = (CASE WHEN ("app_author"."id" = 2) THEN NULL WHEN ("app_author"."id" = 3) THEN NULL ELSE NULL END)::text WHERE "app_author"."id" IN (2, 3)

INSERT INTO "app_author" ("name", "bio", "age", "tags", "doc", "friend_id", "at", "u", "ip") VALUES ('w', NULL, 1, NULL::text[], NULL, NULL, '2026-11-21 12:34:43.250559+00:00'::timestamptz, NULL, NULL) ON CONFLICT("u") DO UPDATE SET "age" = EXCLUDED."age" RETURNING "app_author"."id", "app_author"."age", "app_author"."up"

INSERT INTO "app_author" ("name", "bio", "age", "tags", "doc", "friend_id", "at", "u", "ip") VALUES ('w2', NULL, 1, NULL::text[], NULL, NULL, '2026-11-21 12:34:43.251134+00:00'::timestamptz, NULL, NULL) ON CONFLICT DO NOTHING

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip", ARRAY_AGG("app_book"."title" ORDER BY "app_book"."id") AS "ar", STRING_AGG("app_author"."name", 'Value('','')' ) AS "st" FROM "app_author" LEFT OUTER JOIN "app_book" ON ("app_author"."id" = "app_book"."main_id") GROUP BY "app_author"."id"

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip", to_tsvector(COALESCE("app_author"."name", '') || ' ' || COALESCE("app_author"."bio", '')) AS "s" FROM "app_author" WHERE to_tsvector(COALESCE("app_author"."name", '') || ' ' || COALESCE("app_author"."bio", '')) @@ (plainto_tsquery('x'))

EXPLAIN (ANALYZE true, FORMAT json) SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author"

SELECT * FROM app_author WHERE age > 1

SELECT "app_book"."id" FROM "app_book" WHERE "app_book"."main_id" IN (1)

DELETE FROM "app_book_authors" WHERE "app_book_authors"."book_id" IN (1)

DELETE FROM "app_book_authors" WHERE "app_book_authors"."author_id" IN (1)

UPDATE "app_author" SET "friend_id" = NULL WHERE "app_author"."friend_id" IN (1)

DELETE FROM "app_author" WHERE "app_author"."id" IN (1)

DELETE FROM "app_book" WHERE "app_book"."id" IN (1)

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" WHERE "app_author"."id" IN (SELECT U0."main_id" AS "main" FROM "app_book" U0)

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" ORDER BY RANDOM() ASC LIMIT 2

SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author" WHERE "app_author"."age" BETWEEN 1 AND 2

DECLARE "_django_curs_140653542079360_sync_1" NO SCROLL CURSOR WITH HOLD FOR SELECT "app_author"."id", "app_author"."name", "app_author"."bio", "app_author"."age", "app_author"."tags", "app_author"."doc", "app_author"."friend_id", "app_author"."up", "app_author"."at", "app_author"."u", "app_author"."ip" FROM "app_author"

FETCH FORWARD 2 FROM "_django_curs_140653542079360_sync_1"

CLOSE "_django_curs_140653542079360_sync_1"

SAVEPOINT "s140653542079360_x3"

ROLLBACK TO SAVEPOINT "s140653542079360_x3"

RELEASE SAVEPOINT "s140653542079360_x3"

SELECT a1.attname, c2.relname, a2.attname
            FROM pg_constraint con
            LEFT JOIN pg_class c1 ON con.conrelid = c1.oid
            LEFT JOIN pg_class c2 ON con.confrelid = c2.oid
            LEFT JOIN
                pg_attribute a1 ON c1.oid = a1.attrelid AND a1.attnum = con.conkey[1]
            LEFT JOIN
                pg_attribute a2 ON c2.oid = a2.attrelid AND a2.attnum = con.confkey[1]
            WHERE
                c1.relname = 'app_author' AND
                con.contype = 'f' AND
                c1.relnamespace = c2.relnamespace AND
                pg_catalog.pg_table_is_visible(c1.oid)

SELECT
                c.conname,
                array(
                    SELECT attname
                    FROM unnest(c.conkey) WITH ORDINALITY cols(colid, arridx)
                    JOIN pg_attribute AS ca ON cols.colid = ca.attnum
                    WHERE ca.attrelid = c.conrelid
                    ORDER BY cols.arridx
                ),
                c.contype,
                (SELECT fkc.relname || '.' || fka.attname
                FROM pg_attribute AS fka
                JOIN pg_class AS fkc ON fka.attrelid = fkc.oid
                WHERE fka.attrelid = c.confrelid AND fka.attnum = c.confkey[1]),
                cl.reloptions
            FROM pg_constraint AS c
            JOIN pg_class AS cl ON c.conrelid = cl.oid
            WHERE cl.relname = 'app_author' AND pg_catalog.pg_table_is_visible(cl.oid)

SELECT
                indexname,
                array_agg(attname ORDER BY arridx),
                indisunique,
                indisprimary,
                array_agg(ordering ORDER BY arridx),
                amname,
                exprdef,
                s2.attoptions
            FROM (
                SELECT
                    c2.relname as indexname, idx.*, attr.attname, am.amname,
                    CASE
                        WHEN idx.indexprs IS NOT NULL THEN
                            pg_get_indexdef(idx.indexrelid)
                    END AS exprdef,
                    CASE am.amname
                        WHEN 'btree' THEN
                            CASE (option & 1)
                                WHEN 1 THEN 'DESC' ELSE 'ASC'
                            END
                    END as ordering,
                    c2.reloptions as attoptions
                FROM (
                    SELECT *
                    FROM
                        pg_index i,
                        unnest(i.indkey, i.indoption)
                            WITH ORDINALITY koi(key, option, arridx)
                ) idx
                LEFT JOIN pg_class c ON idx.indrelid = c.oid
                LEFT JOIN pg_class c2 ON idx.indexrelid = c2.oid
                LEFT JOIN pg_am am ON c2.relam = am.oid
                LEFT JOIN
                    pg_attribute attr ON attr.attrelid = c.oid AND attr.attnum = idx.key
                WHERE c.relname = 'app_author' AND pg_catalog.pg_table_is_visible(c.oid)
            ) s2
            GROUP BY indexname, indisunique, indisprimary, amname, exprdef, attoptions;

SELECT
                a.attname AS column_name,
                NOT (a.attnotnull OR (t.typtype = 'd' AND t.typnotnull)) AS is_nullable,
                pg_get_expr(ad.adbin, ad.adrelid) AS column_default,
                CASE WHEN collname = 'default' THEN NULL ELSE collname END AS collation,
                a.attidentity != '' AS is_autofield,
                col_description(a.attrelid, a.attnum) AS column_comment
            FROM pg_attribute a
            LEFT JOIN pg_attrdef ad ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum
            LEFT JOIN pg_collation co ON a.attcollation = co.oid
            JOIN pg_type t ON a.atttypid = t.oid
            JOIN pg_class c ON a.attrelid = c.oid
            JOIN pg_namespace n ON c.relnamespace = n.oid
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND c.relname = 'app_author'
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid)

SELECT * FROM "app_author" LIMIT 1

SELECT * FROM "app_book" LIMIT 1

SELECT * FROM "app_book_authors" LIMIT 1

SELECT * FROM "auth_group" LIMIT 1

SELECT * FROM "auth_group_permissions" LIMIT 1

SELECT * FROM "auth_permission" LIMIT 1

SELECT * FROM "auth_user" LIMIT 1

SELECT * FROM "auth_user_groups" LIMIT 1

SELECT * FROM "auth_user_user_permissions" LIMIT 1

SELECT * FROM "django_content_type" LIMIT 1

SELECT * FROM "django_migrations" LIMIT 1

SELECT * FROM "django_session" LIMIT 1

TRUNCATE "auth_user", "auth_permission", "django_content_type", "auth_group", "app_author", "django_session", "auth_user_user_permissions", "app_book", "auth_group_permissions", "auth_user_groups", "app_book_authors" RESTART IDENTITY;

DROP INDEX IF EXISTS "lu"

ALTER TABLE "app_author" DROP CONSTRAINT "uq"

ALTER TABLE "app_author" DROP CONSTRAINT "ck"

DROP INDEX IF EXISTS "an"

DROP INDEX IF EXISTS "lo"

DROP TABLE "app_book_authors" CASCADE

DROP TABLE "app_book" CASCADE

DROP TABLE "app_author" CASCADE

DELETE FROM "django_migrations" WHERE ("django_migrations"."app" = 'app' AND "django_migrations"."name" = '0001_initial')

--# Peewee 4.5, asyncpg 0.32, psycopg 3.3, postgres.js 3.4
CREATE TABLE IF NOT EXISTS "a" ("id" SERIAL NOT NULL PRIMARY KEY, "n" VARCHAR(255) NOT NULL, "g" INTEGER NOT NULL, "t" TEXT[], "d" JSONB, "at" TIMESTAMPTZ)

CREATE INDEX IF NOT EXISTS "a_n" ON "a" ("n")

CREATE INDEX IF NOT EXISTS "a_t" ON "a" USING GIN ("t")

CREATE INDEX IF NOT EXISTS "a_d" ON "a" USING GIN ("d")

CREATE TABLE IF NOT EXISTS "b" ("id" SERIAL NOT NULL PRIMARY KEY, "a_id" INTEGER NOT NULL, "x" NUMERIC(10, 5), FOREIGN KEY ("a_id") REFERENCES "a" ("id") ON DELETE CASCADE)

CREATE INDEX IF NOT EXISTS "b_a_id" ON "b" ("a_id")

CREATE UNIQUE INDEX IF NOT EXISTS "b_a_id_x" ON "b" ("a_id", "x")

INSERT INTO "a" ("n", "g") VALUES ('x', 1) RETURNING "a"."id"

INSERT INTO "b" ("a_id") VALUES (1) RETURNING "b"."id"

SELECT "t1"."id", "t1"."n", "t1"."g", "t1"."t", "t1"."d", "t1"."at" FROM "a" AS "t1" WHERE ((("t1"."n" = 'x') AND ("t1"."g" IN (1, 2))) OR NOT ("t1"."n" ILIKE 'a%'))

SELECT "t1"."n", COUNT("t2"."id") AS "c" FROM "a" AS "t1" LEFT OUTER JOIN "b" AS "t2" ON ("t2"."a_id" = "t1"."id") GROUP BY "t1"."n" HAVING (COUNT("t2"."id") > 0) ORDER BY "t1"."n" DESC NULLS LAST

INSERT INTO "a" ("n", "g") VALUES ('q', 1) ON CONFLICT ("id") DO UPDATE SET "n" = EXCLUDED."n" RETURNING "a"."id"

UPDATE "a" SET "g" = ("a"."g" + 1) WHERE ("a"."n" ILIKE 'x%') RETURNING "a"."id"

DELETE FROM "a" WHERE ("a"."g" BETWEEN 5 AND 6)

SELECT RANK() OVER (PARTITION BY "t1"."g" ORDER BY "t1"."n") FROM "a" AS "t1"

SELECT "t1"."id", "t1"."n", "t1"."g", "t1"."t", "t1"."d", "t1"."at" FROM "a" AS "t1" WHERE ("t1"."t" @> ARRAY['x']::TEXT[])

SELECT "t1"."d"->'a'->'b' FROM "a" AS "t1" WHERE ("t1"."d" @> '{"a": 1}')

SELECT "t1"."id", "t1"."n", "t1"."g", "t1"."t", "t1"."d", "t1"."at" FROM "a" AS "t1" FOR UPDATE SKIP LOCKED

(SELECT "t1"."id" FROM "a" AS "t1") UNION (SELECT "t2"."id" FROM "b" AS "t2")

INSERT INTO "a" ("n", "g") VALUES ('1', 1), ('2', 1) RETURNING "a"."id"

INSERT INTO "a" ("n") SELECT CAST("t1"."id" AS text) FROM "b" AS "t1" RETURNING "a"."id"

WITH "z" AS (SELECT "t1"."id" FROM "b" AS "t1") SELECT "t2"."id", "t2"."n", "t2"."g", "t2"."t", "t2"."d", "t2"."at" FROM "a" AS "t2"

SELECT CASE WHEN ("t1"."g" > 1) THEN 'y' ELSE 'n' END FROM "a" AS "t1"

UPDATE "a" SET "g" = "t1"."x" FROM "b" AS "t1" WHERE ("t1"."a_id" = "a"."id")

SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = COALESCE(NULL, current_schema()) ORDER BY tablename

SELECT c.column_name, c.is_nullable, c.data_type,
                c.column_default,
                pg_catalog.format_type(a.atttypid, a.atttypmod),
                c.is_identity
            FROM information_schema.columns AS c
            INNER JOIN pg_catalog.pg_namespace AS n
                ON (n.nspname = c.table_schema)
            INNER JOIN pg_catalog.pg_class AS t
                ON (t.relname = c.table_name AND t.relnamespace = n.oid)
            INNER JOIN pg_catalog.pg_attribute AS a
                ON (a.attrelid = t.oid AND a.attname = c.column_name)
            WHERE c.table_name = 'a'
                AND c.table_schema = COALESCE(NULL, current_schema())
                AND NOT a.attisdropped
            ORDER BY c.ordinal_position

SELECT kc.column_name
            FROM information_schema.table_constraints AS tc
            INNER JOIN information_schema.key_column_usage AS kc ON (
                tc.table_name = kc.table_name AND
                tc.table_schema = kc.table_schema AND
                tc.constraint_name = kc.constraint_name)
            WHERE
                tc.constraint_type = 'PRIMARY KEY' AND
                tc.table_name = 'a' AND
                tc.table_schema = COALESCE(NULL, current_schema())
            ORDER BY kc.ordinal_position

SELECT
                i.relname, idxs.indexdef, idx.indisunique,
                ARRAY(
                    SELECT pg_get_indexdef(idx.indexrelid, k + 1, TRUE)
                    FROM generate_subscripts(idx.indkey, 1) AS k
                    ORDER BY k)
            FROM pg_catalog.pg_class AS t
            INNER JOIN pg_catalog.pg_namespace AS n ON t.relnamespace = n.oid
            INNER JOIN pg_catalog.pg_index AS idx ON t.oid = idx.indrelid
            INNER JOIN pg_catalog.pg_class AS i ON idx.indexrelid = i.oid
            INNER JOIN pg_catalog.pg_indexes AS idxs ON (
                idxs.tablename = t.relname
                AND idxs.indexname = i.relname
                AND idxs.schemaname = n.nspname)
            WHERE t.relname = 'b' AND t.relkind = 'r'
                AND n.nspname = COALESCE(NULL, current_schema())
            ORDER BY idx.indisunique DESC, i.relname;

SELECT DISTINCT
                kcu.column_name, ccu.table_name, ccu.column_name,
                tc.constraint_name, rc.delete_rule, rc.update_rule
            FROM information_schema.table_constraints AS tc
            JOIN information_schema.key_column_usage AS kcu
                ON (tc.constraint_name = kcu.constraint_name AND
                    tc.constraint_schema = kcu.constraint_schema AND
                    tc.table_name = kcu.table_name AND
                    tc.table_schema = kcu.table_schema)
            JOIN information_schema.constraint_column_usage AS ccu
                ON (ccu.constraint_name = tc.constraint_name AND
                    ccu.constraint_schema = tc.constraint_schema)
            JOIN information_schema.referential_constraints AS rc
                ON (rc.constraint_name = tc.constraint_name AND
                    rc.constraint_schema = tc.constraint_schema)
            WHERE
                tc.constraint_type = 'FOREIGN KEY' AND
                tc.table_name = 'b' AND
                tc.table_schema = COALESCE(NULL, current_schema())

DROP TABLE IF EXISTS "b"

DROP TABLE IF EXISTS "a"

create type cc as (a int, b text); create type ee as enum ('x'); create domain dd as int; create table tt (a cc, e ee, d dd, r int4range, j jsonb)

SELECT
                        current_setting('jit') AS cur,
                        set_config('jit', 'off', false) AS new

SELECT
                    set_config('jit', $1, false)

SELECT
    t.typname AS name, t.oid AS oid, t.typarray AS array_oid,
    t.oid::regtype::text AS regtype,
    coalesce(a.fnames, '{}') AS field_names,
    coalesce(a.ftypes, '{}') AS field_types
FROM pg_type t
LEFT JOIN (
    SELECT
        attrelid,
        array_agg(attname) AS fnames,
        array_agg(atttypid) AS ftypes
    FROM (
        SELECT a.attrelid, a.attname, a.atttypid
        FROM pg_attribute a
        JOIN pg_type t ON t.typrelid = a.attrelid
        WHERE t.oid = to_regtype($1)
        AND a.attnum > 0
        AND NOT a.attisdropped
        ORDER BY a.attnum
    ) x
    GROUP BY attrelid
) a ON a.attrelid = t.typrelid
WHERE t.oid = to_regtype($1)

SELECT name, oid, array_oid, regtype, array_agg(label) AS labels
FROM (
    SELECT
        t.typname AS name, t.oid AS oid, t.typarray AS array_oid,
        t.oid::regtype::text AS regtype, e.enumlabel AS label
    FROM pg_type t
    LEFT JOIN  pg_enum e
    ON e.enumtypid = t.oid
    WHERE t.oid = to_regtype($1)
    ORDER BY e.enumsortorder
) x
GROUP BY name, oid, array_oid, regtype

SELECT t.typname AS name, t.oid AS oid, t.typarray AS array_oid,
    t.oid::regtype::text AS regtype,
    r.rngsubtype AS subtype_oid
FROM pg_type t
JOIN pg_range r ON t.oid = r.rngtypid
WHERE t.oid = to_regtype($1)

SELECT t.typname AS name, t.oid AS oid, t.typarray AS array_oid,
    t.oid::regtype::text AS regtype,
    r.rngtypid AS range_oid, r.rngsubtype AS subtype_oid
FROM pg_type t
JOIN pg_range r ON t.oid = r.rngmultitypid
WHERE t.oid = to_regtype($1)

SAVEPOINT "sp"

select $1, $2::jsonb

DECLARE "srv" SCROLL CURSOR WITH HOLD FOR select generate_series(1,$1)

FETCH FORWARD 1 FROM "srv"

MOVE 1 FROM "srv"

FETCH FORWARD ALL FROM "srv"

CLOSE "srv"

COPY (SELECT 1) TO STDOUT (FORMAT BINARY)

select b.oid, b.typarray
      from pg_catalog.pg_type a
      left join pg_catalog.pg_type b on b.oid = a.typelem
      where a.typcategory = 'A'
      group by b.oid, b.typarray
      order by b.oid

select $1::int as x, $2::int[]

create table pp (a int, b text)

insert into pp ("a","b")values($1,$2),($3,$4)

update pp set "a"=$1 where b in ($2,$3)

begin isolation level serializable read only

savepoint "s0_sp"

select "pg_class".oid from "pg_class" limit 1

listen "chan"

select pg_notify($1, $2)

select 1

copy pp from stdin
