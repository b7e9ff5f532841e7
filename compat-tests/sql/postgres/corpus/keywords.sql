--# keywords: unreserved
SELECT 1 abort, 2 AS abort, t.abort, abort, abort.a, abort(3), s.abort(4), x::abort, abort 'y', f(abort => 5) FROM abort, s.abort, u abort, v AS abort, abort(6), w z (abort)

CREATE TABLE abort (abort int, b abort, c int CONSTRAINT abort CHECK (c > 0))

WITH abort (abort) AS (SELECT 1) UPDATE abort SET abort = abort.abort WHERE abort.abort = 1 RETURNING abort AS abort

SELECT 1 absent, 2 AS absent, t.absent, absent, absent.a, absent(3), s.absent(4), x::absent, absent 'y', f(absent => 5) FROM absent, s.absent, u absent, v AS absent, absent(6), w z (absent)

CREATE TABLE absent (absent int, b absent, c int CONSTRAINT absent CHECK (c > 0))

INSERT INTO absent AS absent (absent) VALUES (1) ON CONFLICT (absent) DO UPDATE SET absent = 2

SELECT 1 absolute, 2 AS absolute, t.absolute, absolute, absolute.a, absolute(3), s.absolute(4), x::absolute, absolute 'y', f(absolute => 5) FROM absolute, s.absolute, u absolute, v AS absolute, absolute(6), w z (absolute)

CREATE TABLE absolute (absolute int, b absolute, c int CONSTRAINT absolute CHECK (c > 0))

ALTER TABLE absolute RENAME COLUMN absolute TO absolute

SELECT 1 access, 2 AS access, t.access, access, access.a, access(3), s.access(4), x::access, access 'y', f(access => 5) FROM access, s.access, u access, v AS access, access(6), w z (access)

CREATE TABLE access (access int, b access, c int CONSTRAINT access CHECK (c > 0))

GRANT SELECT (access) ON access TO access

SELECT 1 action, 2 AS action, t.action, action, action.a, action(3), s.action(4), x::action, action 'y', f(action => 5) FROM action, s.action, u action, v AS action, action(6), w z (action)

CREATE TABLE action (action int, b action, c int CONSTRAINT action CHECK (c > 0))

SELECT sum(1) OVER action FROM t WINDOW action AS (ORDER BY action)

SELECT 1 add, 2 AS add, t.add, add, add.a, add(3), s.add(4), x::add, add 'y', f(add => 5) FROM add, s.add, u add, v AS add, add(6), w z (add)

CREATE TABLE add (add int, b add, c int CONSTRAINT add CHECK (c > 0))

SET add TO add

SELECT 1 admin, 2 AS admin, t.admin, admin, admin.a, admin(3), s.admin(4), x::admin, admin 'y', f(admin => 5) FROM admin, s.admin, u admin, v AS admin, admin(6), w z (admin)

CREATE TABLE admin (admin int, b admin, c int CONSTRAINT admin CHECK (c > 0))

DECLARE admin CURSOR FOR SELECT admin

SELECT 1 after, 2 AS after, t.after, after, after.a, after(3), s.after(4), x::after, after 'y', f(after => 5) FROM after, s.after, u after, v AS after, after(6), w z (after)

CREATE TABLE after (after int, b after, c int CONSTRAINT after CHECK (c > 0))

PREPARE after (after) AS SELECT 1 AS after

SELECT 1 aggregate, 2 AS aggregate, t.aggregate, aggregate, aggregate.a, aggregate(3), s.aggregate(4), x::aggregate, aggregate 'y', f(aggregate => 5) FROM aggregate, s.aggregate, u aggregate, v AS aggregate, aggregate(6), w z (aggregate)

CREATE TABLE aggregate (aggregate int, b aggregate, c int CONSTRAINT aggregate CHECK (c > 0))

DROP TABLE aggregate, s.aggregate

SELECT 1 also, 2 AS also, t.also, also, also.a, also(3), s.also(4), x::also, also 'y', f(also => 5) FROM also, s.also, u also, v AS also, also(6), w z (also)

CREATE TABLE also (also int, b also, c int CONSTRAINT also CHECK (c > 0))

WITH also (also) AS (SELECT 1) UPDATE also SET also = also.also WHERE also.also = 1 RETURNING also AS also

SELECT 1 alter, 2 AS alter, t.alter, alter, alter.a, alter(3), s.alter(4), x::alter, alter 'y', f(alter => 5) FROM alter, s.alter, u alter, v AS alter, alter(6), w z (alter)

CREATE TABLE alter (alter int, b alter, c int CONSTRAINT alter CHECK (c > 0))

INSERT INTO alter AS alter (alter) VALUES (1) ON CONFLICT (alter) DO UPDATE SET alter = 2

SELECT 1 always, 2 AS always, t.always, always, always.a, always(3), s.always(4), x::always, always 'y', f(always => 5) FROM always, s.always, u always, v AS always, always(6), w z (always)

CREATE TABLE always (always int, b always, c int CONSTRAINT always CHECK (c > 0))

ALTER TABLE always RENAME COLUMN always TO always

SELECT 1 asensitive, 2 AS asensitive, t.asensitive, asensitive, asensitive.a, asensitive(3), s.asensitive(4), x::asensitive, asensitive 'y', f(asensitive => 5) FROM asensitive, s.asensitive, u asensitive, v AS asensitive, asensitive(6), w z (asensitive)

CREATE TABLE asensitive (asensitive int, b asensitive, c int CONSTRAINT asensitive CHECK (c > 0))

WITH asensitive (asensitive) AS (SELECT 1) UPDATE asensitive SET asensitive = asensitive.asensitive WHERE asensitive.asensitive = 1 RETURNING asensitive AS asensitive

SELECT 1 assertion, 2 AS assertion, t.assertion, assertion, assertion.a, assertion(3), s.assertion(4), x::assertion, assertion 'y', f(assertion => 5) FROM assertion, s.assertion, u assertion, v AS assertion, assertion(6), w z (assertion)

CREATE TABLE assertion (assertion int, b assertion, c int CONSTRAINT assertion CHECK (c > 0))

INSERT INTO assertion AS assertion (assertion) VALUES (1) ON CONFLICT (assertion) DO UPDATE SET assertion = 2

SELECT 1 assignment, 2 AS assignment, t.assignment, assignment, assignment.a, assignment(3), s.assignment(4), x::assignment, assignment 'y', f(assignment => 5) FROM assignment, s.assignment, u assignment, v AS assignment, assignment(6), w z (assignment)

CREATE TABLE assignment (assignment int, b assignment, c int CONSTRAINT assignment CHECK (c > 0))

ALTER TABLE assignment RENAME COLUMN assignment TO assignment

SELECT 1 at, 2 AS at, t.at, at, at.a, at(3), s.at(4), x::at, at 'y', f(at => 5) FROM at, s.at, u at, v AS at, at(6), w z (at)

CREATE TABLE at (at int, b at, c int CONSTRAINT at CHECK (c > 0))

SELECT sum(1) OVER at FROM t WINDOW at AS (ORDER BY at)

SELECT 1 atomic, 2 AS atomic, t.atomic, atomic, atomic.a, atomic(3), s.atomic(4), x::atomic, atomic 'y', f(atomic => 5) FROM atomic, s.atomic, u atomic, v AS atomic, atomic(6), w z (atomic)

CREATE TABLE atomic (atomic int, b atomic, c int CONSTRAINT atomic CHECK (c > 0))

SET atomic TO atomic

SELECT 1 attach, 2 AS attach, t.attach, attach, attach.a, attach(3), s.attach(4), x::attach, attach 'y', f(attach => 5) FROM attach, s.attach, u attach, v AS attach, attach(6), w z (attach)

CREATE TABLE attach (attach int, b attach, c int CONSTRAINT attach CHECK (c > 0))

DECLARE attach CURSOR FOR SELECT attach

SELECT 1 attribute, 2 AS attribute, t.attribute, attribute, attribute.a, attribute(3), s.attribute(4), x::attribute, attribute 'y', f(attribute => 5) FROM attribute, s.attribute, u attribute, v AS attribute, attribute(6), w z (attribute)

CREATE TABLE attribute (attribute int, b attribute, c int CONSTRAINT attribute CHECK (c > 0))

PREPARE attribute (attribute) AS SELECT 1 AS attribute

SELECT 1 backward, 2 AS backward, t.backward, backward, backward.a, backward(3), s.backward(4), x::backward, backward 'y', f(backward => 5) FROM backward, s.backward, u backward, v AS backward, backward(6), w z (backward)

CREATE TABLE backward (backward int, b backward, c int CONSTRAINT backward CHECK (c > 0))

COMMENT ON COLUMN backward.backward IS NULL

SELECT 1 before, 2 AS before, t.before, before, before.a, before(3), s.before(4), x::before, before 'y', f(before => 5) FROM before, s.before, u before, v AS before, before(6), w z (before)

CREATE TABLE before (before int, b before, c int CONSTRAINT before CHECK (c > 0))

WITH before (before) AS (SELECT 1) UPDATE before SET before = before.before WHERE before.before = 1 RETURNING before AS before

SELECT 1 begin, 2 AS begin, t.begin, begin, begin.a, begin(3), s.begin(4), x::begin, begin 'y', f(begin => 5) FROM begin, s.begin, u begin, v AS begin, begin(6), w z (begin)

CREATE TABLE begin (begin int, b begin, c int CONSTRAINT begin CHECK (c > 0))

INSERT INTO begin AS begin (begin) VALUES (1) ON CONFLICT (begin) DO UPDATE SET begin = 2

SELECT 1 breadth, 2 AS breadth, t.breadth, breadth, breadth.a, breadth(3), s.breadth(4), x::breadth, breadth 'y', f(breadth => 5) FROM breadth, s.breadth, u breadth, v AS breadth, breadth(6), w z (breadth)

CREATE TABLE breadth (breadth int, b breadth, c int CONSTRAINT breadth CHECK (c > 0))

DROP TABLE breadth, s.breadth

SELECT 1 by, 2 AS by, t.by, by, by.a, by(3), s.by(4), x::by, by 'y', f(by => 5) FROM by, s.by, u by, v AS by, by(6), w z (by)

CREATE TABLE by (by int, b by, c int CONSTRAINT by CHECK (c > 0))

COMMENT ON COLUMN by.by IS NULL

SELECT 1 cache, 2 AS cache, t.cache, cache, cache.a, cache(3), s.cache(4), x::cache, cache 'y', f(cache => 5) FROM cache, s.cache, u cache, v AS cache, cache(6), w z (cache)

CREATE TABLE cache (cache int, b cache, c int CONSTRAINT cache CHECK (c > 0))

WITH cache (cache) AS (SELECT 1) UPDATE cache SET cache = cache.cache WHERE cache.cache = 1 RETURNING cache AS cache

SELECT 1 call, 2 AS call, t.call, call, call.a, call(3), s.call(4), x::call, call 'y', f(call => 5) FROM call, s.call, u call, v AS call, call(6), w z (call)

CREATE TABLE call (call int, b call, c int CONSTRAINT call CHECK (c > 0))

INSERT INTO call AS call (call) VALUES (1) ON CONFLICT (call) DO UPDATE SET call = 2

SELECT 1 called, 2 AS called, t.called, called, called.a, called(3), s.called(4), x::called, called 'y', f(called => 5) FROM called, s.called, u called, v AS called, called(6), w z (called)

CREATE TABLE called (called int, b called, c int CONSTRAINT called CHECK (c > 0))

ALTER TABLE called RENAME COLUMN called TO called

SELECT 1 cascade, 2 AS cascade, t.cascade, cascade, cascade.a, cascade(3), s.cascade(4), x::cascade, cascade 'y', f(cascade => 5) FROM cascade, s.cascade, u cascade, v AS cascade, cascade(6), w z (cascade)

CREATE TABLE cascade (cascade int, b cascade, c int CONSTRAINT cascade CHECK (c > 0))

GRANT SELECT (cascade) ON cascade TO cascade

SELECT 1 cascaded, 2 AS cascaded, t.cascaded, cascaded, cascaded.a, cascaded(3), s.cascaded(4), x::cascaded, cascaded 'y', f(cascaded => 5) FROM cascaded, s.cascaded, u cascaded, v AS cascaded, cascaded(6), w z (cascaded)

CREATE TABLE cascaded (cascaded int, b cascaded, c int CONSTRAINT cascaded CHECK (c > 0))

SELECT sum(1) OVER cascaded FROM t WINDOW cascaded AS (ORDER BY cascaded)

SELECT 1 catalog, 2 AS catalog, t.catalog, catalog, catalog.a, catalog(3), s.catalog(4), x::catalog, catalog 'y', f(catalog => 5) FROM catalog, s.catalog, u catalog, v AS catalog, catalog(6), w z (catalog)

CREATE TABLE catalog (catalog int, b catalog, c int CONSTRAINT catalog CHECK (c > 0))

PREPARE catalog (catalog) AS SELECT 1 AS catalog

SELECT 1 chain, 2 AS chain, t.chain, chain, chain.a, chain(3), s.chain(4), x::chain, chain 'y', f(chain => 5) FROM chain, s.chain, u chain, v AS chain, chain(6), w z (chain)

CREATE TABLE chain (chain int, b chain, c int CONSTRAINT chain CHECK (c > 0))

DROP TABLE chain, s.chain

SELECT 1 characteristics, 2 AS characteristics, t.characteristics, characteristics, characteristics.a, characteristics(3), s.characteristics(4), x::characteristics, characteristics 'y', f(characteristics => 5) FROM characteristics, s.characteristics, u characteristics, v AS characteristics, characteristics(6), w z (characteristics)

CREATE TABLE characteristics (characteristics int, b characteristics, c int CONSTRAINT characteristics CHECK (c > 0))

INSERT INTO characteristics AS characteristics (characteristics) VALUES (1) ON CONFLICT (characteristics) DO UPDATE SET characteristics = 2

SELECT 1 checkpoint, 2 AS checkpoint, t.checkpoint, checkpoint, checkpoint.a, checkpoint(3), s.checkpoint(4), x::checkpoint, checkpoint 'y', f(checkpoint => 5) FROM checkpoint, s.checkpoint, u checkpoint, v AS checkpoint, checkpoint(6), w z (checkpoint)

CREATE TABLE checkpoint (checkpoint int, b checkpoint, c int CONSTRAINT checkpoint CHECK (c > 0))

GRANT SELECT (checkpoint) ON checkpoint TO checkpoint

SELECT 1 class, 2 AS class, t.class, class, class.a, class(3), s.class(4), x::class, class 'y', f(class => 5) FROM class, s.class, u class, v AS class, class(6), w z (class)

CREATE TABLE class (class int, b class, c int CONSTRAINT class CHECK (c > 0))

SELECT sum(1) OVER class FROM t WINDOW class AS (ORDER BY class)

SELECT 1 close, 2 AS close, t.close, close, close.a, close(3), s.close(4), x::close, close 'y', f(close => 5) FROM close, s.close, u close, v AS close, close(6), w z (close)

CREATE TABLE close (close int, b close, c int CONSTRAINT close CHECK (c > 0))

SET close TO close

SELECT 1 cluster, 2 AS cluster, t.cluster, cluster, cluster.a, cluster(3), s.cluster(4), x::cluster, cluster 'y', f(cluster => 5) FROM cluster, s.cluster, u cluster, v AS cluster, cluster(6), w z (cluster)

CREATE TABLE cluster (cluster int, b cluster, c int CONSTRAINT cluster CHECK (c > 0))

DECLARE cluster CURSOR FOR SELECT cluster

SELECT 1 columns, 2 AS columns, t.columns, columns, columns.a, columns(3), s.columns(4), x::columns, columns 'y', f(columns => 5) FROM columns, s.columns, u columns, v AS columns, columns(6), w z (columns)

CREATE TABLE columns (columns int, b columns, c int CONSTRAINT columns CHECK (c > 0))

INSERT INTO columns AS columns (columns) VALUES (1) ON CONFLICT (columns) DO UPDATE SET columns = 2

SELECT 1 comment, 2 AS comment, t.comment, comment, comment.a, comment(3), s.comment(4), x::comment, comment 'y', f(comment => 5) FROM comment, s.comment, u comment, v AS comment, comment(6), w z (comment)

CREATE TABLE comment (comment int, b comment, c int CONSTRAINT comment CHECK (c > 0))

ALTER TABLE comment RENAME COLUMN comment TO comment

SELECT 1 comments, 2 AS comments, t.comments, comments, comments.a, comments(3), s.comments(4), x::comments, comments 'y', f(comments => 5) FROM comments, s.comments, u comments, v AS comments, comments(6), w z (comments)

CREATE TABLE comments (comments int, b comments, c int CONSTRAINT comments CHECK (c > 0))

GRANT SELECT (comments) ON comments TO comments

SELECT 1 commit, 2 AS commit, t.commit, commit, commit.a, commit(3), s.commit(4), x::commit, commit 'y', f(commit => 5) FROM commit, s.commit, u commit, v AS commit, commit(6), w z (commit)

CREATE TABLE commit (commit int, b commit, c int CONSTRAINT commit CHECK (c > 0))

SELECT sum(1) OVER commit FROM t WINDOW commit AS (ORDER BY commit)

SELECT 1 committed, 2 AS committed, t.committed, committed, committed.a, committed(3), s.committed(4), x::committed, committed 'y', f(committed => 5) FROM committed, s.committed, u committed, v AS committed, committed(6), w z (committed)

CREATE TABLE committed (committed int, b committed, c int CONSTRAINT committed CHECK (c > 0))

SET committed TO committed

SELECT 1 compression, 2 AS compression, t.compression, compression, compression.a, compression(3), s.compression(4), x::compression, compression 'y', f(compression => 5) FROM compression, s.compression, u compression, v AS compression, compression(6), w z (compression)

CREATE TABLE compression (compression int, b compression, c int CONSTRAINT compression CHECK (c > 0))

DECLARE compression CURSOR FOR SELECT compression

SELECT 1 conditional, 2 AS conditional, t.conditional, conditional, conditional.a, conditional(3), s.conditional(4), x::conditional, conditional 'y', f(conditional => 5) FROM conditional, s.conditional, u conditional, v AS conditional, conditional(6), w z (conditional)

CREATE TABLE conditional (conditional int, b conditional, c int CONSTRAINT conditional CHECK (c > 0))

DROP TABLE conditional, s.conditional

SELECT 1 configuration, 2 AS configuration, t.configuration, configuration, configuration.a, configuration(3), s.configuration(4), x::configuration, configuration 'y', f(configuration => 5) FROM configuration, s.configuration, u configuration, v AS configuration, configuration(6), w z (configuration)

CREATE TABLE configuration (configuration int, b configuration, c int CONSTRAINT configuration CHECK (c > 0))

COMMENT ON COLUMN configuration.configuration IS NULL

SELECT 1 conflict, 2 AS conflict, t.conflict, conflict, conflict.a, conflict(3), s.conflict(4), x::conflict, conflict 'y', f(conflict => 5) FROM conflict, s.conflict, u conflict, v AS conflict, conflict(6), w z (conflict)

CREATE TABLE conflict (conflict int, b conflict, c int CONSTRAINT conflict CHECK (c > 0))

WITH conflict (conflict) AS (SELECT 1) UPDATE conflict SET conflict = conflict.conflict WHERE conflict.conflict = 1 RETURNING conflict AS conflict

SELECT 1 connection, 2 AS connection, t.connection, connection, connection.a, connection(3), s.connection(4), x::connection, connection 'y', f(connection => 5) FROM connection, s.connection, u connection, v AS connection, connection(6), w z (connection)

CREATE TABLE connection (connection int, b connection, c int CONSTRAINT connection CHECK (c > 0))

INSERT INTO connection AS connection (connection) VALUES (1) ON CONFLICT (connection) DO UPDATE SET connection = 2

SELECT 1 constraints, 2 AS constraints, t.constraints, constraints, constraints.a, constraints(3), s.constraints(4), x::constraints, constraints 'y', f(constraints => 5) FROM constraints, s.constraints, u constraints, v AS constraints, constraints(6), w z (constraints)

CREATE TABLE constraints (constraints int, b constraints, c int CONSTRAINT constraints CHECK (c > 0))

GRANT SELECT (constraints) ON constraints TO constraints

SELECT 1 content, 2 AS content, t.content, content, content.a, content(3), s.content(4), x::content, content 'y', f(content => 5) FROM content, s.content, u content, v AS content, content(6), w z (content)

CREATE TABLE content (content int, b content, c int CONSTRAINT content CHECK (c > 0))

SELECT sum(1) OVER content FROM t WINDOW content AS (ORDER BY content)

SELECT 1 continue, 2 AS continue, t.continue, continue, continue.a, continue(3), s.continue(4), x::continue, continue 'y', f(continue => 5) FROM continue, s.continue, u continue, v AS continue, continue(6), w z (continue)

CREATE TABLE continue (continue int, b continue, c int CONSTRAINT continue CHECK (c > 0))

SET continue TO continue

SELECT 1 conversion, 2 AS conversion, t.conversion, conversion, conversion.a, conversion(3), s.conversion(4), x::conversion, conversion 'y', f(conversion => 5) FROM conversion, s.conversion, u conversion, v AS conversion, conversion(6), w z (conversion)

CREATE TABLE conversion (conversion int, b conversion, c int CONSTRAINT conversion CHECK (c > 0))

DECLARE conversion CURSOR FOR SELECT conversion

SELECT 1 copy, 2 AS copy, t.copy, copy, copy.a, copy(3), s.copy(4), x::copy, copy 'y', f(copy => 5) FROM copy, s.copy, u copy, v AS copy, copy(6), w z (copy)

CREATE TABLE copy (copy int, b copy, c int CONSTRAINT copy CHECK (c > 0))

PREPARE copy (copy) AS SELECT 1 AS copy

SELECT 1 cost, 2 AS cost, t.cost, cost, cost.a, cost(3), s.cost(4), x::cost, cost 'y', f(cost => 5) FROM cost, s.cost, u cost, v AS cost, cost(6), w z (cost)

