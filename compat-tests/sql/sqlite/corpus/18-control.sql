--# transactions: transtype, trans_opt

BEGIN

BEGIN TRANSACTION

BEGIN TRANSACTION named

BEGIN TRANSACTION "a name"

BEGIN DEFERRED

BEGIN DEFERRED TRANSACTION

BEGIN DEFERRED TRANSACTION named

BEGIN IMMEDIATE

BEGIN IMMEDIATE TRANSACTION

BEGIN IMMEDIATE TRANSACTION named

BEGIN EXCLUSIVE

BEGIN EXCLUSIVE TRANSACTION

BEGIN EXCLUSIVE TRANSACTION 'named'

COMMIT

COMMIT TRANSACTION

COMMIT TRANSACTION named

END

END TRANSACTION

END TRANSACTION named

ROLLBACK

ROLLBACK TRANSACTION

ROLLBACK TRANSACTION named

begin;

Begin Immediate;
  COMMIT  ;

--# savepoints: savepoint_opt

SAVEPOINT a

SAVEPOINT "a b"

SAVEPOINT 'a'

SAVEPOINT [a]

SAVEPOINT `a`

SAVEPOINT savepoint

RELEASE a

RELEASE SAVEPOINT a

RELEASE "a b"

RELEASE SAVEPOINT 'a'

RELEASE SAVEPOINT savepoint

ROLLBACK TO a

ROLLBACK TO SAVEPOINT a

ROLLBACK TRANSACTION TO a

ROLLBACK TRANSACTION TO SAVEPOINT a

ROLLBACK TRANSACTION named TO a

ROLLBACK TRANSACTION named TO SAVEPOINT "a b"

ROLLBACK TO 'a'

ROLLBACK TO SAVEPOINT savepoint

--# attach, detach

ATTACH ':memory:' AS other

ATTACH DATABASE ':memory:' AS other

ATTACH 'file.db' AS 'other'

ATTACH "file.db" AS "other"

ATTACH ':memory:' || '' AS 'oth' || 'er'

ATTACH (':memory:') AS ('other')

ATTACH 'file.db' AS other KEY 'secret'

ATTACH DATABASE 'file.db' AS other KEY x'00ff'

ATTACH DATABASE ?1 AS :name KEY @secret

ATTACH other AS other

ATTACH DATABASE 'file:x?mode=memory&cache=shared' AS shared

ATTACH NULL AS NULL

ATTACH 1 AS 2

ATTACH (SELECT 'file.db') AS other

DETACH aux

DETACH DATABASE aux

DETACH 'aux'

DETACH "aux"

DETACH DATABASE 'a' || 'ux'

DETACH ('aux')

--# vacuum: vinto

VACUUM

VACUUM main

VACUUM "main"

VACUUM aux

VACUUM temp

VACUUM INTO 'copy.db'

VACUUM main INTO 'copy.db'

VACUUM aux INTO 'copy' || '.db'

VACUUM 'main' INTO (SELECT 'copy.db')

VACUUM INTO :path

--# analyze, reindex

ANALYZE

ANALYZE t1

ANALYZE main

ANALYZE main.t1

ANALYZE t1_a

ANALYZE main.t1_a

ANALYZE "t1"

ANALYZE 'main'.'t1'

ANALYZE temp

ANALYZE sqlite_schema

REINDEX

REINDEX t1

REINDEX main.t1

REINDEX t1_a

REINDEX main.t1_a

REINDEX nocase

REINDEX "t1"

REINDEX [main].[t1]

REINDEX 'rtrim'

REINDEX t3

--# explain

EXPLAIN SELECT 1

EXPLAIN QUERY PLAN SELECT 1

EXPLAIN SELECT * FROM t1 WHERE a = 1 ORDER BY b

EXPLAIN QUERY PLAN SELECT * FROM t1 WHERE a = 1 ORDER BY b

EXPLAIN VALUES (1)

EXPLAIN QUERY PLAN WITH c AS (SELECT 1) SELECT * FROM c

EXPLAIN INSERT INTO t1(a) VALUES (1)

EXPLAIN QUERY PLAN INSERT INTO t1(a) SELECT a FROM t2

EXPLAIN UPDATE t1 SET a = 1 WHERE b = 2

EXPLAIN QUERY PLAN UPDATE t1 SET a = 1 WHERE a = 2

EXPLAIN DELETE FROM t1 WHERE a = 1

EXPLAIN QUERY PLAN DELETE FROM t1 WHERE a = 1

EXPLAIN REPLACE INTO t1(a) VALUES (1)

EXPLAIN CREATE TABLE new1(a)

EXPLAIN CREATE INDEX new1 ON t1(a)

EXPLAIN CREATE VIEW new1 AS SELECT 1

EXPLAIN CREATE TRIGGER new1 AFTER INSERT ON t1 BEGIN SELECT 1; END

EXPLAIN CREATE VIRTUAL TABLE new1 USING fts5(a)

EXPLAIN DROP TABLE t1

EXPLAIN ALTER TABLE t1 RENAME TO new1

EXPLAIN ALTER TABLE t1 ADD COLUMN z INT

EXPLAIN PRAGMA user_version

EXPLAIN QUERY PLAN PRAGMA table_info(t1)

EXPLAIN BEGIN

EXPLAIN COMMIT

EXPLAIN ROLLBACK

EXPLAIN SAVEPOINT a

EXPLAIN RELEASE a

EXPLAIN ANALYZE

EXPLAIN ANALYZE t1

EXPLAIN REINDEX

EXPLAIN VACUUM

EXPLAIN ATTACH ':memory:' AS x

EXPLAIN DETACH aux