CREATE TABLE cost (cost int, b cost, c int CONSTRAINT cost CHECK (c > 0))

DROP TABLE cost, s.cost

SELECT 1 csv, 2 AS csv, t.csv, csv, csv.a, csv(3), s.csv(4), x::csv, csv 'y', f(csv => 5) FROM csv, s.csv, u csv, v AS csv, csv(6), w z (csv)

CREATE TABLE csv (csv int, b csv, c int CONSTRAINT csv CHECK (c > 0))

INSERT INTO csv AS csv (csv) VALUES (1) ON CONFLICT (csv) DO UPDATE SET csv = 2

SELECT 1 cube, 2 AS cube, t.cube, cube, cube.a, cube(3), s.cube(4), x::cube, cube 'y', f(cube => 5) FROM cube, s.cube, u cube, v AS cube, cube(6), w z (cube)

CREATE TABLE cube (cube int, b cube, c int CONSTRAINT cube CHECK (c > 0))

ALTER TABLE cube RENAME COLUMN cube TO cube

SELECT 1 current, 2 AS current, t.current, current, current.a, current(3), s.current(4), x::current, current 'y', f(current => 5) FROM current, s.current, u current, v AS current, current(6), w z (current)

CREATE TABLE current (current int, b current, c int CONSTRAINT current CHECK (c > 0))

GRANT SELECT (current) ON current TO current

SELECT 1 cursor, 2 AS cursor, t.cursor, cursor, cursor.a, cursor(3), s.cursor(4), x::cursor, cursor 'y', f(cursor => 5) FROM cursor, s.cursor, u cursor, v AS cursor, cursor(6), w z (cursor)

CREATE TABLE cursor (cursor int, b cursor, c int CONSTRAINT cursor CHECK (c > 0))

INSERT INTO cursor AS cursor (cursor) VALUES (1) ON CONFLICT (cursor) DO UPDATE SET cursor = 2

SELECT 1 cycle, 2 AS cycle, t.cycle, cycle, cycle.a, cycle(3), s.cycle(4), x::cycle, cycle 'y', f(cycle => 5) FROM cycle, s.cycle, u cycle, v AS cycle, cycle(6), w z (cycle)

CREATE TABLE cycle (cycle int, b cycle, c int CONSTRAINT cycle CHECK (c > 0))

ALTER TABLE cycle RENAME COLUMN cycle TO cycle

SELECT 1 data, 2 AS data, t.data, data, data.a, data(3), s.data(4), x::data, data 'y', f(data => 5) FROM data, s.data, u data, v AS data, data(6), w z (data)

CREATE TABLE data (data int, b data, c int CONSTRAINT data CHECK (c > 0))

GRANT SELECT (data) ON data TO data

SELECT 1 database, 2 AS database, t.database, database, database.a, database(3), s.database(4), x::database, database 'y', f(database => 5) FROM database, s.database, u database, v AS database, database(6), w z (database)

CREATE TABLE database (database int, b database, c int CONSTRAINT database CHECK (c > 0))

SELECT sum(1) OVER database FROM t WINDOW database AS (ORDER BY database)

SELECT 2 AS day, t.day, day, day.a, day(3), s.day(4), x::day, day 'y', f(day => 5) FROM day, s.day, u day, v AS day, day(6), w z (day)

CREATE TABLE day (day int, b day, c int CONSTRAINT day CHECK (c > 0))

SET day TO day

SELECT 1 deallocate, 2 AS deallocate, t.deallocate, deallocate, deallocate.a, deallocate(3), s.deallocate(4), x::deallocate, deallocate 'y', f(deallocate => 5) FROM deallocate, s.deallocate, u deallocate, v AS deallocate, deallocate(6), w z (deallocate)

CREATE TABLE deallocate (deallocate int, b deallocate, c int CONSTRAINT deallocate CHECK (c > 0))

DECLARE deallocate CURSOR FOR SELECT deallocate

SELECT 1 declare, 2 AS declare, t.declare, declare, declare.a, declare(3), s.declare(4), x::declare, declare 'y', f(declare => 5) FROM declare, s.declare, u declare, v AS declare, declare(6), w z (declare)

CREATE TABLE declare (declare int, b declare, c int CONSTRAINT declare CHECK (c > 0))

COMMENT ON COLUMN declare.declare IS NULL

SELECT 1 defaults, 2 AS defaults, t.defaults, defaults, defaults.a, defaults(3), s.defaults(4), x::defaults, defaults 'y', f(defaults => 5) FROM defaults, s.defaults, u defaults, v AS defaults, defaults(6), w z (defaults)

CREATE TABLE defaults (defaults int, b defaults, c int CONSTRAINT defaults CHECK (c > 0))

INSERT INTO defaults AS defaults (defaults) VALUES (1) ON CONFLICT (defaults) DO UPDATE SET defaults = 2

SELECT 1 deferred, 2 AS deferred, t.deferred, deferred, deferred.a, deferred(3), s.deferred(4), x::deferred, deferred 'y', f(deferred => 5) FROM deferred, s.deferred, u deferred, v AS deferred, deferred(6), w z (deferred)

CREATE TABLE deferred (deferred int, b deferred, c int CONSTRAINT deferred CHECK (c > 0))

GRANT SELECT (deferred) ON deferred TO deferred

SELECT 1 definer, 2 AS definer, t.definer, definer, definer.a, definer(3), s.definer(4), x::definer, definer 'y', f(definer => 5) FROM definer, s.definer, u definer, v AS definer, definer(6), w z (definer)

CREATE TABLE definer (definer int, b definer, c int CONSTRAINT definer CHECK (c > 0))

SELECT sum(1) OVER definer FROM t WINDOW definer AS (ORDER BY definer)

SELECT 1 delete, 2 AS delete, t.delete, delete, delete.a, delete(3), s.delete(4), x::delete, delete 'y', f(delete => 5) FROM delete, s.delete, u delete, v AS delete, delete(6), w z (delete)

CREATE TABLE delete (delete int, b delete, c int CONSTRAINT delete CHECK (c > 0))

SET delete TO delete

SELECT 1 delimiter, 2 AS delimiter, t.delimiter, delimiter, delimiter.a, delimiter(3), s.delimiter(4), x::delimiter, delimiter 'y', f(delimiter => 5) FROM delimiter, s.delimiter, u delimiter, v AS delimiter, delimiter(6), w z (delimiter)

CREATE TABLE delimiter (delimiter int, b delimiter, c int CONSTRAINT delimiter CHECK (c > 0))

DECLARE delimiter CURSOR FOR SELECT delimiter

SELECT 1 delimiters, 2 AS delimiters, t.delimiters, delimiters, delimiters.a, delimiters(3), s.delimiters(4), x::delimiters, delimiters 'y', f(delimiters => 5) FROM delimiters, s.delimiters, u delimiters, v AS delimiters, delimiters(6), w z (delimiters)

CREATE TABLE delimiters (delimiters int, b delimiters, c int CONSTRAINT delimiters CHECK (c > 0))

PREPARE delimiters (delimiters) AS SELECT 1 AS delimiters

SELECT 1 depends, 2 AS depends, t.depends, depends, depends.a, depends(3), s.depends(4), x::depends, depends 'y', f(depends => 5) FROM depends, s.depends, u depends, v AS depends, depends(6), w z (depends)

CREATE TABLE depends (depends int, b depends, c int CONSTRAINT depends CHECK (c > 0))

DROP TABLE depends, s.depends

SELECT 1 depth, 2 AS depth, t.depth, depth, depth.a, depth(3), s.depth(4), x::depth, depth 'y', f(depth => 5) FROM depth, s.depth, u depth, v AS depth, depth(6), w z (depth)

CREATE TABLE depth (depth int, b depth, c int CONSTRAINT depth CHECK (c > 0))

COMMENT ON COLUMN depth.depth IS NULL

SELECT 1 detach, 2 AS detach, t.detach, detach, detach.a, detach(3), s.detach(4), x::detach, detach 'y', f(detach => 5) FROM detach, s.detach, u detach, v AS detach, detach(6), w z (detach)

CREATE TABLE detach (detach int, b detach, c int CONSTRAINT detach CHECK (c > 0))

INSERT INTO detach AS detach (detach) VALUES (1) ON CONFLICT (detach) DO UPDATE SET detach = 2

SELECT 1 dictionary, 2 AS dictionary, t.dictionary, dictionary, dictionary.a, dictionary(3), s.dictionary(4), x::dictionary, dictionary 'y', f(dictionary => 5) FROM dictionary, s.dictionary, u dictionary, v AS dictionary, dictionary(6), w z (dictionary)

CREATE TABLE dictionary (dictionary int, b dictionary, c int CONSTRAINT dictionary CHECK (c > 0))

ALTER TABLE dictionary RENAME COLUMN dictionary TO dictionary

SELECT 1 disable, 2 AS disable, t.disable, disable, disable.a, disable(3), s.disable(4), x::disable, disable 'y', f(disable => 5) FROM disable, s.disable, u disable, v AS disable, disable(6), w z (disable)

CREATE TABLE disable (disable int, b disable, c int CONSTRAINT disable CHECK (c > 0))

GRANT SELECT (disable) ON disable TO disable

SELECT 1 discard, 2 AS discard, t.discard, discard, discard.a, discard(3), s.discard(4), x::discard, discard 'y', f(discard => 5) FROM discard, s.discard, u discard, v AS discard, discard(6), w z (discard)

CREATE TABLE discard (discard int, b discard, c int CONSTRAINT discard CHECK (c > 0))

SELECT sum(1) OVER discard FROM t WINDOW discard AS (ORDER BY discard)

SELECT 1 document, 2 AS document, t.document, document, document.a, document(3), s.document(4), x::document, document 'y', f(document => 5) FROM document, s.document, u document, v AS document, document(6), w z (document)

CREATE TABLE document (document int, b document, c int CONSTRAINT document CHECK (c > 0))

PREPARE document (document) AS SELECT 1 AS document

SELECT 1 domain, 2 AS domain, t.domain, domain, domain.a, domain(3), s.domain(4), x::domain, domain 'y', f(domain => 5) FROM domain, s.domain, u domain, v AS domain, domain(6), w z (domain)

CREATE TABLE domain (domain int, b domain, c int CONSTRAINT domain CHECK (c > 0))

DROP TABLE domain, s.domain

SELECT 1 double, 2 AS double, t.double, double, double.a, double(3), s.double(4), x::double, double 'y', f(double => 5) FROM double, s.double, u double, v AS double, double(6), w z (double)

CREATE TABLE double (double int, b double, c int CONSTRAINT double CHECK (c > 0))

COMMENT ON COLUMN double.double IS NULL

SELECT 1 drop, 2 AS drop, t.drop, drop, drop.a, drop(3), s.drop(4), x::drop, drop 'y', f(drop => 5) FROM drop, s.drop, u drop, v AS drop, drop(6), w z (drop)

CREATE TABLE drop (drop int, b drop, c int CONSTRAINT drop CHECK (c > 0))

WITH drop (drop) AS (SELECT 1) UPDATE drop SET drop = drop.drop WHERE drop.drop = 1 RETURNING drop AS drop

SELECT 1 each, 2 AS each, t.each, each, each.a, each(3), s.each(4), x::each, each 'y', f(each => 5) FROM each, s.each, u each, v AS each, each(6), w z (each)

CREATE TABLE each (each int, b each, c int CONSTRAINT each CHECK (c > 0))

INSERT INTO each AS each (each) VALUES (1) ON CONFLICT (each) DO UPDATE SET each = 2

SELECT 1 empty, 2 AS empty, t.empty, empty, empty.a, empty(3), s.empty(4), x::empty, empty 'y', f(empty => 5) FROM empty, s.empty, u empty, v AS empty, empty(6), w z (empty)

CREATE TABLE empty (empty int, b empty, c int CONSTRAINT empty CHECK (c > 0))

GRANT SELECT (empty) ON empty TO empty

SELECT 1 enable, 2 AS enable, t.enable, enable, enable.a, enable(3), s.enable(4), x::enable, enable 'y', f(enable => 5) FROM enable, s.enable, u enable, v AS enable, enable(6), w z (enable)

CREATE TABLE enable (enable int, b enable, c int CONSTRAINT enable CHECK (c > 0))

SELECT sum(1) OVER enable FROM t WINDOW enable AS (ORDER BY enable)

SELECT 1 encoding, 2 AS encoding, t.encoding, encoding, encoding.a, encoding(3), s.encoding(4), x::encoding, encoding 'y', f(encoding => 5) FROM encoding, s.encoding, u encoding, v AS encoding, encoding(6), w z (encoding)

CREATE TABLE encoding (encoding int, b encoding, c int CONSTRAINT encoding CHECK (c > 0))

SET encoding TO encoding

SELECT 1 encrypted, 2 AS encrypted, t.encrypted, encrypted, encrypted.a, encrypted(3), s.encrypted(4), x::encrypted, encrypted 'y', f(encrypted => 5) FROM encrypted, s.encrypted, u encrypted, v AS encrypted, encrypted(6), w z (encrypted)

CREATE TABLE encrypted (encrypted int, b encrypted, c int CONSTRAINT encrypted CHECK (c > 0))

DECLARE encrypted CURSOR FOR SELECT encrypted

SELECT 1 enforced, 2 AS enforced, t.enforced, enforced, enforced.a, enforced(3), s.enforced(4), x::enforced, enforced 'y', f(enforced => 5) FROM enforced, s.enforced, u enforced, v AS enforced, enforced(6), w z (enforced)

CREATE TABLE enforced (enforced int, b enforced, c int CONSTRAINT enforced CHECK (c > 0))

DROP TABLE enforced, s.enforced

SELECT 1 enum, 2 AS enum, t.enum, enum, enum.a, enum(3), s.enum(4), x::enum, enum 'y', f(enum => 5) FROM enum, s.enum, u enum, v AS enum, enum(6), w z (enum)

CREATE TABLE enum (enum int, b enum, c int CONSTRAINT enum CHECK (c > 0))

COMMENT ON COLUMN enum.enum IS NULL

SELECT 1 error, 2 AS error, t.error, error, error.a, error(3), s.error(4), x::error, error 'y', f(error => 5) FROM error, s.error, u error, v AS error, error(6), w z (error)

CREATE TABLE error (error int, b error, c int CONSTRAINT error CHECK (c > 0))

WITH error (error) AS (SELECT 1) UPDATE error SET error = error.error WHERE error.error = 1 RETURNING error AS error

SELECT 1 escape, 2 AS escape, t.escape, escape, escape.a, escape(3), s.escape(4), x::escape, escape 'y', f(escape => 5) FROM escape, s.escape, u escape, v AS escape, escape(6), w z (escape)

CREATE TABLE escape (escape int, b escape, c int CONSTRAINT escape CHECK (c > 0))

INSERT INTO escape AS escape (escape) VALUES (1) ON CONFLICT (escape) DO UPDATE SET escape = 2

SELECT 1 event, 2 AS event, t.event, event, event.a, event(3), s.event(4), x::event, event 'y', f(event => 5) FROM event, s.event, u event, v AS event, event(6), w z (event)

CREATE TABLE event (event int, b event, c int CONSTRAINT event CHECK (c > 0))

ALTER TABLE event RENAME COLUMN event TO event

SELECT 1 exclude, 2 AS exclude, t.exclude, exclude, exclude.a, exclude(3), s.exclude(4), x::exclude, exclude 'y', f(exclude => 5) FROM exclude, s.exclude, u exclude, v AS exclude, exclude(6), w z (exclude)

CREATE TABLE exclude (exclude int, b exclude, c int CONSTRAINT exclude CHECK (c > 0))

SELECT sum(1) OVER exclude FROM t WINDOW exclude AS (ORDER BY exclude)

SELECT 1 excluding, 2 AS excluding, t.excluding, excluding, excluding.a, excluding(3), s.excluding(4), x::excluding, excluding 'y', f(excluding => 5) FROM excluding, s.excluding, u excluding, v AS excluding, excluding(6), w z (excluding)

CREATE TABLE excluding (excluding int, b excluding, c int CONSTRAINT excluding CHECK (c > 0))

SET excluding TO excluding

SELECT 1 exclusive, 2 AS exclusive, t.exclusive, exclusive, exclusive.a, exclusive(3), s.exclusive(4), x::exclusive, exclusive 'y', f(exclusive => 5) FROM exclusive, s.exclusive, u exclusive, v AS exclusive, exclusive(6), w z (exclusive)

CREATE TABLE exclusive (exclusive int, b exclusive, c int CONSTRAINT exclusive CHECK (c > 0))

DECLARE exclusive CURSOR FOR SELECT exclusive

SELECT 1 execute, 2 AS execute, t.execute, execute, execute.a, execute(3), s.execute(4), x::execute, execute 'y', f(execute => 5) FROM execute, s.execute, u execute, v AS execute, execute(6), w z (execute)

CREATE TABLE execute (execute int, b execute, c int CONSTRAINT execute CHECK (c > 0))

PREPARE execute (execute) AS SELECT 1 AS execute

SELECT 1 explain, 2 AS explain, t.explain, explain, explain.a, explain(3), s.explain(4), x::explain, explain 'y', f(explain => 5) FROM explain, s.explain, u explain, v AS explain, explain(6), w z (explain)

CREATE TABLE explain (explain int, b explain, c int CONSTRAINT explain CHECK (c > 0))

COMMENT ON COLUMN explain.explain IS NULL

SELECT 1 expression, 2 AS expression, t.expression, expression, expression.a, expression(3), s.expression(4), x::expression, expression 'y', f(expression => 5) FROM expression, s.expression, u expression, v AS expression, expression(6), w z (expression)

CREATE TABLE expression (expression int, b expression, c int CONSTRAINT expression CHECK (c > 0))

WITH expression (expression) AS (SELECT 1) UPDATE expression SET expression = expression.expression WHERE expression.expression = 1 RETURNING expression AS expression

SELECT 1 extension, 2 AS extension, t.extension, extension, extension.a, extension(3), s.extension(4), x::extension, extension 'y', f(extension => 5) FROM extension, s.extension, u extension, v AS extension, extension(6), w z (extension)

CREATE TABLE extension (extension int, b extension, c int CONSTRAINT extension CHECK (c > 0))

INSERT INTO extension AS extension (extension) VALUES (1) ON CONFLICT (extension) DO UPDATE SET extension = 2

SELECT 1 external, 2 AS external, t.external, external, external.a, external(3), s.external(4), x::external, external 'y', f(external => 5) FROM external, s.external, u external, v AS external, external(6), w z (external)

CREATE TABLE external (external int, b external, c int CONSTRAINT external CHECK (c > 0))

ALTER TABLE external RENAME COLUMN external TO external

SELECT 1 family, 2 AS family, t.family, family, family.a, family(3), s.family(4), x::family, family 'y', f(family => 5) FROM family, s.family, u family, v AS family, family(6), w z (family)

CREATE TABLE family (family int, b family, c int CONSTRAINT family CHECK (c > 0))

SET family TO family

SELECT 2 AS filter, t.filter, filter, filter.a, filter(3), s.filter(4), x::filter, filter 'y', f(filter => 5) FROM filter, s.filter, u filter, v AS filter, filter(6), w z (filter)

CREATE TABLE filter (filter int, b filter, c int CONSTRAINT filter CHECK (c > 0))

PREPARE filter (filter) AS SELECT 1 AS filter

SELECT 1 finalize, 2 AS finalize, t.finalize, finalize, finalize.a, finalize(3), s.finalize(4), x::finalize, finalize 'y', f(finalize => 5) FROM finalize, s.finalize, u finalize, v AS finalize, finalize(6), w z (finalize)

CREATE TABLE finalize (finalize int, b finalize, c int CONSTRAINT finalize CHECK (c > 0))

DROP TABLE finalize, s.finalize

SELECT 1 first, 2 AS first, t.first, first, first.a, first(3), s.first(4), x::first, first 'y', f(first => 5) FROM first, s.first, u first, v AS first, first(6), w z (first)

CREATE TABLE first (first int, b first, c int CONSTRAINT first CHECK (c > 0))

COMMENT ON COLUMN first.first IS NULL

SELECT 1 following, 2 AS following, t.following, following, following.a, following(3), s.following(4), x::following, following 'y', f(following => 5) FROM following, s.following, u following, v AS following, following(6), w z (following)

CREATE TABLE following (following int, b following, c int CONSTRAINT following CHECK (c > 0))

INSERT INTO following AS following (following) VALUES (1) ON CONFLICT (following) DO UPDATE SET following = 2

SELECT 1 force, 2 AS force, t.force, force, force.a, force(3), s.force(4), x::force, force 'y', f(force => 5) FROM force, s.force, u force, v AS force, force(6), w z (force)

CREATE TABLE force (force int, b force, c int CONSTRAINT force CHECK (c > 0))

GRANT SELECT (force) ON force TO force

SELECT 1 format, 2 AS format, t.format, format, format.a, format(3), s.format(4), x::format, format 'y', f(format => 5) FROM format, s.format, u format, v AS format, format(6), w z (format)

CREATE TABLE format (format int, b format, c int CONSTRAINT format CHECK (c > 0))

SET format TO format

SELECT 1 forward, 2 AS forward, t.forward, forward, forward.a, forward(3), s.forward(4), x::forward, forward 'y', f(forward => 5) FROM forward, s.forward, u forward, v AS forward, forward(6), w z (forward)

CREATE TABLE forward (forward int, b forward, c int CONSTRAINT forward CHECK (c > 0))

DECLARE forward CURSOR FOR SELECT forward

SELECT 1 function, 2 AS function, t.function, function, function.a, function(3), s.function(4), x::function, function 'y', f(function => 5) FROM function, s.function, u function, v AS function, function(6), w z (function)

CREATE TABLE function (function int, b function, c int CONSTRAINT function CHECK (c > 0))

WITH function (function) AS (SELECT 1) UPDATE function SET function = function.function WHERE function.function = 1 RETURNING function AS function

SELECT 1 functions, 2 AS functions, t.functions, functions, functions.a, functions(3), s.functions(4), x::functions, functions 'y', f(functions => 5) FROM functions, s.functions, u functions, v AS functions, functions(6), w z (functions)

CREATE TABLE functions (functions int, b functions, c int CONSTRAINT functions CHECK (c > 0))

INSERT INTO functions AS functions (functions) VALUES (1) ON CONFLICT (functions) DO UPDATE SET functions = 2

SELECT 1 generated, 2 AS generated, t.generated, generated, generated.a, generated(3), s.generated(4), x::generated, generated 'y', f(generated => 5) FROM generated, s.generated, u generated, v AS generated, generated(6), w z (generated)

CREATE TABLE generated (generated int, b generated, c int CONSTRAINT generated CHECK (c > 0))

ALTER TABLE generated RENAME COLUMN generated TO generated

SELECT 1 global, 2 AS global, t.global, global, global.a, global(3), s.global(4), x::global, global 'y', f(global => 5) FROM global, s.global, u global, v AS global, global(6), w z (global)

CREATE TABLE global (global int, b global, c int CONSTRAINT global CHECK (c > 0))

GRANT SELECT (global) ON global TO global

SELECT 1 granted, 2 AS granted, t.granted, granted, granted.a, granted(3), s.granted(4), x::granted, granted 'y', f(granted => 5) FROM granted, s.granted, u granted, v AS granted, granted(6), w z (granted)

CREATE TABLE granted (granted int, b granted, c int CONSTRAINT granted CHECK (c > 0))

SET granted TO granted

SELECT 1 groups, 2 AS groups, t.groups, groups, groups.a, groups(3), s.groups(4), x::groups, groups 'y', f(groups => 5) FROM groups, s.groups, u groups, v AS groups, groups(6), w z (groups)

CREATE TABLE groups (groups int, b groups, c int CONSTRAINT groups CHECK (c > 0))

COMMENT ON COLUMN groups.groups IS NULL

SELECT 1 handler, 2 AS handler, t.handler, handler, handler.a, handler(3), s.handler(4), x::handler, handler 'y', f(handler => 5) FROM handler, s.handler, u handler, v AS handler, handler(6), w z (handler)

CREATE TABLE handler (handler int, b handler, c int CONSTRAINT handler CHECK (c > 0))

WITH handler (handler) AS (SELECT 1) UPDATE handler SET handler = handler.handler WHERE handler.handler = 1 RETURNING handler AS handler

SELECT 1 header, 2 AS header, t.header, header, header.a, header(3), s.header(4), x::header, header 'y', f(header => 5) FROM header, s.header, u header, v AS header, header(6), w z (header)

CREATE TABLE header (header int, b header, c int CONSTRAINT header CHECK (c > 0))

ALTER TABLE header RENAME COLUMN header TO header

SELECT 1 hold, 2 AS hold, t.hold, hold, hold.a, hold(3), s.hold(4), x::hold, hold 'y', f(hold => 5) FROM hold, s.hold, u hold, v AS hold, hold(6), w z (hold)

CREATE TABLE hold (hold int, b hold, c int CONSTRAINT hold CHECK (c > 0))

GRANT SELECT (hold) ON hold TO hold

SELECT 2 AS hour, t.hour, hour, hour.a, hour(3), s.hour(4), x::hour, hour 'y', f(hour => 5) FROM hour, s.hour, u hour, v AS hour, hour(6), w z (hour)

CREATE TABLE hour (hour int, b hour, c int CONSTRAINT hour CHECK (c > 0))

SELECT sum(1) OVER hour FROM t WINDOW hour AS (ORDER BY hour)

SELECT 1 identity, 2 AS identity, t.identity, identity, identity.a, identity(3), s.identity(4), x::identity, identity 'y', f(identity => 5) FROM identity, s.identity, u identity, v AS identity, identity(6), w z (identity)

CREATE TABLE identity (identity int, b identity, c int CONSTRAINT identity CHECK (c > 0))

SET identity TO identity

SELECT 1 if, 2 AS if, t.if, if, if.a, if(3), s.if(4), x::if, if 'y', f(if => 5) FROM if, s.if, u if, v AS if, if(6), w z (if)

CREATE TABLE if (if int, b if, c int CONSTRAINT if CHECK (c > 0))

DECLARE if CURSOR FOR SELECT if

SELECT 1 immediate, 2 AS immediate, t.immediate, immediate, immediate.a, immediate(3), s.immediate(4), x::immediate, immediate 'y', f(immediate => 5) FROM immediate, s.immediate, u immediate, v AS immediate, immediate(6), w z (immediate)

CREATE TABLE immediate (immediate int, b immediate, c int CONSTRAINT immediate CHECK (c > 0))

DROP TABLE immediate, s.immediate

SELECT 1 immutable, 2 AS immutable, t.immutable, immutable, immutable.a, immutable(3), s.immutable(4), x::immutable, immutable 'y', f(immutable => 5) FROM immutable, s.immutable, u immutable, v AS immutable, immutable(6), w z (immutable)

CREATE TABLE immutable (immutable int, b immutable, c int CONSTRAINT immutable CHECK (c > 0))

COMMENT ON COLUMN immutable.immutable IS NULL

SELECT 1 implicit, 2 AS implicit, t.implicit, implicit, implicit.a, implicit(3), s.implicit(4), x::implicit, implicit 'y', f(implicit => 5) FROM implicit, s.implicit, u implicit, v AS implicit, implicit(6), w z (implicit)

CREATE TABLE implicit (implicit int, b implicit, c int CONSTRAINT implicit CHECK (c > 0))

WITH implicit (implicit) AS (SELECT 1) UPDATE implicit SET implicit = implicit.implicit WHERE implicit.implicit = 1 RETURNING implicit AS implicit

SELECT 1 import, 2 AS import, t.import, import, import.a, import(3), s.import(4), x::import, import 'y', f(import => 5) FROM import, s.import, u import, v AS import, import(6), w z (import)

CREATE TABLE import (import int, b import, c int CONSTRAINT import CHECK (c > 0))

INSERT INTO import AS import (import) VALUES (1) ON CONFLICT (import) DO UPDATE SET import = 2

SELECT 1 include, 2 AS include, t.include, include, include.a, include(3), s.include(4), x::include, include 'y', f(include => 5) FROM include, s.include, u include, v AS include, include(6), w z (include)

CREATE TABLE include (include int, b include, c int CONSTRAINT include CHECK (c > 0))

GRANT SELECT (include) ON include TO include

SELECT 1 including, 2 AS including, t.including, including, including.a, including(3), s.including(4), x::including, including 'y', f(including => 5) FROM including, s.including, u including, v AS including, including(6), w z (including)

CREATE TABLE including (including int, b including, c int CONSTRAINT including CHECK (c > 0))

SELECT sum(1) OVER including FROM t WINDOW including AS (ORDER BY including)

SELECT 1 increment, 2 AS increment, t.increment, increment, increment.a, increment(3), s.increment(4), x::increment, increment 'y', f(increment => 5) FROM increment, s.increment, u increment, v AS increment, increment(6), w z (increment)

CREATE TABLE increment (increment int, b increment, c int CONSTRAINT increment CHECK (c > 0))

SET increment TO increment

SELECT 1 indent, 2 AS indent, t.indent, indent, indent.a, indent(3), s.indent(4), x::indent, indent 'y', f(indent => 5) FROM indent, s.indent, u indent, v AS indent, indent(6), w z (indent)

CREATE TABLE indent (indent int, b indent, c int CONSTRAINT indent CHECK (c > 0))

DECLARE indent CURSOR FOR SELECT indent

SELECT 1 index, 2 AS index, t.index, index, index.a, index(3), s.index(4), x::index, index 'y', f(index => 5) FROM index, s.index, u index, v AS index, index(6), w z (index)

CREATE TABLE index (index int, b index, c int CONSTRAINT index CHECK (c > 0))

PREPARE index (index) AS SELECT 1 AS index

SELECT 1 indexes, 2 AS indexes, t.indexes, indexes, indexes.a, indexes(3), s.indexes(4), x::indexes, indexes 'y', f(indexes => 5) FROM indexes, s.indexes, u indexes, v AS indexes, indexes(6), w z (indexes)

CREATE TABLE indexes (indexes int, b indexes, c int CONSTRAINT indexes CHECK (c > 0))

DROP TABLE indexes, s.indexes

SELECT 1 inherit, 2 AS inherit, t.inherit, inherit, inherit.a, inherit(3), s.inherit(4), x::inherit, inherit 'y', f(inherit => 5) FROM inherit, s.inherit, u inherit, v AS inherit, inherit(6), w z (inherit)

CREATE TABLE inherit (inherit int, b inherit, c int CONSTRAINT inherit CHECK (c > 0))

COMMENT ON COLUMN inherit.inherit IS NULL

SELECT 1 inherits, 2 AS inherits, t.inherits, inherits, inherits.a, inherits(3), s.inherits(4), x::inherits, inherits 'y', f(inherits => 5) FROM inherits, s.inherits, u inherits, v AS inherits, inherits(6), w z (inherits)

CREATE TABLE inherits (inherits int, b inherits, c int CONSTRAINT inherits CHECK (c > 0))

WITH inherits (inherits) AS (SELECT 1) UPDATE inherits SET inherits = inherits.inherits WHERE inherits.inherits = 1 RETURNING inherits AS inherits

SELECT 1 inline, 2 AS inline, t.inline, inline, inline.a, inline(3), s.inline(4), x::inline, inline 'y', f(inline => 5) FROM inline, s.inline, u inline, v AS inline, inline(6), w z (inline)

CREATE TABLE inline (inline int, b inline, c int CONSTRAINT inline CHECK (c > 0))

ALTER TABLE inline RENAME COLUMN inline TO inline

SELECT 1 input, 2 AS input, t.input, input, input.a, input(3), s.input(4), x::input, input 'y', f(input => 5) FROM input, s.input, u input, v AS input, input(6), w z (input)

CREATE TABLE input (input int, b input, c int CONSTRAINT input CHECK (c > 0))

SET input TO input

SELECT 1 insensitive, 2 AS insensitive, t.insensitive, insensitive, insensitive.a, insensitive(3), s.insensitive(4), x::insensitive, insensitive 'y', f(insensitive => 5) FROM insensitive, s.insensitive, u insensitive, v AS insensitive, insensitive(6), w z (insensitive)

CREATE TABLE insensitive (insensitive int, b insensitive, c int CONSTRAINT insensitive CHECK (c > 0))

DECLARE insensitive CURSOR FOR SELECT insensitive

SELECT 1 insert, 2 AS insert, t.insert, insert, insert.a, insert(3), s.insert(4), x::insert, insert 'y', f(insert => 5) FROM insert, s.insert, u insert, v AS insert, insert(6), w z (insert)

CREATE TABLE insert (insert int, b insert, c int CONSTRAINT insert CHECK (c > 0))

PREPARE insert (insert) AS SELECT 1 AS insert

SELECT 1 instead, 2 AS instead, t.instead, instead, instead.a, instead(3), s.instead(4), x::instead, instead 'y', f(instead => 5) FROM instead, s.instead, u instead, v AS instead, instead(6), w z (instead)

CREATE TABLE instead (instead int, b instead, c int CONSTRAINT instead CHECK (c > 0))

DROP TABLE instead, s.instead

SELECT 1 invoker, 2 AS invoker, t.invoker, invoker, invoker.a, invoker(3), s.invoker(4), x::invoker, invoker 'y', f(invoker => 5) FROM invoker, s.invoker, u invoker, v AS invoker, invoker(6), w z (invoker)

CREATE TABLE invoker (invoker int, b invoker, c int CONSTRAINT invoker CHECK (c > 0))

SELECT sum(1) OVER invoker FROM t WINDOW invoker AS (ORDER BY invoker)

SELECT 1 isolation, 2 AS isolation, t.isolation, isolation, isolation.a, isolation(3), s.isolation(4), x::isolation, isolation 'y', f(isolation => 5) FROM isolation, s.isolation, u isolation, v AS isolation, isolation(6), w z (isolation)

CREATE TABLE isolation (isolation int, b isolation, c int CONSTRAINT isolation CHECK (c > 0))

PREPARE isolation (isolation) AS SELECT 1 AS isolation

SELECT 1 keep, 2 AS keep, t.keep, keep, keep.a, keep(3), s.keep(4), x::keep, keep 'y', f(keep => 5) FROM keep, s.keep, u keep, v AS keep, keep(6), w z (keep)

CREATE TABLE keep (keep int, b keep, c int CONSTRAINT keep CHECK (c > 0))

WITH keep (keep) AS (SELECT 1) UPDATE keep SET keep = keep.keep WHERE keep.keep = 1 RETURNING keep AS keep

SELECT 1 key, 2 AS key, t.key, key, key.a, key(3), s.key(4), x::key, key 'y', f(key => 5) FROM key, s.key, u key, v AS key, key(6), w z (key)

CREATE TABLE key (key int, b key, c int CONSTRAINT key CHECK (c > 0))

INSERT INTO key AS key (key) VALUES (1) ON CONFLICT (key) DO UPDATE SET key = 2

SELECT 1 keys, 2 AS keys, t.keys, keys, keys.a, keys(3), s.keys(4), x::keys, keys 'y', f(keys => 5) FROM keys, s.keys, u keys, v AS keys, keys(6), w z (keys)

CREATE TABLE keys (keys int, b keys, c int CONSTRAINT keys CHECK (c > 0))

ALTER TABLE keys RENAME COLUMN keys TO keys

SELECT 1 label, 2 AS label, t.label, label, label.a, label(3), s.label(4), x::label, label 'y', f(label => 5) FROM label, s.label, u label, v AS label, label(6), w z (label)

CREATE TABLE label (label int, b label, c int CONSTRAINT label CHECK (c > 0))

GRANT SELECT (label) ON label TO label

SELECT 1 language, 2 AS language, t.language, language, language.a, language(3), s.language(4), x::language, language 'y', f(language => 5) FROM language, s.language, u language, v AS language, language(6), w z (language)

CREATE TABLE language (language int, b language, c int CONSTRAINT language CHECK (c > 0))

SELECT sum(1) OVER language FROM t WINDOW language AS (ORDER BY language)

SELECT 1 large, 2 AS large, t.large, large, large.a, large(3), s.large(4), x::large, large 'y', f(large => 5) FROM large, s.large, u large, v AS large, large(6), w z (large)

CREATE TABLE large (large int, b large, c int CONSTRAINT large CHECK (c > 0))

SET large TO large

SELECT 1 last, 2 AS last, t.last, last, last.a, last(3), s.last(4), x::last, last 'y', f(last => 5) FROM last, s.last, u last, v AS last, last(6), w z (last)

CREATE TABLE last (last int, b last, c int CONSTRAINT last CHECK (c > 0))

DECLARE last CURSOR FOR SELECT last

SELECT 1 leakproof, 2 AS leakproof, t.leakproof, leakproof, leakproof.a, leakproof(3), s.leakproof(4), x::leakproof, leakproof 'y', f(leakproof => 5) FROM leakproof, s.leakproof, u leakproof, v AS leakproof, leakproof(6), w z (leakproof)

CREATE TABLE leakproof (leakproof int, b leakproof, c int CONSTRAINT leakproof CHECK (c > 0))

COMMENT ON COLUMN leakproof.leakproof IS NULL

SELECT 1 level, 2 AS level, t.level, level, level.a, level(3), s.level(4), x::level, level 'y', f(level => 5) FROM level, s.level, u level, v AS level, level(6), w z (level)

CREATE TABLE level (level int, b level, c int CONSTRAINT level CHECK (c > 0))

ALTER TABLE level RENAME COLUMN level TO level

SELECT 1 listen, 2 AS listen, t.listen, listen, listen.a, listen(3), s.listen(4), x::listen, listen 'y', f(listen => 5) FROM listen, s.listen, u listen, v AS listen, listen(6), w z (listen)

CREATE TABLE listen (listen int, b listen, c int CONSTRAINT listen CHECK (c > 0))

SET listen TO listen

SELECT 1 load, 2 AS load, t.load, load, load.a, load(3), s.load(4), x::load, load 'y', f(load => 5) FROM load, s.load, u load, v AS load, load(6), w z (load)

CREATE TABLE load (load int, b load, c int CONSTRAINT load CHECK (c > 0))

DECLARE load CURSOR FOR SELECT load

SELECT 1 local, 2 AS local, t.local, local, local.a, local(3), s.local(4), x::local, local 'y', f(local => 5) FROM local, s.local, u local, v AS local, local(6), w z (local)

CREATE TABLE local (local int, b local, c int CONSTRAINT local CHECK (c > 0))

PREPARE local (local) AS SELECT 1 AS local

SELECT 1 location, 2 AS location, t.location, location, location.a, location(3), s.location(4), x::location, location 'y', f(location => 5) FROM location, s.location, u location, v AS location, location(6), w z (location)

CREATE TABLE location (location int, b location, c int CONSTRAINT location CHECK (c > 0))

WITH location (location) AS (SELECT 1) UPDATE location SET location = location.location WHERE location.location = 1 RETURNING location AS location

SELECT 1 lock, 2 AS lock, t.lock, lock, lock.a, lock(3), s.lock(4), x::lock, lock 'y', f(lock => 5) FROM lock, s.lock, u lock, v AS lock, lock(6), w z (lock)

CREATE TABLE lock (lock int, b lock, c int CONSTRAINT lock CHECK (c > 0))

INSERT INTO lock AS lock (lock) VALUES (1) ON CONFLICT (lock) DO UPDATE SET lock = 2

SELECT 1 locked, 2 AS locked, t.locked, locked, locked.a, locked(3), s.locked(4), x::locked, locked 'y', f(locked => 5) FROM locked, s.locked, u locked, v AS locked, locked(6), w z (locked)

CREATE TABLE locked (locked int, b locked, c int CONSTRAINT locked CHECK (c > 0))

ALTER TABLE locked RENAME COLUMN locked TO locked

SELECT 1 logged, 2 AS logged, t.logged, logged, logged.a, logged(3), s.logged(4), x::logged, logged 'y', f(logged => 5) FROM logged, s.logged, u logged, v AS logged, logged(6), w z (logged)

CREATE TABLE logged (logged int, b logged, c int CONSTRAINT logged CHECK (c > 0))

GRANT SELECT (logged) ON logged TO logged

SELECT 1 mapping, 2 AS mapping, t.mapping, mapping, mapping.a, mapping(3), s.mapping(4), x::mapping, mapping 'y', f(mapping => 5) FROM mapping, s.mapping, u mapping, v AS mapping, mapping(6), w z (mapping)

CREATE TABLE mapping (mapping int, b mapping, c int CONSTRAINT mapping CHECK (c > 0))

SELECT sum(1) OVER mapping FROM t WINDOW mapping AS (ORDER BY mapping)

SELECT 1 match, 2 AS match, t.match, match, match.a, match(3), s.match(4), x::match, match 'y', f(match => 5) FROM match, s.match, u match, v AS match, match(6), w z (match)

CREATE TABLE match (match int, b match, c int CONSTRAINT match CHECK (c > 0))

SET match TO match

SELECT 1 matched, 2 AS matched, t.matched, matched, matched.a, matched(3), s.matched(4), x::matched, matched 'y', f(matched => 5) FROM matched, s.matched, u matched, v AS matched, matched(6), w z (matched)

CREATE TABLE matched (matched int, b matched, c int CONSTRAINT matched CHECK (c > 0))

DECLARE matched CURSOR FOR SELECT matched

SELECT 1 materialized, 2 AS materialized, t.materialized, materialized, materialized.a, materialized(3), s.materialized(4), x::materialized, materialized 'y', f(materialized => 5) FROM materialized, s.materialized, u materialized, v AS materialized, materialized(6), w z (materialized)

CREATE TABLE materialized (materialized int, b materialized, c int CONSTRAINT materialized CHECK (c > 0))

PREPARE materialized (materialized) AS SELECT 1 AS materialized

SELECT 1 maxvalue, 2 AS maxvalue, t.maxvalue, maxvalue, maxvalue.a, maxvalue(3), s.maxvalue(4), x::maxvalue, maxvalue 'y', f(maxvalue => 5) FROM maxvalue, s.maxvalue, u maxvalue, v AS maxvalue, maxvalue(6), w z (maxvalue)

CREATE TABLE maxvalue (maxvalue int, b maxvalue, c int CONSTRAINT maxvalue CHECK (c > 0))

DROP TABLE maxvalue, s.maxvalue

SELECT 1 merge, 2 AS merge, t.merge, merge, merge.a, merge(3), s.merge(4), x::merge, merge 'y', f(merge => 5) FROM merge, s.merge, u merge, v AS merge, merge(6), w z (merge)

CREATE TABLE merge (merge int, b merge, c int CONSTRAINT merge CHECK (c > 0))

COMMENT ON COLUMN merge.merge IS NULL

SELECT 1 method, 2 AS method, t.method, method, method.a, method(3), s.method(4), x::method, method 'y', f(method => 5) FROM method, s.method, u method, v AS method, method(6), w z (method)

CREATE TABLE method (method int, b method, c int CONSTRAINT method CHECK (c > 0))

INSERT INTO method AS method (method) VALUES (1) ON CONFLICT (method) DO UPDATE SET method = 2

SELECT 2 AS minute, t.minute, minute, minute.a, minute(3), s.minute(4), x::minute, minute 'y', f(minute => 5) FROM minute, s.minute, u minute, v AS minute, minute(6), w z (minute)

CREATE TABLE minute (minute int, b minute, c int CONSTRAINT minute CHECK (c > 0))

ALTER TABLE minute RENAME COLUMN minute TO minute

SELECT 1 minvalue, 2 AS minvalue, t.minvalue, minvalue, minvalue.a, minvalue(3), s.minvalue(4), x::minvalue, minvalue 'y', f(minvalue => 5) FROM minvalue, s.minvalue, u minvalue, v AS minvalue, minvalue(6), w z (minvalue)

CREATE TABLE minvalue (minvalue int, b minvalue, c int CONSTRAINT minvalue CHECK (c > 0))