explain query plan select a from t1 where a in (1, 2) or b = 3

--# pragma: names and values (nmnum, plus_num, minus_num)

PRAGMA user_version

PRAGMA main.user_version

PRAGMA aux.user_version

PRAGMA temp.user_version

PRAGMA "user_version"

PRAGMA 'main'.'user_version'

PRAGMA [main].[user_version]

PRAGMA user_version = 5

PRAGMA user_version = -5

PRAGMA user_version = +5

PRAGMA user_version = 0x10

PRAGMA user_version = 1.5

PRAGMA user_version = -1.5e3

PRAGMA user_version(5)

PRAGMA user_version(-5)

PRAGMA user_version(+5)

PRAGMA main.user_version = 5

PRAGMA main.user_version(-5)

PRAGMA foreign_keys

PRAGMA foreign_keys = ON

PRAGMA foreign_keys = OFF

PRAGMA foreign_keys = on

PRAGMA foreign_keys = 1

PRAGMA foreign_keys(ON)

PRAGMA foreign_keys = TRUE

PRAGMA foreign_keys = 'yes'

PRAGMA foreign_keys = "no"

PRAGMA foreign_keys = [false]

PRAGMA journal_mode = DELETE

PRAGMA journal_mode = WAL

PRAGMA journal_mode(DELETE)

PRAGMA main.journal_mode = 'wal'

PRAGMA temp_store = DEFAULT

PRAGMA temp_store(DEFAULT)

PRAGMA temp_store = memory

PRAGMA temp_store = 2

PRAGMA synchronous = FULL

PRAGMA synchronous = off

PRAGMA synchronous = EXTRA

PRAGMA locking_mode = EXCLUSIVE

PRAGMA locking_mode = NORMAL

PRAGMA auto_vacuum = INCREMENTAL

PRAGMA auto_vacuum = full

PRAGMA cache_size = -2000

PRAGMA encoding = 'UTF-8'

PRAGMA encoding = "UTF-16le"

PRAGMA table_info(t1)

PRAGMA table_info("t1")

PRAGMA table_info('t1')

PRAGMA table_info([t1])

PRAGMA table_info(`t1`)

PRAGMA table_info = t1

PRAGMA main.table_info(t1)

PRAGMA table_xinfo(measured)

PRAGMA table_list

PRAGMA table_list(t1)

PRAGMA index_list(t1)

PRAGMA index_info(t1_a)

PRAGMA index_xinfo('t1_bc')

PRAGMA foreign_key_list(employee)

PRAGMA foreign_key_check

PRAGMA foreign_key_check(employee)

PRAGMA integrity_check

PRAGMA integrity_check(10)

PRAGMA integrity_check(t1)

PRAGMA quick_check = 5

PRAGMA wal_checkpoint

PRAGMA wal_checkpoint(TRUNCATE)

PRAGMA wal_checkpoint = FULL

PRAGMA optimize

PRAGMA optimize(0x10002)

PRAGMA optimize = -1

PRAGMA incremental_vacuum(10)

PRAGMA busy_timeout = 5000

PRAGMA mmap_size = 268435456

PRAGMA recursive_triggers = ON

PRAGMA defer_foreign_keys = 1

PRAGMA case_sensitive_like = true

PRAGMA ignore_check_constraints = 0

PRAGMA legacy_alter_table = ON

PRAGMA writable_schema = RESET

PRAGMA trusted_schema = off

PRAGMA secure_delete = fast

PRAGMA application_id = 0x44420001

PRAGMA page_size = 8192

PRAGMA max_page_count = 100

PRAGMA page_count

PRAGMA freelist_count

PRAGMA schema_version

PRAGMA data_version

PRAGMA database_list

PRAGMA collation_list

PRAGMA function_list

PRAGMA module_list

PRAGMA pragma_list

PRAGMA compile_options

PRAGMA threads = 4

PRAGMA shrink_memory

PRAGMA analysis_limit = 400

PRAGMA automatic_index = NO

PRAGMA query_only = 1

PRAGMA read_uncommitted = 1

PRAGMA reverse_unordered_selects = 1

PRAGMA cell_size_check = 1

PRAGMA checkpoint_fullfsync = 0

PRAGMA fullfsync = 1

PRAGMA journal_size_limit = -1

PRAGMA wal_autocheckpoint = 1000

PRAGMA no_such_pragma

PRAGMA no_such_pragma = anything

PRAGMA no_such_pragma(row)

PRAGMA key = abort

PRAGMA row = left

PRAGMA indexed = natural

pragma Table_Info ( t1 )

PRAGMA user_version=5;

--# explain: in front of longer statements

EXPLAIN SELECT sum(a) OVER (ORDER BY b) FROM t1 JOIN t2 USING (a) WHERE c IN (SELECT x FROM t3)

EXPLAIN INSERT INTO many(k) VALUES (1) ON CONFLICT (k) DO UPDATE SET u = 1 RETURNING k

EXPLAIN UPDATE t1 SET a = t2.a FROM t2 WHERE t2.b = t1.b

EXPLAIN WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) DELETE FROM t1 WHERE a IN c

EXPLAIN QUERY PLAN SELECT sum(a) OVER (ORDER BY b) FROM t1 JOIN t2 USING (a) WHERE c IN (SELECT x FROM t3)

EXPLAIN QUERY PLAN INSERT INTO many(k) VALUES (1) ON CONFLICT (k) DO UPDATE SET u = 1 RETURNING k

EXPLAIN QUERY PLAN UPDATE t1 SET a = t2.a FROM t2 WHERE t2.b = t1.b

EXPLAIN QUERY PLAN WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) DELETE FROM t1 WHERE a IN c