GRANT SELECT (minvalue) ON minvalue TO minvalue

SELECT 1 mode, 2 AS mode, t.mode, mode, mode.a, mode(3), s.mode(4), x::mode, mode 'y', f(mode => 5) FROM mode, s.mode, u mode, v AS mode, mode(6), w z (mode)

CREATE TABLE mode (mode int, b mode, c int CONSTRAINT mode CHECK (c > 0))

SELECT sum(1) OVER mode FROM t WINDOW mode AS (ORDER BY mode)

SELECT 2 AS month, t.month, month, month.a, month(3), s.month(4), x::month, month 'y', f(month => 5) FROM month, s.month, u month, v AS month, month(6), w z (month)

CREATE TABLE month (month int, b month, c int CONSTRAINT month CHECK (c > 0))

SET month TO month

SELECT 1 move, 2 AS move, t.move, move, move.a, move(3), s.move(4), x::move, move 'y', f(move => 5) FROM move, s.move, u move, v AS move, move(6), w z (move)

CREATE TABLE move (move int, b move, c int CONSTRAINT move CHECK (c > 0))

DECLARE move CURSOR FOR SELECT move

SELECT 1 name, 2 AS name, t.name, name, name.a, name(3), s.name(4), x::name, name 'y', f(name => 5) FROM name, s.name, u name, v AS name, name(6), w z (name)

CREATE TABLE name (name int, b name, c int CONSTRAINT name CHECK (c > 0))

PREPARE name (name) AS SELECT 1 AS name

SELECT 1 names, 2 AS names, t.names, names, names.a, names(3), s.names(4), x::names, names 'y', f(names => 5) FROM names, s.names, u names, v AS names, names(6), w z (names)

CREATE TABLE names (names int, b names, c int CONSTRAINT names CHECK (c > 0))

DROP TABLE names, s.names

SELECT 1 nested, 2 AS nested, t.nested, nested, nested.a, nested(3), s.nested(4), x::nested, nested 'y', f(nested => 5) FROM nested, s.nested, u nested, v AS nested, nested(6), w z (nested)

CREATE TABLE nested (nested int, b nested, c int CONSTRAINT nested CHECK (c > 0))

ALTER TABLE nested RENAME COLUMN nested TO nested

SELECT 1 new, 2 AS new, t.new, new, new.a, new(3), s.new(4), x::new, new 'y', f(new => 5) FROM new, s.new, u new, v AS new, new(6), w z (new)

CREATE TABLE new (new int, b new, c int CONSTRAINT new CHECK (c > 0))

GRANT SELECT (new) ON new TO new

SELECT 1 next, 2 AS next, t.next, next, next.a, next(3), s.next(4), x::next, next 'y', f(next => 5) FROM next, s.next, u next, v AS next, next(6), w z (next)

CREATE TABLE next (next int, b next, c int CONSTRAINT next CHECK (c > 0))

SELECT sum(1) OVER next FROM t WINDOW next AS (ORDER BY next)

SELECT 1 nfc, 2 AS nfc, t.nfc, nfc, nfc.a, nfc(3), s.nfc(4), x::nfc, nfc 'y', f(nfc => 5) FROM nfc, s.nfc, u nfc, v AS nfc, nfc(6), w z (nfc)

CREATE TABLE nfc (nfc int, b nfc, c int CONSTRAINT nfc CHECK (c > 0))

SET nfc TO nfc

SELECT 1 nfd, 2 AS nfd, t.nfd, nfd, nfd.a, nfd(3), s.nfd(4), x::nfd, nfd 'y', f(nfd => 5) FROM nfd, s.nfd, u nfd, v AS nfd, nfd(6), w z (nfd)

CREATE TABLE nfd (nfd int, b nfd, c int CONSTRAINT nfd CHECK (c > 0))

DECLARE nfd CURSOR FOR SELECT nfd

SELECT 1 nfkc, 2 AS nfkc, t.nfkc, nfkc, nfkc.a, nfkc(3), s.nfkc(4), x::nfkc, nfkc 'y', f(nfkc => 5) FROM nfkc, s.nfkc, u nfkc, v AS nfkc, nfkc(6), w z (nfkc)

CREATE TABLE nfkc (nfkc int, b nfkc, c int CONSTRAINT nfkc CHECK (c > 0))

PREPARE nfkc (nfkc) AS SELECT 1 AS nfkc

SELECT 1 nfkd, 2 AS nfkd, t.nfkd, nfkd, nfkd.a, nfkd(3), s.nfkd(4), x::nfkd, nfkd 'y', f(nfkd => 5) FROM nfkd, s.nfkd, u nfkd, v AS nfkd, nfkd(6), w z (nfkd)

CREATE TABLE nfkd (nfkd int, b nfkd, c int CONSTRAINT nfkd CHECK (c > 0))

DROP TABLE nfkd, s.nfkd

SELECT 1 no, 2 AS no, t.no, no, no.a, no(3), s.no(4), x::no, no 'y', f(no => 5) FROM no, s.no, u no, v AS no, no(6), w z (no)

CREATE TABLE no (no int, b no, c int CONSTRAINT no CHECK (c > 0))

COMMENT ON COLUMN no.no IS NULL

SELECT 1 normalized, 2 AS normalized, t.normalized, normalized, normalized.a, normalized(3), s.normalized(4), x::normalized, normalized 'y', f(normalized => 5) FROM normalized, s.normalized, u normalized, v AS normalized, normalized(6), w z (normalized)

CREATE TABLE normalized (normalized int, b normalized, c int CONSTRAINT normalized CHECK (c > 0))

ALTER TABLE normalized RENAME COLUMN normalized TO normalized

SELECT 1 nothing, 2 AS nothing, t.nothing, nothing, nothing.a, nothing(3), s.nothing(4), x::nothing, nothing 'y', f(nothing => 5) FROM nothing, s.nothing, u nothing, v AS nothing, nothing(6), w z (nothing)

CREATE TABLE nothing (nothing int, b nothing, c int CONSTRAINT nothing CHECK (c > 0))

SELECT sum(1) OVER nothing FROM t WINDOW nothing AS (ORDER BY nothing)

SELECT 1 notify, 2 AS notify, t.notify, notify, notify.a, notify(3), s.notify(4), x::notify, notify 'y', f(notify => 5) FROM notify, s.notify, u notify, v AS notify, notify(6), w z (notify)

CREATE TABLE notify (notify int, b notify, c int CONSTRAINT notify CHECK (c > 0))

SET notify TO notify

SELECT 1 nowait, 2 AS nowait, t.nowait, nowait, nowait.a, nowait(3), s.nowait(4), x::nowait, nowait 'y', f(nowait => 5) FROM nowait, s.nowait, u nowait, v AS nowait, nowait(6), w z (nowait)

CREATE TABLE nowait (nowait int, b nowait, c int CONSTRAINT nowait CHECK (c > 0))

PREPARE nowait (nowait) AS SELECT 1 AS nowait

SELECT 1 nulls, 2 AS nulls, t.nulls, nulls, nulls.a, nulls(3), s.nulls(4), x::nulls, nulls 'y', f(nulls => 5) FROM nulls, s.nulls, u nulls, v AS nulls, nulls(6), w z (nulls)

CREATE TABLE nulls (nulls int, b nulls, c int CONSTRAINT nulls CHECK (c > 0))

WITH nulls (nulls) AS (SELECT 1) UPDATE nulls SET nulls = nulls.nulls WHERE nulls.nulls = 1 RETURNING nulls AS nulls

SELECT 1 object, 2 AS object, t.object, object, object.a, object(3), s.object(4), x::object, object 'y', f(object => 5) FROM object, s.object, u object, v AS object, object(6), w z (object)

CREATE TABLE object (object int, b object, c int CONSTRAINT object CHECK (c > 0))

ALTER TABLE object RENAME COLUMN object TO object

SELECT 1 objects, 2 AS objects, t.objects, objects, objects.a, objects(3), s.objects(4), x::objects, objects 'y', f(objects => 5) FROM objects, s.objects, u objects, v AS objects, objects(6), w z (objects)

CREATE TABLE objects (objects int, b objects, c int CONSTRAINT objects CHECK (c > 0))

GRANT SELECT (objects) ON objects TO objects

SELECT 1 of, 2 AS of, t.of, of, of.a, of(3), s.of(4), x::of, of 'y', f(of => 5) FROM of, s.of, u of, v AS of, of(6), w z (of)

CREATE TABLE of (of int, b of, c int CONSTRAINT of CHECK (c > 0))

SELECT sum(1) OVER of FROM t WINDOW of AS (ORDER BY of)

SELECT 1 off, 2 AS off, t.off, off, off.a, off(3), s.off(4), x::off, off 'y', f(off => 5) FROM off, s.off, u off, v AS off, off(6), w z (off)

CREATE TABLE off (off int, b off, c int CONSTRAINT off CHECK (c > 0))

SET off TO off

SELECT 1 oids, 2 AS oids, t.oids, oids, oids.a, oids(3), s.oids(4), x::oids, oids 'y', f(oids => 5) FROM oids, s.oids, u oids, v AS oids, oids(6), w z (oids)

CREATE TABLE oids (oids int, b oids, c int CONSTRAINT oids CHECK (c > 0))

PREPARE oids (oids) AS SELECT 1 AS oids

SELECT 1 old, 2 AS old, t.old, old, old.a, old(3), s.old(4), x::old, old 'y', f(old => 5) FROM old, s.old, u old, v AS old, old(6), w z (old)

CREATE TABLE old (old int, b old, c int CONSTRAINT old CHECK (c > 0))

DROP TABLE old, s.old

SELECT 1 omit, 2 AS omit, t.omit, omit, omit.a, omit(3), s.omit(4), x::omit, omit 'y', f(omit => 5) FROM omit, s.omit, u omit, v AS omit, omit(6), w z (omit)

CREATE TABLE omit (omit int, b omit, c int CONSTRAINT omit CHECK (c > 0))

COMMENT ON COLUMN omit.omit IS NULL

SELECT 1 operator, 2 AS operator, t.operator, operator, operator.a, s.operator(4), x::operator, operator 'y', f(operator => 5) FROM operator, s.operator, u operator, v AS operator, operator(6), w z (operator)

CREATE TABLE operator (operator int, b operator, c int CONSTRAINT operator CHECK (c > 0))

ALTER TABLE operator RENAME COLUMN operator TO operator

SELECT 1 option, 2 AS option, t.option, option, option.a, option(3), s.option(4), x::option, option 'y', f(option => 5) FROM option, s.option, u option, v AS option, option(6), w z (option)

CREATE TABLE option (option int, b option, c int CONSTRAINT option CHECK (c > 0))

GRANT SELECT (option) ON option TO option

SELECT 1 options, 2 AS options, t.options, options, options.a, options(3), s.options(4), x::options, options 'y', f(options => 5) FROM options, s.options, u options, v AS options, options(6), w z (options)

CREATE TABLE options (options int, b options, c int CONSTRAINT options CHECK (c > 0))

SELECT sum(1) OVER options FROM t WINDOW options AS (ORDER BY options)

SELECT 1 ordinality, 2 AS ordinality, t.ordinality, ordinality, ordinality.a, ordinality(3), s.ordinality(4), x::ordinality, ordinality 'y', f(ordinality => 5) FROM ordinality, s.ordinality, u ordinality, v AS ordinality, ordinality(6), w z (ordinality)

CREATE TABLE ordinality (ordinality int, b ordinality, c int CONSTRAINT ordinality CHECK (c > 0))

PREPARE ordinality (ordinality) AS SELECT 1 AS ordinality

SELECT 1 others, 2 AS others, t.others, others, others.a, others(3), s.others(4), x::others, others 'y', f(others => 5) FROM others, s.others, u others, v AS others, others(6), w z (others)

CREATE TABLE others (others int, b others, c int CONSTRAINT others CHECK (c > 0))

DROP TABLE others, s.others

SELECT 2 AS over, t.over, over, over.a, over(3), s.over(4), x::over, over 'y', f(over => 5) FROM over, s.over, u over, v AS over, over(6), w z (over)

CREATE TABLE over (over int, b over, c int CONSTRAINT over CHECK (c > 0))

INSERT INTO over AS over (over) VALUES (1) ON CONFLICT (over) DO UPDATE SET over = 2

SELECT 1 overriding, 2 AS overriding, t.overriding, overriding, overriding.a, overriding(3), s.overriding(4), x::overriding, overriding 'y', f(overriding => 5) FROM overriding, s.overriding, u overriding, v AS overriding, overriding(6), w z (overriding)

CREATE TABLE overriding (overriding int, b overriding, c int CONSTRAINT overriding CHECK (c > 0))

SELECT sum(1) OVER overriding FROM t WINDOW overriding AS (ORDER BY overriding)

SELECT 1 owned, 2 AS owned, t.owned, owned, owned.a, owned(3), s.owned(4), x::owned, owned 'y', f(owned => 5) FROM owned, s.owned, u owned, v AS owned, owned(6), w z (owned)

CREATE TABLE owned (owned int, b owned, c int CONSTRAINT owned CHECK (c > 0))

SET owned TO owned

SELECT 1 owner, 2 AS owner, t.owner, owner, owner.a, owner(3), s.owner(4), x::owner, owner 'y', f(owner => 5) FROM owner, s.owner, u owner, v AS owner, owner(6), w z (owner)

CREATE TABLE owner (owner int, b owner, c int CONSTRAINT owner CHECK (c > 0))

DECLARE owner CURSOR FOR SELECT owner

SELECT 1 parallel, 2 AS parallel, t.parallel, parallel, parallel.a, parallel(3), s.parallel(4), x::parallel, parallel 'y', f(parallel => 5) FROM parallel, s.parallel, u parallel, v AS parallel, parallel(6), w z (parallel)

CREATE TABLE parallel (parallel int, b parallel, c int CONSTRAINT parallel CHECK (c > 0))

PREPARE parallel (parallel) AS SELECT 1 AS parallel

SELECT 1 parameter, 2 AS parameter, t.parameter, parameter, parameter.a, parameter(3), s.parameter(4), x::parameter, parameter 'y', f(parameter => 5) FROM parameter, s.parameter, u parameter, v AS parameter, parameter(6), w z (parameter)

CREATE TABLE parameter (parameter int, b parameter, c int CONSTRAINT parameter CHECK (c > 0))

DROP TABLE parameter, s.parameter

SELECT 1 parser, 2 AS parser, t.parser, parser, parser.a, parser(3), s.parser(4), x::parser, parser 'y', f(parser => 5) FROM parser, s.parser, u parser, v AS parser, parser(6), w z (parser)

CREATE TABLE parser (parser int, b parser, c int CONSTRAINT parser CHECK (c > 0))

COMMENT ON COLUMN parser.parser IS NULL

SELECT 1 partial, 2 AS partial, t.partial, partial, partial.a, partial(3), s.partial(4), x::partial, partial 'y', f(partial => 5) FROM partial, s.partial, u partial, v AS partial, partial(6), w z (partial)

CREATE TABLE partial (partial int, b partial, c int CONSTRAINT partial CHECK (c > 0))

WITH partial (partial) AS (SELECT 1) UPDATE partial SET partial = partial.partial WHERE partial.partial = 1 RETURNING partial AS partial

SELECT 1 partition, 2 AS partition, t.partition, partition, partition.a, partition(3), s.partition(4), x::partition, partition 'y', f(partition => 5) FROM partition, s.partition, u partition, v AS partition, partition(6), w z (partition)

CREATE TABLE partition (partition int, b partition, c int CONSTRAINT partition CHECK (c > 0))

INSERT INTO partition AS partition (partition) VALUES (1) ON CONFLICT (partition) DO UPDATE SET partition = 2

SELECT 1 passing, 2 AS passing, t.passing, passing, passing.a, passing(3), s.passing(4), x::passing, passing 'y', f(passing => 5) FROM passing, s.passing, u passing, v AS passing, passing(6), w z (passing)

CREATE TABLE passing (passing int, b passing, c int CONSTRAINT passing CHECK (c > 0))

ALTER TABLE passing RENAME COLUMN passing TO passing

SELECT 1 password, 2 AS password, t.password, password, password.a, password(3), s.password(4), x::password, password 'y', f(password => 5) FROM password, s.password, u password, v AS password, password(6), w z (password)

CREATE TABLE password (password int, b password, c int CONSTRAINT password CHECK (c > 0))

GRANT SELECT (password) ON password TO password

SELECT 1 path, 2 AS path, t.path, path, path.a, path(3), s.path(4), x::path, path 'y', f(path => 5) FROM path, s.path, u path, v AS path, path(6), w z (path)

CREATE TABLE path (path int, b path, c int CONSTRAINT path CHECK (c > 0))

SELECT sum(1) OVER path FROM t WINDOW path AS (ORDER BY path)

SELECT 1 period, 2 AS period, t.period, period, period.a, period(3), s.period(4), x::period, period 'y', f(period => 5) FROM period, s.period, u period, v AS period, period(6), w z (period)

CREATE TABLE period (period int, b period, c int CONSTRAINT period CHECK (c > 0))

SET period TO period

SELECT 1 plan, 2 AS plan, t.plan, plan, plan.a, plan(3), s.plan(4), x::plan, plan 'y', f(plan => 5) FROM plan, s.plan, u plan, v AS plan, plan(6), w z (plan)

CREATE TABLE plan (plan int, b plan, c int CONSTRAINT plan CHECK (c > 0))

PREPARE plan (plan) AS SELECT 1 AS plan

SELECT 1 plans, 2 AS plans, t.plans, plans, plans.a, plans(3), s.plans(4), x::plans, plans 'y', f(plans => 5) FROM plans, s.plans, u plans, v AS plans, plans(6), w z (plans)

CREATE TABLE plans (plans int, b plans, c int CONSTRAINT plans CHECK (c > 0))

DROP TABLE plans, s.plans

SELECT 1 policy, 2 AS policy, t.policy, policy, policy.a, policy(3), s.policy(4), x::policy, policy 'y', f(policy => 5) FROM policy, s.policy, u policy, v AS policy, policy(6), w z (policy)

CREATE TABLE policy (policy int, b policy, c int CONSTRAINT policy CHECK (c > 0))

COMMENT ON COLUMN policy.policy IS NULL

SELECT 1 preceding, 2 AS preceding, t.preceding, preceding, preceding.a, preceding(3), s.preceding(4), x::preceding, preceding 'y', f(preceding => 5) FROM preceding, s.preceding, u preceding, v AS preceding, preceding(6), w z (preceding)

CREATE TABLE preceding (preceding int, b preceding, c int CONSTRAINT preceding CHECK (c > 0))

INSERT INTO preceding AS preceding (preceding) VALUES (1) ON CONFLICT (preceding) DO UPDATE SET preceding = 2

SELECT 1 prepare, 2 AS prepare, t.prepare, prepare, prepare.a, prepare(3), s.prepare(4), x::prepare, prepare 'y', f(prepare => 5) FROM prepare, s.prepare, u prepare, v AS prepare, prepare(6), w z (prepare)

CREATE TABLE prepare (prepare int, b prepare, c int CONSTRAINT prepare CHECK (c > 0))

GRANT SELECT (prepare) ON prepare TO prepare

SELECT 1 prepared, 2 AS prepared, t.prepared, prepared, prepared.a, prepared(3), s.prepared(4), x::prepared, prepared 'y', f(prepared => 5) FROM prepared, s.prepared, u prepared, v AS prepared, prepared(6), w z (prepared)

CREATE TABLE prepared (prepared int, b prepared, c int CONSTRAINT prepared CHECK (c > 0))

SELECT sum(1) OVER prepared FROM t WINDOW prepared AS (ORDER BY prepared)

SELECT 1 preserve, 2 AS preserve, t.preserve, preserve, preserve.a, preserve(3), s.preserve(4), x::preserve, preserve 'y', f(preserve => 5) FROM preserve, s.preserve, u preserve, v AS preserve, preserve(6), w z (preserve)

CREATE TABLE preserve (preserve int, b preserve, c int CONSTRAINT preserve CHECK (c > 0))

SET preserve TO preserve

SELECT 1 prior, 2 AS prior, t.prior, prior, prior.a, prior(3), s.prior(4), x::prior, prior 'y', f(prior => 5) FROM prior, s.prior, u prior, v AS prior, prior(6), w z (prior)

CREATE TABLE prior (prior int, b prior, c int CONSTRAINT prior CHECK (c > 0))

PREPARE prior (prior) AS SELECT 1 AS prior

SELECT 1 privileges, 2 AS privileges, t.privileges, privileges, privileges.a, privileges(3), s.privileges(4), x::privileges, privileges 'y', f(privileges => 5) FROM privileges, s.privileges, u privileges, v AS privileges, privileges(6), w z (privileges)

CREATE TABLE privileges (privileges int, b privileges, c int CONSTRAINT privileges CHECK (c > 0))

DROP TABLE privileges, s.privileges

SELECT 1 procedural, 2 AS procedural, t.procedural, procedural, procedural.a, procedural(3), s.procedural(4), x::procedural, procedural 'y', f(procedural => 5) FROM procedural, s.procedural, u procedural, v AS procedural, procedural(6), w z (procedural)

CREATE TABLE procedural (procedural int, b procedural, c int CONSTRAINT procedural CHECK (c > 0))

COMMENT ON COLUMN procedural.procedural IS NULL

SELECT 1 procedure, 2 AS procedure, t.procedure, procedure, procedure.a, procedure(3), s.procedure(4), x::procedure, procedure 'y', f(procedure => 5) FROM procedure, s.procedure, u procedure, v AS procedure, procedure(6), w z (procedure)

CREATE TABLE procedure (procedure int, b procedure, c int CONSTRAINT procedure CHECK (c > 0))

WITH procedure (procedure) AS (SELECT 1) UPDATE procedure SET procedure = procedure.procedure WHERE procedure.procedure = 1 RETURNING procedure AS procedure

SELECT 1 procedures, 2 AS procedures, t.procedures, procedures, procedures.a, procedures(3), s.procedures(4), x::procedures, procedures 'y', f(procedures => 5) FROM procedures, s.procedures, u procedures, v AS procedures, procedures(6), w z (procedures)

CREATE TABLE procedures (procedures int, b procedures, c int CONSTRAINT procedures CHECK (c > 0))

INSERT INTO procedures AS procedures (procedures) VALUES (1) ON CONFLICT (procedures) DO UPDATE SET procedures = 2

SELECT 1 program, 2 AS program, t.program, program, program.a, program(3), s.program(4), x::program, program 'y', f(program => 5) FROM program, s.program, u program, v AS program, program(6), w z (program)

CREATE TABLE program (program int, b program, c int CONSTRAINT program CHECK (c > 0))

ALTER TABLE program RENAME COLUMN program TO program

SELECT 1 publication, 2 AS publication, t.publication, publication, publication.a, publication(3), s.publication(4), x::publication, publication 'y', f(publication => 5) FROM publication, s.publication, u publication, v AS publication, publication(6), w z (publication)

CREATE TABLE publication (publication int, b publication, c int CONSTRAINT publication CHECK (c > 0))

GRANT SELECT (publication) ON publication TO publication

SELECT 1 quote, 2 AS quote, t.quote, quote, quote.a, quote(3), s.quote(4), x::quote, quote 'y', f(quote => 5) FROM quote, s.quote, u quote, v AS quote, quote(6), w z (quote)

CREATE TABLE quote (quote int, b quote, c int CONSTRAINT quote CHECK (c > 0))

SELECT sum(1) OVER quote FROM t WINDOW quote AS (ORDER BY quote)

SELECT 1 quotes, 2 AS quotes, t.quotes, quotes, quotes.a, quotes(3), s.quotes(4), x::quotes, quotes 'y', f(quotes => 5) FROM quotes, s.quotes, u quotes, v AS quotes, quotes(6), w z (quotes)

CREATE TABLE quotes (quotes int, b quotes, c int CONSTRAINT quotes CHECK (c > 0))

SET quotes TO quotes

SELECT 1 range, 2 AS range, t.range, range, range.a, range(3), s.range(4), x::range, range 'y', f(range => 5) FROM range, s.range, u range, v AS range, range(6), w z (range)

CREATE TABLE range (range int, b range, c int CONSTRAINT range CHECK (c > 0))

DECLARE range CURSOR FOR SELECT range

SELECT 1 read, 2 AS read, t.read, read, read.a, read(3), s.read(4), x::read, read 'y', f(read => 5) FROM read, s.read, u read, v AS read, read(6), w z (read)

CREATE TABLE read (read int, b read, c int CONSTRAINT read CHECK (c > 0))

PREPARE read (read) AS SELECT 1 AS read

SELECT 1 reassign, 2 AS reassign, t.reassign, reassign, reassign.a, reassign(3), s.reassign(4), x::reassign, reassign 'y', f(reassign => 5) FROM reassign, s.reassign, u reassign, v AS reassign, reassign(6), w z (reassign)

CREATE TABLE reassign (reassign int, b reassign, c int CONSTRAINT reassign CHECK (c > 0))

COMMENT ON COLUMN reassign.reassign IS NULL

SELECT 1 recursive, 2 AS recursive, t.recursive, recursive, recursive.a, recursive(3), s.recursive(4), x::recursive, recursive 'y', f(recursive => 5) FROM recursive, s.recursive, u recursive, v AS recursive, recursive(6), w z (recursive)

CREATE TABLE recursive (recursive int, b recursive, c int CONSTRAINT recursive CHECK (c > 0))

WITH recursive (recursive) AS (SELECT 1) UPDATE recursive SET recursive = recursive.recursive WHERE recursive.recursive = 1 RETURNING recursive AS recursive

SELECT 1 ref, 2 AS ref, t.ref, ref, ref.a, ref(3), s.ref(4), x::ref, ref 'y', f(ref => 5) FROM ref, s.ref, u ref, v AS ref, ref(6), w z (ref)

CREATE TABLE ref (ref int, b ref, c int CONSTRAINT ref CHECK (c > 0))

INSERT INTO ref AS ref (ref) VALUES (1) ON CONFLICT (ref) DO UPDATE SET ref = 2

SELECT 1 referencing, 2 AS referencing, t.referencing, referencing, referencing.a, referencing(3), s.referencing(4), x::referencing, referencing 'y', f(referencing => 5) FROM referencing, s.referencing, u referencing, v AS referencing, referencing(6), w z (referencing)

CREATE TABLE referencing (referencing int, b referencing, c int CONSTRAINT referencing CHECK (c > 0))

GRANT SELECT (referencing) ON referencing TO referencing

SELECT 1 refresh, 2 AS refresh, t.refresh, refresh, refresh.a, refresh(3), s.refresh(4), x::refresh, refresh 'y', f(refresh => 5) FROM refresh, s.refresh, u refresh, v AS refresh, refresh(6), w z (refresh)

CREATE TABLE refresh (refresh int, b refresh, c int CONSTRAINT refresh CHECK (c > 0))

SELECT sum(1) OVER refresh FROM t WINDOW refresh AS (ORDER BY refresh)

SELECT 1 reindex, 2 AS reindex, t.reindex, reindex, reindex.a, reindex(3), s.reindex(4), x::reindex, reindex 'y', f(reindex => 5) FROM reindex, s.reindex, u reindex, v AS reindex, reindex(6), w z (reindex)

CREATE TABLE reindex (reindex int, b reindex, c int CONSTRAINT reindex CHECK (c > 0))

SET reindex TO reindex

SELECT 1 relative, 2 AS relative, t.relative, relative, relative.a, relative(3), s.relative(4), x::relative, relative 'y', f(relative => 5) FROM relative, s.relative, u relative, v AS relative, relative(6), w z (relative)

CREATE TABLE relative (relative int, b relative, c int CONSTRAINT relative CHECK (c > 0))

DECLARE relative CURSOR FOR SELECT relative

SELECT 1 release, 2 AS release, t.release, release, release.a, release(3), s.release(4), x::release, release 'y', f(release => 5) FROM release, s.release, u release, v AS release, release(6), w z (release)

CREATE TABLE release (release int, b release, c int CONSTRAINT release CHECK (c > 0))

PREPARE release (release) AS SELECT 1 AS release

SELECT 1 rename, 2 AS rename, t.rename, rename, rename.a, rename(3), s.rename(4), x::rename, rename 'y', f(rename => 5) FROM rename, s.rename, u rename, v AS rename, rename(6), w z (rename)

CREATE TABLE rename (rename int, b rename, c int CONSTRAINT rename CHECK (c > 0))

DROP TABLE rename, s.rename

SELECT 1 repeatable, 2 AS repeatable, t.repeatable, repeatable, repeatable.a, repeatable(3), s.repeatable(4), x::repeatable, repeatable 'y', f(repeatable => 5) FROM repeatable, s.repeatable, u repeatable, v AS repeatable, repeatable(6), w z (repeatable)

CREATE TABLE repeatable (repeatable int, b repeatable, c int CONSTRAINT repeatable CHECK (c > 0))

COMMENT ON COLUMN repeatable.repeatable IS NULL

SELECT 1 replace, 2 AS replace, t.replace, replace, replace.a, replace(3), s.replace(4), x::replace, replace 'y', f(replace => 5) FROM replace, s.replace, u replace, v AS replace, replace(6), w z (replace)

CREATE TABLE replace (replace int, b replace, c int CONSTRAINT replace CHECK (c > 0))

WITH replace (replace) AS (SELECT 1) UPDATE replace SET replace = replace.replace WHERE replace.replace = 1 RETURNING replace AS replace

SELECT 1 replica, 2 AS replica, t.replica, replica, replica.a, replica(3), s.replica(4), x::replica, replica 'y', f(replica => 5) FROM replica, s.replica, u replica, v AS replica, replica(6), w z (replica)

CREATE TABLE replica (replica int, b replica, c int CONSTRAINT replica CHECK (c > 0))

INSERT INTO replica AS replica (replica) VALUES (1) ON CONFLICT (replica) DO UPDATE SET replica = 2

SELECT 1 reset, 2 AS reset, t.reset, reset, reset.a, reset(3), s.reset(4), x::reset, reset 'y', f(reset => 5) FROM reset, s.reset, u reset, v AS reset, reset(6), w z (reset)

CREATE TABLE reset (reset int, b reset, c int CONSTRAINT reset CHECK (c > 0))

ALTER TABLE reset RENAME COLUMN reset TO reset

SELECT 1 restart, 2 AS restart, t.restart, restart, restart.a, restart(3), s.restart(4), x::restart, restart 'y', f(restart => 5) FROM restart, s.restart, u restart, v AS restart, restart(6), w z (restart)

CREATE TABLE restart (restart int, b restart, c int CONSTRAINT restart CHECK (c > 0))

GRANT SELECT (restart) ON restart TO restart

SELECT 1 restrict, 2 AS restrict, t.restrict, restrict, restrict.a, restrict(3), s.restrict(4), x::restrict, restrict 'y', f(restrict => 5) FROM restrict, s.restrict, u restrict, v AS restrict, restrict(6), w z (restrict)

CREATE TABLE restrict (restrict int, b restrict, c int CONSTRAINT restrict CHECK (c > 0))

SELECT sum(1) OVER restrict FROM t WINDOW restrict AS (ORDER BY restrict)

SELECT 1 return, 2 AS return, t.return, return, return.a, return(3), s.return(4), x::return, return 'y', f(return => 5) FROM return, s.return, u return, v AS return, return(6), w z (return)

CREATE TABLE return (return int, b return, c int CONSTRAINT return CHECK (c > 0))

SET return TO return

SELECT 1 returns, 2 AS returns, t.returns, returns, returns.a, returns(3), s.returns(4), x::returns, returns 'y', f(returns => 5) FROM returns, s.returns, u returns, v AS returns, returns(6), w z (returns)

CREATE TABLE returns (returns int, b returns, c int CONSTRAINT returns CHECK (c > 0))

PREPARE returns (returns) AS SELECT 1 AS returns

SELECT 1 revoke, 2 AS revoke, t.revoke, revoke, revoke.a, revoke(3), s.revoke(4), x::revoke, revoke 'y', f(revoke => 5) FROM revoke, s.revoke, u revoke, v AS revoke, revoke(6), w z (revoke)

CREATE TABLE revoke (revoke int, b revoke, c int CONSTRAINT revoke CHECK (c > 0))

DROP TABLE revoke, s.revoke

SELECT 1 role, 2 AS role, t.role, role, role.a, role(3), s.role(4), x::role, role 'y', f(role => 5) FROM role, s.role, u role, v AS role, role(6), w z (role)

CREATE TABLE role (role int, b role, c int CONSTRAINT role CHECK (c > 0))

WITH role (role) AS (SELECT 1) UPDATE role SET role = role.role WHERE role.role = 1 RETURNING role AS role

SELECT 1 rollback, 2 AS rollback, t.rollback, rollback, rollback.a, rollback(3), s.rollback(4), x::rollback, rollback 'y', f(rollback => 5) FROM rollback, s.rollback, u rollback, v AS rollback, rollback(6), w z (rollback)

CREATE TABLE rollback (rollback int, b rollback, c int CONSTRAINT rollback CHECK (c > 0))

INSERT INTO rollback AS rollback (rollback) VALUES (1) ON CONFLICT (rollback) DO UPDATE SET rollback = 2

SELECT 1 rollup, 2 AS rollup, t.rollup, rollup, rollup.a, rollup(3), s.rollup(4), x::rollup, rollup 'y', f(rollup => 5) FROM rollup, s.rollup, u rollup, v AS rollup, rollup(6), w z (rollup)

CREATE TABLE rollup (rollup int, b rollup, c int CONSTRAINT rollup CHECK (c > 0))

ALTER TABLE rollup RENAME COLUMN rollup TO rollup

SELECT 1 routine, 2 AS routine, t.routine, routine, routine.a, routine(3), s.routine(4), x::routine, routine 'y', f(routine => 5) FROM routine, s.routine, u routine, v AS routine, routine(6), w z (routine)

CREATE TABLE routine (routine int, b routine, c int CONSTRAINT routine CHECK (c > 0))

GRANT SELECT (routine) ON routine TO routine

SELECT 1 routines, 2 AS routines, t.routines, routines, routines.a, routines(3), s.routines(4), x::routines, routines 'y', f(routines => 5) FROM routines, s.routines, u routines, v AS routines, routines(6), w z (routines)

CREATE TABLE routines (routines int, b routines, c int CONSTRAINT routines CHECK (c > 0))

SELECT sum(1) OVER routines FROM t WINDOW routines AS (ORDER BY routines)

SELECT 1 rows, 2 AS rows, t.rows, rows, rows.a, rows(3), s.rows(4), x::rows, rows 'y', f(rows => 5) FROM rows, s.rows, u rows, v AS rows, rows(6), w z (rows)

CREATE TABLE rows (rows int, b rows, c int CONSTRAINT rows CHECK (c > 0))

DECLARE rows CURSOR FOR SELECT rows

SELECT 1 rule, 2 AS rule, t.rule, rule, rule.a, rule(3), s.rule(4), x::rule, rule 'y', f(rule => 5) FROM rule, s.rule, u rule, v AS rule, rule(6), w z (rule)

CREATE TABLE rule (rule int, b rule, c int CONSTRAINT rule CHECK (c > 0))

PREPARE rule (rule) AS SELECT 1 AS rule

SELECT 1 savepoint, 2 AS savepoint, t.savepoint, savepoint, savepoint.a, savepoint(3), s.savepoint(4), x::savepoint, savepoint 'y', f(savepoint => 5) FROM savepoint, s.savepoint, u savepoint, v AS savepoint, savepoint(6), w z (savepoint)

CREATE TABLE savepoint (savepoint int, b savepoint, c int CONSTRAINT savepoint CHECK (c > 0))

DROP TABLE savepoint, s.savepoint

SELECT 1 scalar, 2 AS scalar, t.scalar, scalar, scalar.a, scalar(3), s.scalar(4), x::scalar, scalar 'y', f(scalar => 5) FROM scalar, s.scalar, u scalar, v AS scalar, scalar(6), w z (scalar)

CREATE TABLE scalar (scalar int, b scalar, c int CONSTRAINT scalar CHECK (c > 0))

COMMENT ON COLUMN scalar.scalar IS NULL

SELECT 1 schema, 2 AS schema, t.schema, schema, schema.a, schema(3), s.schema(4), x::schema, schema 'y', f(schema => 5) FROM schema, s.schema, u schema, v AS schema, schema(6), w z (schema)

CREATE TABLE schema (schema int, b schema, c int CONSTRAINT schema CHECK (c > 0))

WITH schema (schema) AS (SELECT 1) UPDATE schema SET schema = schema.schema WHERE schema.schema = 1 RETURNING schema AS schema

SELECT 1 schemas, 2 AS schemas, t.schemas, schemas, schemas.a, schemas(3), s.schemas(4), x::schemas, schemas 'y', f(schemas => 5) FROM schemas, s.schemas, u schemas, v AS schemas, schemas(6), w z (schemas)

CREATE TABLE schemas (schemas int, b schemas, c int CONSTRAINT schemas CHECK (c > 0))

INSERT INTO schemas AS schemas (schemas) VALUES (1) ON CONFLICT (schemas) DO UPDATE SET schemas = 2

SELECT 1 scroll, 2 AS scroll, t.scroll, scroll, scroll.a, scroll(3), s.scroll(4), x::scroll, scroll 'y', f(scroll => 5) FROM scroll, s.scroll, u scroll, v AS scroll, scroll(6), w z (scroll)

CREATE TABLE scroll (scroll int, b scroll, c int CONSTRAINT scroll CHECK (c > 0))

ALTER TABLE scroll RENAME COLUMN scroll TO scroll

SELECT 1 search, 2 AS search, t.search, search, search.a, search(3), s.search(4), x::search, search 'y', f(search => 5) FROM search, s.search, u search, v AS search, search(6), w z (search)

CREATE TABLE search (search int, b search, c int CONSTRAINT search CHECK (c > 0))

GRANT SELECT (search) ON search TO search

SELECT 2 AS second, t.second, second, second.a, second(3), s.second(4), x::second, second 'y', f(second => 5) FROM second, s.second, u second, v AS second, second(6), w z (second)

CREATE TABLE second (second int, b second, c int CONSTRAINT second CHECK (c > 0))

SELECT sum(1) OVER second FROM t WINDOW second AS (ORDER BY second)

SELECT 1 security, 2 AS security, t.security, security, security.a, security(3), s.security(4), x::security, security 'y', f(security => 5) FROM security, s.security, u security, v AS security, security(6), w z (security)

CREATE TABLE security (security int, b security, c int CONSTRAINT security CHECK (c > 0))

SET security TO security

SELECT 1 sequence, 2 AS sequence, t.sequence, sequence, sequence.a, sequence(3), s.sequence(4), x::sequence, sequence 'y', f(sequence => 5) FROM sequence, s.sequence, u sequence, v AS sequence, sequence(6), w z (sequence)

CREATE TABLE sequence (sequence int, b sequence, c int CONSTRAINT sequence CHECK (c > 0))

PREPARE sequence (sequence) AS SELECT 1 AS sequence

SELECT 1 sequences, 2 AS sequences, t.sequences, sequences, sequences.a, sequences(3), s.sequences(4), x::sequences, sequences 'y', f(sequences => 5) FROM sequences, s.sequences, u sequences, v AS sequences, sequences(6), w z (sequences)

CREATE TABLE sequences (sequences int, b sequences, c int CONSTRAINT sequences CHECK (c > 0))

DROP TABLE sequences, s.sequences

SELECT 1 serializable, 2 AS serializable, t.serializable, serializable, serializable.a, serializable(3), s.serializable(4), x::serializable, serializable 'y', f(serializable => 5) FROM serializable, s.serializable, u serializable, v AS serializable, serializable(6), w z (serializable)

CREATE TABLE serializable (serializable int, b serializable, c int CONSTRAINT serializable CHECK (c > 0))

COMMENT ON COLUMN serializable.serializable IS NULL

SELECT 1 server, 2 AS server, t.server, server, server.a, server(3), s.server(4), x::server, server 'y', f(server => 5) FROM server, s.server, u server, v AS server, server(6), w z (server)

CREATE TABLE server (server int, b server, c int CONSTRAINT server CHECK (c > 0))

WITH server (server) AS (SELECT 1) UPDATE server SET server = server.server WHERE server.server = 1 RETURNING server AS server

SELECT 1 session, 2 AS session, t.session, session, session.a, session(3), s.session(4), x::session, session 'y', f(session => 5) FROM session, s.session, u session, v AS session, session(6), w z (session)

CREATE TABLE session (session int, b session, c int CONSTRAINT session CHECK (c > 0))

INSERT INTO session AS session (session) VALUES (1) ON CONFLICT (session) DO UPDATE SET session = 2

SELECT 1 set, 2 AS set, t.set, set, set.a, set(3), s.set(4), x::set, set 'y', f(set => 5) FROM set, s.set, u set, v AS set, set(6), w z (set)

CREATE TABLE set (set int, b set, c int CONSTRAINT set CHECK (c > 0))

GRANT SELECT (set) ON set TO set

SELECT 1 sets, 2 AS sets, t.sets, sets, sets.a, sets(3), s.sets(4), x::sets, sets 'y', f(sets => 5) FROM sets, s.sets, u sets, v AS sets, sets(6), w z (sets)

CREATE TABLE sets (sets int, b sets, c int CONSTRAINT sets CHECK (c > 0))

SET sets TO sets

SELECT 1 share, 2 AS share, t.share, share, share.a, share(3), s.share(4), x::share, share 'y', f(share => 5) FROM share, s.share, u share, v AS share, share(6), w z (share)

CREATE TABLE share (share int, b share, c int CONSTRAINT share CHECK (c > 0))

DECLARE share CURSOR FOR SELECT share

SELECT 1 show, 2 AS show, t.show, show, show.a, show(3), s.show(4), x::show, show 'y', f(show => 5) FROM show, s.show, u show, v AS show, show(6), w z (show)

CREATE TABLE show (show int, b show, c int CONSTRAINT show CHECK (c > 0))

PREPARE show (show) AS SELECT 1 AS show

SELECT 1 simple, 2 AS simple, t.simple, simple, simple.a, simple(3), s.simple(4), x::simple, simple 'y', f(simple => 5) FROM simple, s.simple, u simple, v AS simple, simple(6), w z (simple)

CREATE TABLE simple (simple int, b simple, c int CONSTRAINT simple CHECK (c > 0))

COMMENT ON COLUMN simple.simple IS NULL

SELECT 1 skip, 2 AS skip, t.skip, skip, skip.a, skip(3), s.skip(4), x::skip, skip 'y', f(skip => 5) FROM skip, s.skip, u skip, v AS skip, skip(6), w z (skip)

CREATE TABLE skip (skip int, b skip, c int CONSTRAINT skip CHECK (c > 0))

WITH skip (skip) AS (SELECT 1) UPDATE skip SET skip = skip.skip WHERE skip.skip = 1 RETURNING skip AS skip

SELECT 1 snapshot, 2 AS snapshot, t.snapshot, snapshot, snapshot.a, snapshot(3), s.snapshot(4), x::snapshot, snapshot 'y', f(snapshot => 5) FROM snapshot, s.snapshot, u snapshot, v AS snapshot, snapshot(6), w z (snapshot)

CREATE TABLE snapshot (snapshot int, b snapshot, c int CONSTRAINT snapshot CHECK (c > 0))

ALTER TABLE snapshot RENAME COLUMN snapshot TO snapshot

SELECT 1 source, 2 AS source, t.source, source, source.a, source(3), s.source(4), x::source, source 'y', f(source => 5) FROM source, s.source, u source, v AS source, source(6), w z (source)

CREATE TABLE source (source int, b source, c int CONSTRAINT source CHECK (c > 0))

SELECT sum(1) OVER source FROM t WINDOW source AS (ORDER BY source)

SELECT 1 sql, 2 AS sql, t.sql, sql, sql.a, sql(3), s.sql(4), x::sql, sql 'y', f(sql => 5) FROM sql, s.sql, u sql, v AS sql, sql(6), w z (sql)

CREATE TABLE sql (sql int, b sql, c int CONSTRAINT sql CHECK (c > 0))

SET sql TO sql

SELECT 1 stable, 2 AS stable, t.stable, stable, stable.a, stable(3), s.stable(4), x::stable, stable 'y', f(stable => 5) FROM stable, s.stable, u stable, v AS stable, stable(6), w z (stable)

CREATE TABLE stable (stable int, b stable, c int CONSTRAINT stable CHECK (c > 0))

DECLARE stable CURSOR FOR SELECT stable

SELECT 1 standalone, 2 AS standalone, t.standalone, standalone, standalone.a, standalone(3), s.standalone(4), x::standalone, standalone 'y', f(standalone => 5) FROM standalone, s.standalone, u standalone, v AS standalone, standalone(6), w z (standalone)

CREATE TABLE standalone (standalone int, b standalone, c int CONSTRAINT standalone CHECK (c > 0))

PREPARE standalone (standalone) AS SELECT 1 AS standalone

SELECT 1 start, 2 AS start, t.start, start, start.a, start(3), s.start(4), x::start, start 'y', f(start => 5) FROM start, s.start, u start, v AS start, start(6), w z (start)

CREATE TABLE start (start int, b start, c int CONSTRAINT start CHECK (c > 0))

DROP TABLE start, s.start

SELECT 1 statement, 2 AS statement, t.statement, statement, statement.a, statement(3), s.statement(4), x::statement, statement 'y', f(statement => 5) FROM statement, s.statement, u statement, v AS statement, statement(6), w z (statement)

CREATE TABLE statement (statement int, b statement, c int CONSTRAINT statement CHECK (c > 0))

COMMENT ON COLUMN statement.statement IS NULL

SELECT 1 statistics, 2 AS statistics, t.statistics, statistics, statistics.a, statistics(3), s.statistics(4), x::statistics, statistics 'y', f(statistics => 5) FROM statistics, s.statistics, u statistics, v AS statistics, statistics(6), w z (statistics)

CREATE TABLE statistics (statistics int, b statistics, c int CONSTRAINT statistics CHECK (c > 0))

WITH statistics (statistics) AS (SELECT 1) UPDATE statistics SET statistics = statistics.statistics WHERE statistics.statistics = 1 RETURNING statistics AS statistics

SELECT 1 stdin, 2 AS stdin, t.stdin, stdin, stdin.a, stdin(3), s.stdin(4), x::stdin, stdin 'y', f(stdin => 5) FROM stdin, s.stdin, u stdin, v AS stdin, stdin(6), w z (stdin)

CREATE TABLE stdin (stdin int, b stdin, c int CONSTRAINT stdin CHECK (c > 0))

INSERT INTO stdin AS stdin (stdin) VALUES (1) ON CONFLICT (stdin) DO UPDATE SET stdin = 2

SELECT 1 stdout, 2 AS stdout, t.stdout, stdout, stdout.a, stdout(3), s.stdout(4), x::stdout, stdout 'y', f(stdout => 5) FROM stdout, s.stdout, u stdout, v AS stdout, stdout(6), w z (stdout)

CREATE TABLE stdout (stdout int, b stdout, c int CONSTRAINT stdout CHECK (c > 0))

ALTER TABLE stdout RENAME COLUMN stdout TO stdout

SELECT 1 storage, 2 AS storage, t.storage, storage, storage.a, storage(3), s.storage(4), x::storage, storage 'y', f(storage => 5) FROM storage, s.storage, u storage, v AS storage, storage(6), w z (storage)

CREATE TABLE storage (storage int, b storage, c int CONSTRAINT storage CHECK (c > 0))

GRANT SELECT (storage) ON storage TO storage

SELECT 1 stored, 2 AS stored, t.stored, stored, stored.a, stored(3), s.stored(4), x::stored, stored 'y', f(stored => 5) FROM stored, s.stored, u stored, v AS stored, stored(6), w z (stored)

CREATE TABLE stored (stored int, b stored, c int CONSTRAINT stored CHECK (c > 0))

SELECT sum(1) OVER stored FROM t WINDOW stored AS (ORDER BY stored)

SELECT 1 strict, 2 AS strict, t.strict, strict, strict.a, strict(3), s.strict(4), x::strict, strict 'y', f(strict => 5) FROM strict, s.strict, u strict, v AS strict, strict(6), w z (strict)

CREATE TABLE strict (strict int, b strict, c int CONSTRAINT strict CHECK (c > 0))

SET strict TO strict

SELECT 1 string, 2 AS string, t.string, string, string.a, string(3), s.string(4), x::string, string 'y', f(string => 5) FROM string, s.string, u string, v AS string, string(6), w z (string)

CREATE TABLE string (string int, b string, c int CONSTRAINT string CHECK (c > 0))

DECLARE string CURSOR FOR SELECT string

SELECT 1 strip, 2 AS strip, t.strip, strip, strip.a, strip(3), s.strip(4), x::strip, strip 'y', f(strip => 5) FROM strip, s.strip, u strip, v AS strip, strip(6), w z (strip)

CREATE TABLE strip (strip int, b strip, c int CONSTRAINT strip CHECK (c > 0))

PREPARE strip (strip) AS SELECT 1 AS strip

SELECT 1 subscription, 2 AS subscription, t.subscription, subscription, subscription.a, subscription(3), s.subscription(4), x::subscription, subscription 'y', f(subscription => 5) FROM subscription, s.subscription, u subscription, v AS subscription, subscription(6), w z (subscription)

CREATE TABLE subscription (subscription int, b subscription, c int CONSTRAINT subscription CHECK (c > 0))

DROP TABLE subscription, s.subscription

SELECT 1 support, 2 AS support, t.support, support, support.a, support(3), s.support(4), x::support, support 'y', f(support => 5) FROM support, s.support, u support, v AS support, support(6), w z (support)

CREATE TABLE support (support int, b support, c int CONSTRAINT support CHECK (c > 0))

WITH support (support) AS (SELECT 1) UPDATE support SET support = support.support WHERE support.support = 1 RETURNING support AS support

SELECT 1 sysid, 2 AS sysid, t.sysid, sysid, sysid.a, sysid(3), s.sysid(4), x::sysid, sysid 'y', f(sysid => 5) FROM sysid, s.sysid, u sysid, v AS sysid, sysid(6), w z (sysid)

CREATE TABLE sysid (sysid int, b sysid, c int CONSTRAINT sysid CHECK (c > 0))

ALTER TABLE sysid RENAME COLUMN sysid TO sysid

SELECT 1 system, 2 AS system, t.system, system, system.a, system(3), s.system(4), x::system, system 'y', f(system => 5) FROM system, s.system, u system, v AS system, system(6), w z (system)

CREATE TABLE system (system int, b system, c int CONSTRAINT system CHECK (c > 0))

GRANT SELECT (system) ON system TO system

SELECT 1 tables, 2 AS tables, t.tables, tables, tables.a, tables(3), s.tables(4), x::tables, tables 'y', f(tables => 5) FROM tables, s.tables, u tables, v AS tables, tables(6), w z (tables)

CREATE TABLE tables (tables int, b tables, c int CONSTRAINT tables CHECK (c > 0))

DECLARE tables CURSOR FOR SELECT tables

SELECT 1 tablespace, 2 AS tablespace, t.tablespace, tablespace, tablespace.a, tablespace(3), s.tablespace(4), x::tablespace, tablespace 'y', f(tablespace => 5) FROM tablespace, s.tablespace, u tablespace, v AS tablespace, tablespace(6), w z (tablespace)

CREATE TABLE tablespace (tablespace int, b tablespace, c int CONSTRAINT tablespace CHECK (c > 0))

DROP TABLE tablespace, s.tablespace

SELECT 1 target, 2 AS target, t.target, target, target.a, target(3), s.target(4), x::target, target 'y', f(target => 5) FROM target, s.target, u target, v AS target, target(6), w z (target)

CREATE TABLE target (target int, b target, c int CONSTRAINT target CHECK (c > 0))

COMMENT ON COLUMN target.target IS NULL

SELECT 1 temp, 2 AS temp, t.temp, temp, temp.a, temp(3), s.temp(4), x::temp, temp 'y', f(temp => 5) FROM temp, s.temp, u temp, v AS temp, temp(6), w z (temp)

CREATE TABLE temp (temp int, b temp, c int CONSTRAINT temp CHECK (c > 0))

WITH temp (temp) AS (SELECT 1) UPDATE temp SET temp = temp.temp WHERE temp.temp = 1 RETURNING temp AS temp

SELECT 1 template, 2 AS template, t.template, template, template.a, template(3), s.template(4), x::template, template 'y', f(template => 5) FROM template, s.template, u template, v AS template, template(6), w z (template)

CREATE TABLE template (template int, b template, c int CONSTRAINT template CHECK (c > 0))

INSERT INTO template AS template (template) VALUES (1) ON CONFLICT (template) DO UPDATE SET template = 2

SELECT 1 temporary, 2 AS temporary, t.temporary, temporary, temporary.a, temporary(3), s.temporary(4), x::temporary, temporary 'y', f(temporary => 5) FROM temporary, s.temporary, u temporary, v AS temporary, temporary(6), w z (temporary)

CREATE TABLE temporary (temporary int, b temporary, c int CONSTRAINT temporary CHECK (c > 0))

ALTER TABLE temporary RENAME COLUMN temporary TO temporary

SELECT 1 text, 2 AS text, t.text, text, text.a, text(3), s.text(4), x::text, text 'y', f(text => 5) FROM text, s.text, u text, v AS text, text(6), w z (text)

CREATE TABLE text (text int, b text, c int CONSTRAINT text CHECK (c > 0))

GRANT SELECT (text) ON text TO text

SELECT 1 ties, 2 AS ties, t.ties, ties, ties.a, ties(3), s.ties(4), x::ties, ties 'y', f(ties => 5) FROM ties, s.ties, u ties, v AS ties, ties(6), w z (ties)

CREATE TABLE ties (ties int, b ties, c int CONSTRAINT ties CHECK (c > 0))

SET ties TO ties

SELECT 1 transaction, 2 AS transaction, t.transaction, transaction, transaction.a, transaction(3), s.transaction(4), x::transaction, transaction 'y', f(transaction => 5) FROM transaction, s.transaction, u transaction, v AS transaction, transaction(6), w z (transaction)

CREATE TABLE transaction (transaction int, b transaction, c int CONSTRAINT transaction CHECK (c > 0))

WITH transaction (transaction) AS (SELECT 1) UPDATE transaction SET transaction = transaction.transaction WHERE transaction.transaction = 1 RETURNING transaction AS transaction

SELECT 1 transform, 2 AS transform, t.transform, transform, transform.a, transform(3), s.transform(4), x::transform, transform 'y', f(transform => 5) FROM transform, s.transform, u transform, v AS transform, transform(6), w z (transform)

CREATE TABLE transform (transform int, b transform, c int CONSTRAINT transform CHECK (c > 0))

INSERT INTO transform AS transform (transform) VALUES (1) ON CONFLICT (transform) DO UPDATE SET transform = 2

SELECT 1 trigger, 2 AS trigger, t.trigger, trigger, trigger.a, trigger(3), s.trigger(4), x::trigger, trigger 'y', f(trigger => 5) FROM trigger, s.trigger, u trigger, v AS trigger, trigger(6), w z (trigger)

CREATE TABLE trigger (trigger int, b trigger, c int CONSTRAINT trigger CHECK (c > 0))

GRANT SELECT (trigger) ON trigger TO trigger

SELECT 1 truncate, 2 AS truncate, t.truncate, truncate, truncate.a, truncate(3), s.truncate(4), x::truncate, truncate 'y', f(truncate => 5) FROM truncate, s.truncate, u truncate, v AS truncate, truncate(6), w z (truncate)

CREATE TABLE truncate (truncate int, b truncate, c int CONSTRAINT truncate CHECK (c > 0))

DECLARE truncate CURSOR FOR SELECT truncate

SELECT 1 trusted, 2 AS trusted, t.trusted, trusted, trusted.a, trusted(3), s.trusted(4), x::trusted, trusted 'y', f(trusted => 5) FROM trusted, s.trusted, u trusted, v AS trusted, trusted(6), w z (trusted)

CREATE TABLE trusted (trusted int, b trusted, c int CONSTRAINT trusted CHECK (c > 0))

PREPARE trusted (trusted) AS SELECT 1 AS trusted

SELECT 1 type, 2 AS type, t.type, type, type.a, type(3), s.type(4), x::type, type 'y', f(type => 5) FROM type, s.type, u type, v AS type, type(6), w z (type)

CREATE TABLE type (type int, b type, c int CONSTRAINT type CHECK (c > 0))

DROP TABLE type, s.type

SELECT 1 types, 2 AS types, t.types, types, types.a, types(3), s.types(4), x::types, types 'y', f(types => 5) FROM types, s.types, u types, v AS types, types(6), w z (types)

CREATE TABLE types (types int, b types, c int CONSTRAINT types CHECK (c > 0))

COMMENT ON COLUMN types.types IS NULL

SELECT 1 uescape, 2 AS uescape, t.uescape, uescape, uescape.a, uescape(3), s.uescape(4), x::uescape, uescape 'y', f(uescape => 5) FROM uescape, s.uescape, u uescape, v AS uescape, uescape(6), w z (uescape)

CREATE TABLE uescape (uescape int, b uescape, c int CONSTRAINT uescape CHECK (c > 0))

WITH uescape (uescape) AS (SELECT 1) UPDATE uescape SET uescape = uescape.uescape WHERE uescape.uescape = 1 RETURNING uescape AS uescape

SELECT 1 unbounded, 2 AS unbounded, t.unbounded, unbounded, unbounded.a, unbounded(3), s.unbounded(4), x::unbounded, unbounded 'y', f(unbounded => 5) FROM unbounded, s.unbounded, u unbounded, v AS unbounded, unbounded(6), w z (unbounded)

CREATE TABLE unbounded (unbounded int, b unbounded, c int CONSTRAINT unbounded CHECK (c > 0))

INSERT INTO unbounded AS unbounded (unbounded) VALUES (1) ON CONFLICT (unbounded) DO UPDATE SET unbounded = 2

SELECT 1 uncommitted, 2 AS uncommitted, t.uncommitted, uncommitted, uncommitted.a, uncommitted(3), s.uncommitted(4), x::uncommitted, uncommitted 'y', f(uncommitted => 5) FROM uncommitted, s.uncommitted, u uncommitted, v AS uncommitted, uncommitted(6), w z (uncommitted)

CREATE TABLE uncommitted (uncommitted int, b uncommitted, c int CONSTRAINT uncommitted CHECK (c > 0))

ALTER TABLE uncommitted RENAME COLUMN uncommitted TO uncommitted

SELECT 1 unconditional, 2 AS unconditional, t.unconditional, unconditional, unconditional.a, unconditional(3), s.unconditional(4), x::unconditional, unconditional 'y', f(unconditional => 5) FROM unconditional, s.unconditional, u unconditional, v AS unconditional, unconditional(6), w z (unconditional)

CREATE TABLE unconditional (unconditional int, b unconditional, c int CONSTRAINT unconditional CHECK (c > 0))

GRANT SELECT (unconditional) ON unconditional TO unconditional

SELECT 1 unencrypted, 2 AS unencrypted, t.unencrypted, unencrypted, unencrypted.a, unencrypted(3), s.unencrypted(4), x::unencrypted, unencrypted 'y', f(unencrypted => 5) FROM unencrypted, s.unencrypted, u unencrypted, v AS unencrypted, unencrypted(6), w z (unencrypted)

CREATE TABLE unencrypted (unencrypted int, b unencrypted, c int CONSTRAINT unencrypted CHECK (c > 0))

SELECT sum(1) OVER unencrypted FROM t WINDOW unencrypted AS (ORDER BY unencrypted)

SELECT 1 unknown, 2 AS unknown, t.unknown, unknown, unknown.a, unknown(3), s.unknown(4), x::unknown, unknown 'y', f(unknown => 5) FROM unknown, s.unknown, u unknown, v AS unknown, unknown(6), w z (unknown)

CREATE TABLE unknown (unknown int, b unknown, c int CONSTRAINT unknown CHECK (c > 0))

PREPARE unknown (unknown) AS SELECT 1 AS unknown

SELECT 1 unlisten, 2 AS unlisten, t.unlisten, unlisten, unlisten.a, unlisten(3), s.unlisten(4), x::unlisten, unlisten 'y', f(unlisten => 5) FROM unlisten, s.unlisten, u unlisten, v AS unlisten, unlisten(6), w z (unlisten)

CREATE TABLE unlisten (unlisten int, b unlisten, c int CONSTRAINT unlisten CHECK (c > 0))

DROP TABLE unlisten, s.unlisten

SELECT 1 unlogged, 2 AS unlogged, t.unlogged, unlogged, unlogged.a, unlogged(3), s.unlogged(4), x::unlogged, unlogged 'y', f(unlogged => 5) FROM unlogged, s.unlogged, u unlogged, v AS unlogged, unlogged(6), w z (unlogged)

CREATE TABLE unlogged (unlogged int, b unlogged, c int CONSTRAINT unlogged CHECK (c > 0))

COMMENT ON COLUMN unlogged.unlogged IS NULL

SELECT 1 until, 2 AS until, t.until, until, until.a, until(3), s.until(4), x::until, until 'y', f(until => 5) FROM until, s.until, u until, v AS until, until(6), w z (until)

CREATE TABLE until (until int, b until, c int CONSTRAINT until CHECK (c > 0))

WITH until (until) AS (SELECT 1) UPDATE until SET until = until.until WHERE until.until = 1 RETURNING until AS until

SELECT 1 update, 2 AS update, t.update, update, update.a, update(3), s.update(4), x::update, update 'y', f(update => 5) FROM update, s.update, u update, v AS update, update(6), w z (update)

CREATE TABLE update (update int, b update, c int CONSTRAINT update CHECK (c > 0))

INSERT INTO update AS update (update) VALUES (1) ON CONFLICT (update) DO UPDATE SET update = 2

SELECT 1 vacuum, 2 AS vacuum, t.vacuum, vacuum, vacuum.a, vacuum(3), s.vacuum(4), x::vacuum, vacuum 'y', f(vacuum => 5) FROM vacuum, s.vacuum, u vacuum, v AS vacuum, vacuum(6), w z (vacuum)

CREATE TABLE vacuum (vacuum int, b vacuum, c int CONSTRAINT vacuum CHECK (c > 0))

SELECT sum(1) OVER vacuum FROM t WINDOW vacuum AS (ORDER BY vacuum)

SELECT 1 valid, 2 AS valid, t.valid, valid, valid.a, valid(3), s.valid(4), x::valid, valid 'y', f(valid => 5) FROM valid, s.valid, u valid, v AS valid, valid(6), w z (valid)

CREATE TABLE valid (valid int, b valid, c int CONSTRAINT valid CHECK (c > 0))

SET valid TO valid

SELECT 1 validate, 2 AS validate, t.validate, validate, validate.a, validate(3), s.validate(4), x::validate, validate 'y', f(validate => 5) FROM validate, s.validate, u validate, v AS validate, validate(6), w z (validate)

CREATE TABLE validate (validate int, b validate, c int CONSTRAINT validate CHECK (c > 0))

DECLARE validate CURSOR FOR SELECT validate

SELECT 1 validator, 2 AS validator, t.validator, validator, validator.a, validator(3), s.validator(4), x::validator, validator 'y', f(validator => 5) FROM validator, s.validator, u validator, v AS validator, validator(6), w z (validator)

CREATE TABLE validator (validator int, b validator, c int CONSTRAINT validator CHECK (c > 0))

PREPARE validator (validator) AS SELECT 1 AS validator

SELECT 1 value, 2 AS value, t.value, value, value.a, value(3), s.value(4), x::value, value 'y', f(value => 5) FROM value, s.value, u value, v AS value, value(6), w z (value)

CREATE TABLE value (value int, b value, c int CONSTRAINT value CHECK (c > 0))

DROP TABLE value, s.value

SELECT 2 AS varying, t.varying, varying, varying.a, varying(3), s.varying(4), x::varying, varying 'y', f(varying => 5) FROM varying, s.varying, u varying, v AS varying, varying(6), w z (varying)

CREATE TABLE varying (varying int, b varying, c int CONSTRAINT varying CHECK (c > 0))

ALTER TABLE varying RENAME COLUMN varying TO varying

SELECT 1 version, 2 AS version, t.version, version, version.a, version(3), s.version(4), x::version, version 'y', f(version => 5) FROM version, s.version, u version, v AS version, version(6), w z (version)

CREATE TABLE version (version int, b version, c int CONSTRAINT version CHECK (c > 0))

SELECT sum(1) OVER version FROM t WINDOW version AS (ORDER BY version)

SELECT 1 view, 2 AS view, t.view, view, view.a, view(3), s.view(4), x::view, view 'y', f(view => 5) FROM view, s.view, u view, v AS view, view(6), w z (view)

CREATE TABLE view (view int, b view, c int CONSTRAINT view CHECK (c > 0))

SET view TO view

SELECT 1 views, 2 AS views, t.views, views, views.a, views(3), s.views(4), x::views, views 'y', f(views => 5) FROM views, s.views, u views, v AS views, views(6), w z (views)

CREATE TABLE views (views int, b views, c int CONSTRAINT views CHECK (c > 0))

DECLARE views CURSOR FOR SELECT views

SELECT 1 virtual, 2 AS virtual, t.virtual, virtual, virtual.a, virtual(3), s.virtual(4), x::virtual, virtual 'y', f(virtual => 5) FROM virtual, s.virtual, u virtual, v AS virtual, virtual(6), w z (virtual)

CREATE TABLE virtual (virtual int, b virtual, c int CONSTRAINT virtual CHECK (c > 0))

PREPARE virtual (virtual) AS SELECT 1 AS virtual

SELECT 1 volatile, 2 AS volatile, t.volatile, volatile, volatile.a, volatile(3), s.volatile(4), x::volatile, volatile 'y', f(volatile => 5) FROM volatile, s.volatile, u volatile, v AS volatile, volatile(6), w z (volatile)

CREATE TABLE volatile (volatile int, b volatile, c int CONSTRAINT volatile CHECK (c > 0))

DROP TABLE volatile, s.volatile

SELECT 1 whitespace, 2 AS whitespace, t.whitespace, whitespace, whitespace.a, whitespace(3), s.whitespace(4), x::whitespace, whitespace 'y', f(whitespace => 5) FROM whitespace, s.whitespace, u whitespace, v AS whitespace, whitespace(6), w z (whitespace)

CREATE TABLE whitespace (whitespace int, b whitespace, c int CONSTRAINT whitespace CHECK (c > 0))

INSERT INTO whitespace AS whitespace (whitespace) VALUES (1) ON CONFLICT (whitespace) DO UPDATE SET whitespace = 2

SELECT 2 AS within, t.within, within, within.a, within(3), s.within(4), x::within, within 'y', f(within => 5) FROM within, s.within, u within, v AS within, within(6), w z (within)

CREATE TABLE within (within int, b within, c int CONSTRAINT within CHECK (c > 0))

SELECT sum(1) OVER within FROM t WINDOW within AS (ORDER BY within)

SELECT 2 AS without, t.without, without, without.a, without(3), s.without(4), x::without, without 'y', f(without => 5) FROM without, s.without, u without, v AS without, without(6), w z (without)

CREATE TABLE without (without int, b without, c int CONSTRAINT without CHECK (c > 0))

SET without TO without

SELECT 1 work, 2 AS work, t.work, work, work.a, work(3), s.work(4), x::work, work 'y', f(work => 5) FROM work, s.work, u work, v AS work, work(6), w z (work)

CREATE TABLE work (work int, b work, c int CONSTRAINT work CHECK (c > 0))

DECLARE work CURSOR FOR SELECT work

SELECT 1 wrapper, 2 AS wrapper, t.wrapper, wrapper, wrapper.a, wrapper(3), s.wrapper(4), x::wrapper, wrapper 'y', f(wrapper => 5) FROM wrapper, s.wrapper, u wrapper, v AS wrapper, wrapper(6), w z (wrapper)

CREATE TABLE wrapper (wrapper int, b wrapper, c int CONSTRAINT wrapper CHECK (c > 0))

PREPARE wrapper (wrapper) AS SELECT 1 AS wrapper

SELECT 1 write, 2 AS write, t.write, write, write.a, write(3), s.write(4), x::write, write 'y', f(write => 5) FROM write, s.write, u write, v AS write, write(6), w z (write)

CREATE TABLE write (write int, b write, c int CONSTRAINT write CHECK (c > 0))

DROP TABLE write, s.write

SELECT 1 xml, 2 AS xml, t.xml, xml, xml.a, xml(3), s.xml(4), x::xml, xml 'y', f(xml => 5) FROM xml, s.xml, u xml, v AS xml, xml(6), w z (xml)

CREATE TABLE xml (xml int, b xml, c int CONSTRAINT xml CHECK (c > 0))

COMMENT ON COLUMN xml.xml IS NULL

SELECT 2 AS year, t.year, year, year.a, year(3), s.year(4), x::year, year 'y', f(year => 5) FROM year, s.year, u year, v AS year, year(6), w z (year)

CREATE TABLE year (year int, b year, c int CONSTRAINT year CHECK (c > 0))

INSERT INTO year AS year (year) VALUES (1) ON CONFLICT (year) DO UPDATE SET year = 2

SELECT 1 yes, 2 AS yes, t.yes, yes, yes.a, yes(3), s.yes(4), x::yes, yes 'y', f(yes => 5) FROM yes, s.yes, u yes, v AS yes, yes(6), w z (yes)

CREATE TABLE yes (yes int, b yes, c int CONSTRAINT yes CHECK (c > 0))

ALTER TABLE yes RENAME COLUMN yes TO yes

SELECT 1 zone, 2 AS zone, t.zone, zone, zone.a, zone(3), s.zone(4), x::zone, zone 'y', f(zone => 5) FROM zone, s.zone, u zone, v AS zone, zone(6), w z (zone)

CREATE TABLE zone (zone int, b zone, c int CONSTRAINT zone CHECK (c > 0))

GRANT SELECT (zone) ON zone TO zone

--# keywords: column name
SELECT 1 between, 2 AS between, t.between, between, between.a, s.between(4) FROM between, s.between, u between, v AS between, w z (between)

CREATE TABLE between (between int, c int CONSTRAINT between CHECK (c > 0))

ALTER TABLE between RENAME COLUMN between TO between

SELECT 1 bigint, 2 AS bigint, t.bigint, bigint, bigint.a, s.bigint(4), x::bigint, bigint 'y' FROM bigint, s.bigint, u bigint, v AS bigint, w z (bigint)

CREATE TABLE bigint (bigint int, b bigint, c int CONSTRAINT bigint CHECK (c > 0))

GRANT SELECT (bigint) ON bigint TO bigint

SELECT 1 bit, 2 AS bit, t.bit, bit, bit.a, s.bit(4), x::bit, bit 'y' FROM bit, s.bit, u bit, v AS bit, w z (bit)

CREATE TABLE bit (bit int, b bit, c int CONSTRAINT bit CHECK (c > 0))

SET bit TO bit

SELECT 1 boolean, 2 AS boolean, t.boolean, boolean, boolean.a, s.boolean(4), x::boolean, boolean 'y' FROM boolean, s.boolean, u boolean, v AS boolean, w z (boolean)

CREATE TABLE boolean (boolean int, b boolean, c int CONSTRAINT boolean CHECK (c > 0))

DECLARE boolean CURSOR FOR SELECT boolean

SELECT 2 AS char, t.char, char, char.a, s.char(4), x::char, char 'y' FROM char, s.char, u char, v AS char, w z (char)

CREATE TABLE char (char int, b char, c int CONSTRAINT char CHECK (c > 0))

COMMENT ON COLUMN char.char IS NULL

SELECT 2 AS character, t.character, character, character.a, s.character(4), x::character, character 'y' FROM character, s.character, u character, v AS character, w z (character)

CREATE TABLE character (character int, b character, c int CONSTRAINT character CHECK (c > 0))

WITH character (character) AS (SELECT 1) UPDATE character SET character = character.character WHERE character.character = 1 RETURNING character AS character

SELECT 1 coalesce, 2 AS coalesce, t.coalesce, coalesce, coalesce.a, coalesce(3), s.coalesce(4) FROM coalesce, s.coalesce, u coalesce, v AS coalesce, coalesce(6), w z (coalesce)

CREATE TABLE coalesce (coalesce int, c int CONSTRAINT coalesce CHECK (c > 0))

DROP TABLE coalesce, s.coalesce

SELECT 1 dec, 2 AS dec, t.dec, dec, dec.a, s.dec(4), x::dec, dec 'y' FROM dec, s.dec, u dec, v AS dec, w z (dec)

CREATE TABLE dec (dec int, b dec, c int CONSTRAINT dec CHECK (c > 0))

PREPARE dec (dec) AS SELECT 1 AS dec

SELECT 1 decimal, 2 AS decimal, t.decimal, decimal, decimal.a, s.decimal(4), x::decimal, decimal 'y' FROM decimal, s.decimal, u decimal, v AS decimal, w z (decimal)

CREATE TABLE decimal (decimal int, b decimal, c int CONSTRAINT decimal CHECK (c > 0))

DROP TABLE decimal, s.decimal

SELECT 1 exists, 2 AS exists, t.exists, exists, exists.a, s.exists(4) FROM exists, s.exists, u exists, v AS exists, w z (exists)

CREATE TABLE exists (exists int, c int CONSTRAINT exists CHECK (c > 0))

DROP TABLE exists, s.exists

SELECT 1 extract, 2 AS extract, t.extract, extract, extract.a, s.extract(4) FROM extract, s.extract, u extract, v AS extract, w z (extract)

CREATE TABLE extract (extract int, c int CONSTRAINT extract CHECK (c > 0))

GRANT SELECT (extract) ON extract TO extract

SELECT 1 float, 2 AS float, t.float, float, float.a, s.float(4), x::float, float 'y' FROM float, s.float, u float, v AS float, w z (float)

CREATE TABLE float (float int, b float, c int CONSTRAINT float CHECK (c > 0))

WITH float (float) AS (SELECT 1) UPDATE float SET float = float.float WHERE float.float = 1 RETURNING float AS float

SELECT 1 greatest, 2 AS greatest, t.greatest, greatest, greatest.a, greatest(3), s.greatest(4) FROM greatest, s.greatest, u greatest, v AS greatest, greatest(6), w z (greatest)

CREATE TABLE greatest (greatest int, c int CONSTRAINT greatest CHECK (c > 0))

DECLARE greatest CURSOR FOR SELECT greatest

SELECT 1 grouping, 2 AS grouping, t.grouping, grouping, grouping.a, grouping(3), s.grouping(4) FROM grouping, s.grouping, u grouping, v AS grouping, w z (grouping)

CREATE TABLE grouping (grouping int, c int CONSTRAINT grouping CHECK (c > 0))

DROP TABLE grouping, s.grouping

SELECT 1 inout, 2 AS inout, t.inout, inout, inout.a, s.inout(4) FROM inout, s.inout, u inout, v AS inout, w z (inout)

CREATE TABLE inout (inout int, c int CONSTRAINT inout CHECK (c > 0))

SELECT sum(1) OVER inout FROM t WINDOW inout AS (ORDER BY inout)

SELECT 1 int, 2 AS int, t.int, int, int.a, s.int(4), x::int, int 'y' FROM int, s.int, u int, v AS int, w z (int)

CREATE TABLE int (int int, b int, c int CONSTRAINT int CHECK (c > 0))

COMMENT ON COLUMN int.int IS NULL

SELECT 1 integer, 2 AS integer, t.integer, integer, integer.a, s.integer(4), x::integer, integer 'y' FROM integer, s.integer, u integer, v AS integer, w z (integer)

CREATE TABLE integer (integer int, b integer, c int CONSTRAINT integer CHECK (c > 0))

WITH integer (integer) AS (SELECT 1) UPDATE integer SET integer = integer.integer WHERE integer.integer = 1 RETURNING integer AS integer

SELECT 1 interval, 2 AS interval, t.interval, interval, interval.a, s.interval(4), x::interval, interval 'y' FROM interval, s.interval, u interval, v AS interval, w z (interval)

CREATE TABLE interval (interval int, b interval, c int CONSTRAINT interval CHECK (c > 0))

ALTER TABLE interval RENAME COLUMN interval TO interval

SELECT 1 json, 2 AS json, t.json, json, json.a, json(3), s.json(4), x::json, json 'y' FROM json, s.json, u json, v AS json, json(6), w z (json)

CREATE TABLE json (json int, b json, c int CONSTRAINT json CHECK (c > 0))

COMMENT ON COLUMN json.json IS NULL

SELECT 1 json_array, 2 AS json_array, t.json_array, json_array, json_array.a, json_array(3), s.json_array(4) FROM json_array, s.json_array, u json_array, v AS json_array, json_array(6), w z (json_array)

CREATE TABLE json_array (json_array int, c int CONSTRAINT json_array CHECK (c > 0))

WITH json_array (json_array) AS (SELECT 1) UPDATE json_array SET json_array = json_array.json_array WHERE json_array.json_array = 1 RETURNING json_array AS json_array

SELECT 1 json_arrayagg, 2 AS json_arrayagg, t.json_arrayagg, json_arrayagg, json_arrayagg.a, json_arrayagg(3), s.json_arrayagg(4) FROM json_arrayagg, s.json_arrayagg, u json_arrayagg, v AS json_arrayagg, json_arrayagg(6), w z (json_arrayagg)

CREATE TABLE json_arrayagg (json_arrayagg int, c int CONSTRAINT json_arrayagg CHECK (c > 0))

INSERT INTO json_arrayagg AS json_arrayagg (json_arrayagg) VALUES (1) ON CONFLICT (json_arrayagg) DO UPDATE SET json_arrayagg = 2

SELECT 1 json_exists, 2 AS json_exists, t.json_exists, json_exists, json_exists.a, s.json_exists(4) FROM json_exists, s.json_exists, u json_exists, v AS json_exists, w z (json_exists)

CREATE TABLE json_exists (json_exists int, c int CONSTRAINT json_exists CHECK (c > 0))

ALTER TABLE json_exists RENAME COLUMN json_exists TO json_exists

SELECT 1 json_object, 2 AS json_object, t.json_object, json_object, json_object.a, json_object(3), s.json_object(4) FROM json_object, s.json_object, u json_object, v AS json_object, json_object(6), w z (json_object)

CREATE TABLE json_object (json_object int, c int CONSTRAINT json_object CHECK (c > 0))

GRANT SELECT (json_object) ON json_object TO json_object

SELECT 1 json_objectagg, 2 AS json_objectagg, t.json_objectagg, json_objectagg, json_objectagg.a, s.json_objectagg(4) FROM json_objectagg, s.json_objectagg, u json_objectagg, v AS json_objectagg, w z (json_objectagg)

CREATE TABLE json_objectagg (json_objectagg int, c int CONSTRAINT json_objectagg CHECK (c > 0))

SELECT sum(1) OVER json_objectagg FROM t WINDOW json_objectagg AS (ORDER BY json_objectagg)

SELECT 1 json_query, 2 AS json_query, t.json_query, json_query, json_query.a, s.json_query(4) FROM json_query, s.json_query, u json_query, v AS json_query, w z (json_query)

CREATE TABLE json_query (json_query int, c int CONSTRAINT json_query CHECK (c > 0))

SET json_query TO json_query

SELECT 1 json_scalar, 2 AS json_scalar, t.json_scalar, json_scalar, json_scalar.a, json_scalar(3), s.json_scalar(4) FROM json_scalar, s.json_scalar, u json_scalar, v AS json_scalar, json_scalar(6), w z (json_scalar)

CREATE TABLE json_scalar (json_scalar int, c int CONSTRAINT json_scalar CHECK (c > 0))

DECLARE json_scalar CURSOR FOR SELECT json_scalar

SELECT 1 json_serialize, 2 AS json_serialize, t.json_serialize, json_serialize, json_serialize.a, json_serialize(3), s.json_serialize(4) FROM json_serialize, s.json_serialize, u json_serialize, v AS json_serialize, json_serialize(6), w z (json_serialize)

CREATE TABLE json_serialize (json_serialize int, c int CONSTRAINT json_serialize CHECK (c > 0))

DROP TABLE json_serialize, s.json_serialize

SELECT 1 json_table, 2 AS json_table, t.json_table, json_table, json_table.a, s.json_table(4) FROM json_table, s.json_table, u json_table, v AS json_table, w z (json_table)

CREATE TABLE json_table (json_table int, c int CONSTRAINT json_table CHECK (c > 0))

DROP TABLE json_table, s.json_table

SELECT 1 json_value, 2 AS json_value, t.json_value, json_value, json_value.a, s.json_value(4) FROM json_value, s.json_value, u json_value, v AS json_value, w z (json_value)

CREATE TABLE json_value (json_value int, c int CONSTRAINT json_value CHECK (c > 0))

COMMENT ON COLUMN json_value.json_value IS NULL

SELECT 1 least, 2 AS least, t.least, least, least.a, least(3), s.least(4) FROM least, s.least, u least, v AS least, least(6), w z (least)

CREATE TABLE least (least int, c int CONSTRAINT least CHECK (c > 0))

WITH least (least) AS (SELECT 1) UPDATE least SET least = least.least WHERE least.least = 1 RETURNING least AS least

SELECT 1 merge_action, 2 AS merge_action, t.merge_action, merge_action, merge_action.a, s.merge_action(4) FROM merge_action, s.merge_action, u merge_action, v AS merge_action, w z (merge_action)

CREATE TABLE merge_action (merge_action int, c int CONSTRAINT merge_action CHECK (c > 0))

WITH merge_action (merge_action) AS (SELECT 1) UPDATE merge_action SET merge_action = merge_action.merge_action WHERE merge_action.merge_action = 1 RETURNING merge_action AS merge_action

SELECT 1 national, 2 AS national, t.national, national, national.a, s.national(4) FROM national, s.national, u national, v AS national, w z (national)

CREATE TABLE national (national int, c int CONSTRAINT national CHECK (c > 0))

COMMENT ON COLUMN national.national IS NULL

SELECT 1 nchar, 2 AS nchar, t.nchar, nchar, nchar.a, s.nchar(4), x::nchar, nchar 'y' FROM nchar, s.nchar, u nchar, v AS nchar, w z (nchar)

CREATE TABLE nchar (nchar int, b nchar, c int CONSTRAINT nchar CHECK (c > 0))

INSERT INTO nchar AS nchar (nchar) VALUES (1) ON CONFLICT (nchar) DO UPDATE SET nchar = 2

SELECT 1 none, 2 AS none, t.none, none, none.a, s.none(4) FROM none, s.none, u none, v AS none, w z (none)

CREATE TABLE none (none int, c int CONSTRAINT none CHECK (c > 0))

WITH none (none) AS (SELECT 1) UPDATE none SET none = none.none WHERE none.none = 1 RETURNING none AS none

SELECT 1 normalize, 2 AS normalize, t.normalize, normalize, normalize.a, normalize(3), s.normalize(4) FROM normalize, s.normalize, u normalize, v AS normalize, normalize(6), w z (normalize)

CREATE TABLE normalize (normalize int, c int CONSTRAINT normalize CHECK (c > 0))

INSERT INTO normalize AS normalize (normalize) VALUES (1) ON CONFLICT (normalize) DO UPDATE SET normalize = 2

SELECT 1 nullif, 2 AS nullif, t.nullif, nullif, nullif.a, s.nullif(4) FROM nullif, s.nullif, u nullif, v AS nullif, w z (nullif)

CREATE TABLE nullif (nullif int, c int CONSTRAINT nullif CHECK (c > 0))

COMMENT ON COLUMN nullif.nullif IS NULL

SELECT 1 numeric, 2 AS numeric, t.numeric, numeric, numeric.a, s.numeric(4), x::numeric, numeric 'y' FROM numeric, s.numeric, u numeric, v AS numeric, w z (numeric)

CREATE TABLE numeric (numeric int, b numeric, c int CONSTRAINT numeric CHECK (c > 0))

INSERT INTO numeric AS numeric (numeric) VALUES (1) ON CONFLICT (numeric) DO UPDATE SET numeric = 2

SELECT 1 out, 2 AS out, t.out, out, out.a, s.out(4) FROM out, s.out, u out, v AS out, w z (out)

CREATE TABLE out (out int, c int CONSTRAINT out CHECK (c > 0))

COMMENT ON COLUMN out.out IS NULL

SELECT 1 overlay, 2 AS overlay, t.overlay, overlay, overlay.a, overlay(3), s.overlay(4) FROM overlay, s.overlay, u overlay, v AS overlay, overlay(6), w z (overlay)

CREATE TABLE overlay (overlay int, c int CONSTRAINT overlay CHECK (c > 0))

GRANT SELECT (overlay) ON overlay TO overlay

SELECT 1 position, 2 AS position, t.position, position, position.a, s.position(4) FROM position, s.position, u position, v AS position, w z (position)

CREATE TABLE position (position int, c int CONSTRAINT position CHECK (c > 0))

WITH position (position) AS (SELECT 1) UPDATE position SET position = position.position WHERE position.position = 1 RETURNING position AS position

SELECT 2 AS precision, t.precision, precision, precision.a, s.precision(4) FROM precision, s.precision, u precision, v AS precision, w z (precision)

CREATE TABLE precision (precision int, c int CONSTRAINT precision CHECK (c > 0))

ALTER TABLE precision RENAME COLUMN precision TO precision

SELECT 1 real, 2 AS real, t.real, real, real.a, s.real(4), x::real, real 'y' FROM real, s.real, u real, v AS real, w z (real)

CREATE TABLE real (real int, b real, c int CONSTRAINT real CHECK (c > 0))

DROP TABLE real, s.real

SELECT 1 row, 2 AS row, t.row, row, row.a, row(3), s.row(4) FROM row, s.row, u row, v AS row, w z (row)

CREATE TABLE row (row int, c int CONSTRAINT row CHECK (c > 0))

SET row TO row

SELECT 1 setof, 2 AS setof, t.setof, setof, setof.a, s.setof(4) FROM setof, s.setof, u setof, v AS setof, w z (setof)

CREATE TABLE setof (setof int, c int CONSTRAINT setof CHECK (c > 0))

SELECT sum(1) OVER setof FROM t WINDOW setof AS (ORDER BY setof)

SELECT 1 smallint, 2 AS smallint, t.smallint, smallint, smallint.a, s.smallint(4), x::smallint, smallint 'y' FROM smallint, s.smallint, u smallint, v AS smallint, w z (smallint)

CREATE TABLE smallint (smallint int, b smallint, c int CONSTRAINT smallint CHECK (c > 0))

INSERT INTO smallint AS smallint (smallint) VALUES (1) ON CONFLICT (smallint) DO UPDATE SET smallint = 2

SELECT 1 substring, 2 AS substring, t.substring, substring, substring.a, substring(3), s.substring(4) FROM substring, s.substring, u substring, v AS substring, substring(6), w z (substring)

CREATE TABLE substring (substring int, c int CONSTRAINT substring CHECK (c > 0))

COMMENT ON COLUMN substring.substring IS NULL

SELECT 1 time, 2 AS time, t.time, time, time.a, s.time(4), x::time, time 'y' FROM time, s.time, u time, v AS time, w z (time)

CREATE TABLE time (time int, b time, c int CONSTRAINT time CHECK (c > 0))

DECLARE time CURSOR FOR SELECT time

SELECT 1 timestamp, 2 AS timestamp, t.timestamp, timestamp, timestamp.a, s.timestamp(4), x::timestamp, timestamp 'y' FROM timestamp, s.timestamp, u timestamp, v AS timestamp, w z (timestamp)

CREATE TABLE timestamp (timestamp int, b timestamp, c int CONSTRAINT timestamp CHECK (c > 0))

PREPARE timestamp (timestamp) AS SELECT 1 AS timestamp

SELECT 1 treat, 2 AS treat, t.treat, treat, treat.a, s.treat(4) FROM treat, s.treat, u treat, v AS treat, w z (treat)

CREATE TABLE treat (treat int, c int CONSTRAINT treat CHECK (c > 0))

ALTER TABLE treat RENAME COLUMN treat TO treat

SELECT 1 trim, 2 AS trim, t.trim, trim, trim.a, trim(3), s.trim(4) FROM trim, s.trim, u trim, v AS trim, trim(6), w z (trim)

CREATE TABLE trim (trim int, c int CONSTRAINT trim CHECK (c > 0))

SELECT sum(1) OVER trim FROM t WINDOW trim AS (ORDER BY trim)

SELECT 1 values, 2 AS values, t.values, values, values.a, s.values(4) FROM values, s.values, u values, v AS values, w z (values)

CREATE TABLE values (values int, c int CONSTRAINT values CHECK (c > 0))

COMMENT ON COLUMN values.values IS NULL

SELECT 1 varchar, 2 AS varchar, t.varchar, varchar, varchar.a, s.varchar(4), x::varchar, varchar 'y' FROM varchar, s.varchar, u varchar, v AS varchar, w z (varchar)

CREATE TABLE varchar (varchar int, b varchar, c int CONSTRAINT varchar CHECK (c > 0))

WITH varchar (varchar) AS (SELECT 1) UPDATE varchar SET varchar = varchar.varchar WHERE varchar.varchar = 1 RETURNING varchar AS varchar

SELECT 1 xmlattributes, 2 AS xmlattributes, t.xmlattributes, xmlattributes, xmlattributes.a, s.xmlattributes(4) FROM xmlattributes, s.xmlattributes, u xmlattributes, v AS xmlattributes, w z (xmlattributes)

CREATE TABLE xmlattributes (xmlattributes int, c int CONSTRAINT xmlattributes CHECK (c > 0))

WITH xmlattributes (xmlattributes) AS (SELECT 1) UPDATE xmlattributes SET xmlattributes = xmlattributes.xmlattributes WHERE xmlattributes.xmlattributes = 1 RETURNING xmlattributes AS xmlattributes

SELECT 1 xmlconcat, 2 AS xmlconcat, t.xmlconcat, xmlconcat, xmlconcat.a, xmlconcat(3), s.xmlconcat(4) FROM xmlconcat, s.xmlconcat, u xmlconcat, v AS xmlconcat, xmlconcat(6), w z (xmlconcat)

CREATE TABLE xmlconcat (xmlconcat int, c int CONSTRAINT xmlconcat CHECK (c > 0))

INSERT INTO xmlconcat AS xmlconcat (xmlconcat) VALUES (1) ON CONFLICT (xmlconcat) DO UPDATE SET xmlconcat = 2

SELECT 1 xmlelement, 2 AS xmlelement, t.xmlelement, xmlelement, xmlelement.a, s.xmlelement(4) FROM xmlelement, s.xmlelement, u xmlelement, v AS xmlelement, w z (xmlelement)

CREATE TABLE xmlelement (xmlelement int, c int CONSTRAINT xmlelement CHECK (c > 0))

ALTER TABLE xmlelement RENAME COLUMN xmlelement TO xmlelement

SELECT 1 xmlexists, 2 AS xmlexists, t.xmlexists, xmlexists, xmlexists.a, s.xmlexists(4) FROM xmlexists, s.xmlexists, u xmlexists, v AS xmlexists, w z (xmlexists)

CREATE TABLE xmlexists (xmlexists int, c int CONSTRAINT xmlexists CHECK (c > 0))

GRANT SELECT (xmlexists) ON xmlexists TO xmlexists

SELECT 1 xmlforest, 2 AS xmlforest, t.xmlforest, xmlforest, xmlforest.a, xmlforest(3), s.xmlforest(4) FROM xmlforest, s.xmlforest, u xmlforest, v AS xmlforest, xmlforest(6), w z (xmlforest)

CREATE TABLE xmlforest (xmlforest int, c int CONSTRAINT xmlforest CHECK (c > 0))

SELECT sum(1) OVER xmlforest FROM t WINDOW xmlforest AS (ORDER BY xmlforest)

SELECT 1 xmlnamespaces, 2 AS xmlnamespaces, t.xmlnamespaces, xmlnamespaces, xmlnamespaces.a, s.xmlnamespaces(4) FROM xmlnamespaces, s.xmlnamespaces, u xmlnamespaces, v AS xmlnamespaces, w z (xmlnamespaces)

CREATE TABLE xmlnamespaces (xmlnamespaces int, c int CONSTRAINT xmlnamespaces CHECK (c > 0))

SET xmlnamespaces TO xmlnamespaces

SELECT 1 xmlparse, 2 AS xmlparse, t.xmlparse, xmlparse, xmlparse.a, s.xmlparse(4) FROM xmlparse, s.xmlparse, u xmlparse, v AS xmlparse, w z (xmlparse)

CREATE TABLE xmlparse (xmlparse int, c int CONSTRAINT xmlparse CHECK (c > 0))

DECLARE xmlparse CURSOR FOR SELECT xmlparse

SELECT 1 xmlpi, 2 AS xmlpi, t.xmlpi, xmlpi, xmlpi.a, s.xmlpi(4) FROM xmlpi, s.xmlpi, u xmlpi, v AS xmlpi, w z (xmlpi)

CREATE TABLE xmlpi (xmlpi int, c int CONSTRAINT xmlpi CHECK (c > 0))

DROP TABLE xmlpi, s.xmlpi

SELECT 1 xmlroot, 2 AS xmlroot, t.xmlroot, xmlroot, xmlroot.a, s.xmlroot(4) FROM xmlroot, s.xmlroot, u xmlroot, v AS xmlroot, w z (xmlroot)

CREATE TABLE xmlroot (xmlroot int, c int CONSTRAINT xmlroot CHECK (c > 0))

DROP TABLE xmlroot, s.xmlroot

SELECT 1 xmlserialize, 2 AS xmlserialize, t.xmlserialize, xmlserialize, xmlserialize.a, s.xmlserialize(4) FROM xmlserialize, s.xmlserialize, u xmlserialize, v AS xmlserialize, w z (xmlserialize)

CREATE TABLE xmlserialize (xmlserialize int, c int CONSTRAINT xmlserialize CHECK (c > 0))

COMMENT ON COLUMN xmlserialize.xmlserialize IS NULL

SELECT 1 xmltable, 2 AS xmltable, t.xmltable, xmltable, xmltable.a, s.xmltable(4) FROM xmltable, s.xmltable, u xmltable, v AS xmltable, w z (xmltable)

CREATE TABLE xmltable (xmltable int, c int CONSTRAINT xmltable CHECK (c > 0))

WITH xmltable (xmltable) AS (SELECT 1) UPDATE xmltable SET xmltable = xmltable.xmltable WHERE xmltable.xmltable = 1 RETURNING xmltable AS xmltable

--# keywords: type or function name
SELECT 1 authorization, 2 AS authorization, t.authorization, authorization(3), s.authorization(4), x::authorization, authorization 'y', f(authorization => 5) FROM s.authorization, authorization(6)

CREATE TABLE s.authorization (b authorization)

SELECT 1 binary, 2 AS binary, t.binary, binary(3), s.binary(4), x::binary, binary 'y', f(binary => 5) FROM s.binary, binary(6)

CREATE TABLE s.binary (b binary)

SELECT 1 collation, 2 AS collation, t.collation, collation(3), s.collation(4), x::collation, collation 'y', f(collation => 5) FROM s.collation, collation(6)

CREATE TABLE s.collation (b collation)

SELECT 1 concurrently, 2 AS concurrently, t.concurrently, concurrently(3), s.concurrently(4), x::concurrently, concurrently 'y', f(concurrently => 5) FROM s.concurrently, concurrently(6)

CREATE TABLE s.concurrently (b concurrently)

SELECT 1 cross, 2 AS cross, t.cross, cross(3), s.cross(4), x::cross, cross 'y', f(cross => 5) FROM s.cross, cross(6)

CREATE TABLE s.cross (b cross)

SELECT 1 current_schema, 2 AS current_schema, t.current_schema, current_schema, current_schema(3), s.current_schema(4), x::current_schema, current_schema 'y', f(current_schema => 5) FROM current_schema, s.current_schema, current_schema(6)

CREATE TABLE s.current_schema (b current_schema)

SELECT 1 freeze, 2 AS freeze, t.freeze, freeze(3), s.freeze(4), x::freeze, freeze 'y', f(freeze => 5) FROM s.freeze, freeze(6)

CREATE TABLE s.freeze (b freeze)

SELECT 1 full, 2 AS full, t.full, full(3), s.full(4), x::full, full 'y', f(full => 5) FROM s.full, full(6)

CREATE TABLE s.full (b full)

SELECT 1 ilike, 2 AS ilike, t.ilike, ilike(3), s.ilike(4), x::ilike, ilike 'y', f(ilike => 5) FROM s.ilike, ilike(6)

CREATE TABLE s.ilike (b ilike)

SELECT 1 inner, 2 AS inner, t.inner, inner(3), s.inner(4), x::inner, inner 'y', f(inner => 5) FROM s.inner, inner(6)

CREATE TABLE s.inner (b inner)

SELECT 1 is, 2 AS is, t.is, is(3), s.is(4), x::is, is 'y', f(is => 5) FROM s.is, is(6)

CREATE TABLE s.is (b is)

SELECT 1 isnull, 2 AS isnull, t.isnull, isnull(3), s.isnull(4), x::isnull, isnull 'y', f(isnull => 5) FROM s.isnull, isnull(6)

CREATE TABLE s.isnull (b isnull)

SELECT 1 join, 2 AS join, t.join, join(3), s.join(4), x::join, join 'y', f(join => 5) FROM s.join, join(6)

CREATE TABLE s.join (b join)

SELECT 1 left, 2 AS left, t.left, left(3), s.left(4), x::left, left 'y', f(left => 5) FROM s.left, left(6)

CREATE TABLE s.left (b left)

SELECT 1 like, 2 AS like, t.like, like(3), s.like(4), x::like, like 'y', f(like => 5) FROM s.like, like(6)

CREATE TABLE s.like (like int, b like)

SELECT 1 natural, 2 AS natural, t.natural, natural(3), s.natural(4), x::natural, natural 'y', f(natural => 5) FROM s.natural, natural(6)

CREATE TABLE s.natural (b natural)

SELECT 1 notnull, 2 AS notnull, t.notnull, notnull(3), s.notnull(4), x::notnull, notnull 'y', f(notnull => 5) FROM s.notnull, notnull(6)

CREATE TABLE s.notnull (b notnull)

SELECT 1 outer, 2 AS outer, t.outer, outer(3), s.outer(4), x::outer, outer 'y', f(outer => 5) FROM s.outer, outer(6)

CREATE TABLE s.outer (b outer)

SELECT 2 AS overlaps, t.overlaps, overlaps(3), s.overlaps(4), x::overlaps, overlaps 'y', f(overlaps => 5) FROM s.overlaps, overlaps(6)

CREATE TABLE s.overlaps (b overlaps)

SELECT 1 right, 2 AS right, t.right, right(3), s.right(4), x::right, right 'y', f(right => 5) FROM s.right, right(6)

CREATE TABLE s.right (b right)

SELECT 1 similar, 2 AS similar, t.similar, similar(3), s.similar(4), x::similar, similar 'y', f(similar => 5) FROM s.similar, similar(6)

CREATE TABLE s.similar (b similar)

SELECT 1 tablesample, 2 AS tablesample, t.tablesample, tablesample(3), s.tablesample(4), x::tablesample, tablesample 'y', f(tablesample => 5) FROM s.tablesample, tablesample(6)

CREATE TABLE s.tablesample (b tablesample)

SELECT 1 verbose, 2 AS verbose, t.verbose, verbose(3), s.verbose(4), x::verbose, verbose 'y', f(verbose => 5) FROM s.verbose, verbose(6)

CREATE TABLE s.verbose (b verbose)

--# keywords: reserved
CREATE TABLE s.all ()

SELECT 1 analyse, 2 AS analyse, t.analyse, s.analyse(4) FROM s.analyse

CREATE TABLE s.analyse ()

SELECT 1 analyze, 2 AS analyze, t.analyze, s.analyze(4) FROM s.analyze

CREATE TABLE s.analyze ()

SELECT 1 and, 2 AS and, t.and, s.and(4) FROM s.and

CREATE TABLE s.and ()

SELECT 1 any, 2 AS any, t.any, s.any(4) FROM s.any

CREATE TABLE s.any ()

SELECT 2 AS array, t.array, s.array(4) FROM s.array

CREATE TABLE s.array ()

SELECT 2 AS as, t.as, s.as(4) FROM s.as

CREATE TABLE s.as ()

SELECT 1 asc, 2 AS asc, t.asc, s.asc(4) FROM s.asc

CREATE TABLE s.asc ()

SELECT 1 asymmetric, 2 AS asymmetric, t.asymmetric, s.asymmetric(4) FROM s.asymmetric

CREATE TABLE s.asymmetric ()

SELECT 1 both, 2 AS both, t.both, s.both(4) FROM s.both

CREATE TABLE s.both ()

SELECT 1 case, 2 AS case, t.case, s.case(4) FROM s.case

CREATE TABLE s.case ()

SELECT 1 cast, 2 AS cast, t.cast, s.cast(4) FROM s.cast

CREATE TABLE s.cast ()

SELECT 1 check, 2 AS check, t.check, s.check(4) FROM s.check

CREATE TABLE s.check ()

SELECT 1 collate, 2 AS collate, t.collate, s.collate(4) FROM s.collate

CREATE TABLE s.collate ()

SELECT 1 column, 2 AS column, t.column, s.column(4) FROM s.column

CREATE TABLE s.column ()

SELECT 1 constraint, 2 AS constraint, t.constraint, s.constraint(4) FROM s.constraint

CREATE TABLE s.constraint ()

SELECT 2 AS create, t.create, s.create(4) FROM s.create

CREATE TABLE s.create ()

SELECT 1 current_catalog, 2 AS current_catalog, t.current_catalog, current_catalog, s.current_catalog(4) FROM current_catalog, s.current_catalog

CREATE TABLE s.current_catalog ()

SELECT 1 current_date, 2 AS current_date, t.current_date, current_date, s.current_date(4) FROM current_date, s.current_date

CREATE TABLE s.current_date ()

SELECT 1 current_role, 2 AS current_role, t.current_role, current_role, s.current_role(4) FROM current_role, s.current_role

CREATE TABLE s.current_role ()

SELECT 1 current_time, 2 AS current_time, t.current_time, current_time, current_time(3), s.current_time(4) FROM current_time, s.current_time, current_time(6)

CREATE TABLE s.current_time ()

SELECT 1 current_timestamp, 2 AS current_timestamp, t.current_timestamp, current_timestamp, current_timestamp(3), s.current_timestamp(4) FROM current_timestamp, s.current_timestamp, current_timestamp(6)

CREATE TABLE s.current_timestamp ()

SELECT 1 current_user, 2 AS current_user, t.current_user, current_user, s.current_user(4) FROM current_user, s.current_user

CREATE TABLE s.current_user ()

SELECT 1 default, 2 AS default, t.default, default, s.default(4) FROM s.default

CREATE TABLE s.default ()

SELECT 1 deferrable, 2 AS deferrable, t.deferrable, s.deferrable(4) FROM s.deferrable

CREATE TABLE s.deferrable ()

SELECT 1 desc, 2 AS desc, t.desc, s.desc(4) FROM s.desc

CREATE TABLE s.desc ()

CREATE TABLE s.distinct ()

SELECT 1 do, 2 AS do, t.do, s.do(4) FROM s.do

CREATE TABLE s.do ()

SELECT 1 else, 2 AS else, t.else, s.else(4) FROM s.else

CREATE TABLE s.else ()

SELECT 1 end, 2 AS end, t.end, s.end(4) FROM s.end

CREATE TABLE s.end ()

SELECT 2 AS except, t.except, s.except(4) FROM s.except

CREATE TABLE s.except ()

SELECT 1 false, 2 AS false, t.false, false, s.false(4) FROM s.false

CREATE TABLE s.false ()

SELECT 2 AS fetch, t.fetch, s.fetch(4) FROM s.fetch

CREATE TABLE s.fetch ()

SELECT 2 AS for, t.for, s.for(4) FROM s.for

CREATE TABLE s.for ()

SELECT 1 foreign, 2 AS foreign, t.foreign, s.foreign(4) FROM s.foreign

CREATE TABLE s.foreign ()

SELECT 2 AS from, t.from, s.from(4) FROM s.from

CREATE TABLE s.from ()

SELECT 2 AS grant, t.grant, s.grant(4) FROM s.grant

CREATE TABLE s.grant ()

SELECT 2 AS group, t.group, s.group(4) FROM s.group

CREATE TABLE s.group ()

CREATE TABLE s.having ()

SELECT 1 in, 2 AS in, t.in, s.in(4) FROM s.in

CREATE TABLE s.in ()

SELECT 1 initially, 2 AS initially, t.initially, s.initially(4) FROM s.initially

CREATE TABLE s.initially ()

SELECT 2 AS intersect, t.intersect, s.intersect(4) FROM s.intersect

CREATE TABLE s.intersect ()

SELECT 2 AS into, t.into, s.into(4) FROM s.into

CREATE TABLE s.into ()

SELECT 1 lateral, 2 AS lateral, t.lateral, s.lateral(4) FROM s.lateral

CREATE TABLE s.lateral ()

SELECT 1 leading, 2 AS leading, t.leading, s.leading(4) FROM s.leading

CREATE TABLE s.leading ()

CREATE TABLE s.limit ()

SELECT 1 localtime, 2 AS localtime, t.localtime, localtime, localtime(3), s.localtime(4) FROM localtime, s.localtime, localtime(6)

CREATE TABLE s.localtime ()

SELECT 1 localtimestamp, 2 AS localtimestamp, t.localtimestamp, localtimestamp, localtimestamp(3), s.localtimestamp(4) FROM localtimestamp, s.localtimestamp, localtimestamp(6)

CREATE TABLE s.localtimestamp ()

SELECT 1 not, 2 AS not, t.not, not(3), s.not(4), not 'y' FROM s.not

CREATE TABLE s.not ()

SELECT 1 null, 2 AS null, t.null, null, s.null(4) FROM s.null

CREATE TABLE s.null ()

CREATE TABLE s.offset ()

SELECT 2 AS on, t.on, s.on(4) FROM s.on

CREATE TABLE s.on ()

SELECT 1 only, 2 AS only, t.only, s.only(4) FROM s.only

CREATE TABLE s.only ()

SELECT 1 or, 2 AS or, t.or, s.or(4) FROM s.or

CREATE TABLE s.or ()

SELECT 2 AS order, t.order, s.order(4) FROM s.order

CREATE TABLE s.order ()

SELECT 1 placing, 2 AS placing, t.placing, s.placing(4) FROM s.placing

CREATE TABLE s.placing ()

SELECT 1 primary, 2 AS primary, t.primary, s.primary(4) FROM s.primary

CREATE TABLE s.primary ()

SELECT 1 references, 2 AS references, t.references, s.references(4) FROM s.references

CREATE TABLE s.references ()

SELECT 2 AS returning, t.returning, s.returning(4) FROM s.returning

CREATE TABLE s.returning ()

SELECT 1 select, 2 AS select, t.select, s.select(4) FROM s.select

CREATE TABLE s.select ()

SELECT 1 session_user, 2 AS session_user, t.session_user, session_user, s.session_user(4) FROM session_user, s.session_user

CREATE TABLE s.session_user ()

SELECT 1 some, 2 AS some, t.some, s.some(4) FROM s.some

CREATE TABLE s.some ()

SELECT 1 symmetric, 2 AS symmetric, t.symmetric, s.symmetric(4) FROM s.symmetric

CREATE TABLE s.symmetric ()

SELECT 1 system_user, 2 AS system_user, t.system_user, system_user, s.system_user(4) FROM system_user, s.system_user

CREATE TABLE s.system_user ()

SELECT 1 table, 2 AS table, t.table, s.table(4) FROM s.table

CREATE TABLE s.table ()

SELECT 1 then, 2 AS then, t.then, s.then(4) FROM s.then

CREATE TABLE s.then ()

SELECT 2 AS to, t.to, s.to(4) FROM s.to

CREATE TABLE s.to ()

SELECT 1 trailing, 2 AS trailing, t.trailing, s.trailing(4) FROM s.trailing

CREATE TABLE s.trailing ()

SELECT 1 true, 2 AS true, t.true, true, s.true(4) FROM s.true

CREATE TABLE s.true ()

SELECT 2 AS union, t.union, s.union(4) FROM s.union

CREATE TABLE s.union ()

SELECT 1 unique, 2 AS unique, t.unique, s.unique(4) FROM s.unique

CREATE TABLE s.unique ()

SELECT 1 user, 2 AS user, t.user, user, s.user(4) FROM user, s.user

CREATE TABLE s.user ()

SELECT 1 using, 2 AS using, t.using, s.using(4) FROM s.using

CREATE TABLE s.using ()

SELECT 1 variadic, 2 AS variadic, t.variadic, s.variadic(4) FROM s.variadic

CREATE TABLE s.variadic ()

SELECT 1 when, 2 AS when, t.when, s.when(4) FROM s.when

CREATE TABLE s.when ()

CREATE TABLE s.where ()

SELECT 2 AS window, t.window, s.window(4) FROM s.window

CREATE TABLE s.window ()

SELECT 2 AS with, t.with, s.with(4) FROM s.with

CREATE TABLE s.with ()
