--# keywords as columns

SELECT abort, t.abort, abort AS abort FROM (SELECT 1 AS abort) AS t WHERE abort > 0 ORDER BY abort

SELECT action, t.action, action AS action FROM (SELECT 1 AS action) AS t WHERE action > 0 ORDER BY action

SELECT after, t.after, after AS after FROM (SELECT 1 AS after) AS t WHERE after > 0 ORDER BY after

SELECT always, t.always, always AS always FROM (SELECT 1 AS always) AS t WHERE always > 0 ORDER BY always

SELECT analyze, t.analyze, analyze AS analyze FROM (SELECT 1 AS analyze) AS t WHERE analyze > 0 ORDER BY analyze

SELECT asc, t.asc, asc AS asc FROM (SELECT 1 AS asc) AS t WHERE asc > 0 ORDER BY asc

SELECT attach, t.attach, attach AS attach FROM (SELECT 1 AS attach) AS t WHERE attach > 0 ORDER BY attach

SELECT before, t.before, before AS before FROM (SELECT 1 AS before) AS t WHERE before > 0 ORDER BY before

SELECT begin, t.begin, begin AS begin FROM (SELECT 1 AS begin) AS t WHERE begin > 0 ORDER BY begin

SELECT by, t.by, by AS by FROM (SELECT 1 AS by) AS t WHERE by > 0 ORDER BY by

SELECT cascade, t.cascade, cascade AS cascade FROM (SELECT 1 AS cascade) AS t WHERE cascade > 0 ORDER BY cascade

SELECT column, t.column, column AS column FROM (SELECT 1 AS column) AS t WHERE column > 0 ORDER BY column

SELECT conflict, t.conflict, conflict AS conflict FROM (SELECT 1 AS conflict) AS t WHERE conflict > 0 ORDER BY conflict

SELECT current, t.current, current AS current FROM (SELECT 1 AS current) AS t WHERE current > 0 ORDER BY current

SELECT current_date, t.current_date, current_date AS current_date FROM (SELECT 1 AS current_date) AS t WHERE current_date > 0 ORDER BY current_date

SELECT current_time, t.current_time, current_time AS current_time FROM (SELECT 1 AS current_time) AS t WHERE current_time > 0 ORDER BY current_time

SELECT current_timestamp, t.current_timestamp, current_timestamp AS current_timestamp FROM (SELECT 1 AS current_timestamp) AS t WHERE current_timestamp > 0 ORDER BY current_timestamp

SELECT database, t.database, database AS database FROM (SELECT 1 AS database) AS t WHERE database > 0 ORDER BY database

SELECT deferred, t.deferred, deferred AS deferred FROM (SELECT 1 AS deferred) AS t WHERE deferred > 0 ORDER BY deferred

SELECT desc, t.desc, desc AS desc FROM (SELECT 1 AS desc) AS t WHERE desc > 0 ORDER BY desc

SELECT detach, t.detach, detach AS detach FROM (SELECT 1 AS detach) AS t WHERE detach > 0 ORDER BY detach

SELECT do, t.do, do AS do FROM (SELECT 1 AS do) AS t WHERE do > 0 ORDER BY do

SELECT each, t.each, each AS each FROM (SELECT 1 AS each) AS t WHERE each > 0 ORDER BY each

SELECT end, t.end, end AS end FROM (SELECT 1 AS end) AS t WHERE end > 0 ORDER BY end

SELECT exclude, t.exclude, exclude AS exclude FROM (SELECT 1 AS exclude) AS t WHERE exclude > 0 ORDER BY exclude

SELECT exclusive, t.exclusive, exclusive AS exclusive FROM (SELECT 1 AS exclusive) AS t WHERE exclusive > 0 ORDER BY exclusive

SELECT explain, t.explain, explain AS explain FROM (SELECT 1 AS explain) AS t WHERE explain > 0 ORDER BY explain

SELECT fail, t.fail, fail AS fail FROM (SELECT 1 AS fail) AS t WHERE fail > 0 ORDER BY fail

SELECT filter, t.filter, filter AS filter FROM (SELECT 1 AS filter) AS t WHERE filter > 0 ORDER BY filter

SELECT first, t.first, first AS first FROM (SELECT 1 AS first) AS t WHERE first > 0 ORDER BY first

SELECT following, t.following, following AS following FROM (SELECT 1 AS following) AS t WHERE following > 0 ORDER BY following

SELECT for, t.for, for AS for FROM (SELECT 1 AS for) AS t WHERE for > 0 ORDER BY for

SELECT generated, t.generated, generated AS generated FROM (SELECT 1 AS generated) AS t WHERE generated > 0 ORDER BY generated

SELECT glob, t.glob, glob AS glob FROM (SELECT 1 AS glob) AS t WHERE glob > 0 ORDER BY glob

SELECT groups, t.groups, groups AS groups FROM (SELECT 1 AS groups) AS t WHERE groups > 0 ORDER BY groups

SELECT if, t.if, if AS if FROM (SELECT 1 AS if) AS t WHERE if > 0 ORDER BY if

SELECT ignore, t.ignore, ignore AS ignore FROM (SELECT 1 AS ignore) AS t WHERE ignore > 0 ORDER BY ignore

SELECT immediate, t.immediate, immediate AS immediate FROM (SELECT 1 AS immediate) AS t WHERE immediate > 0 ORDER BY immediate

SELECT initially, t.initially, initially AS initially FROM (SELECT 1 AS initially) AS t WHERE initially > 0 ORDER BY initially

SELECT instead, t.instead, instead AS instead FROM (SELECT 1 AS instead) AS t WHERE instead > 0 ORDER BY instead

SELECT key, t.key, key AS key FROM (SELECT 1 AS key) AS t WHERE key > 0 ORDER BY key

SELECT last, t.last, last AS last FROM (SELECT 1 AS last) AS t WHERE last > 0 ORDER BY last

SELECT like, t.like, like AS like FROM (SELECT 1 AS like) AS t WHERE like > 0 ORDER BY like

SELECT match, t.match, match AS match FROM (SELECT 1 AS match) AS t WHERE match > 0 ORDER BY match

SELECT materialized, t.materialized, materialized AS materialized FROM (SELECT 1 AS materialized) AS t WHERE materialized > 0 ORDER BY materialized

SELECT no, t.no, no AS no FROM (SELECT 1 AS no) AS t WHERE no > 0 ORDER BY no

SELECT nulls, t.nulls, nulls AS nulls FROM (SELECT 1 AS nulls) AS t WHERE nulls > 0 ORDER BY nulls

SELECT of, t.of, of AS of FROM (SELECT 1 AS of) AS t WHERE of > 0 ORDER BY of

SELECT offset, t.offset, offset AS offset FROM (SELECT 1 AS offset) AS t WHERE offset > 0 ORDER BY offset

SELECT others, t.others, others AS others FROM (SELECT 1 AS others) AS t WHERE others > 0 ORDER BY others

SELECT over, t.over, over AS over FROM (SELECT 1 AS over) AS t WHERE over > 0 ORDER BY over

SELECT partition, t.partition, partition AS partition FROM (SELECT 1 AS partition) AS t WHERE partition > 0 ORDER BY partition

SELECT plan, t.plan, plan AS plan FROM (SELECT 1 AS plan) AS t WHERE plan > 0 ORDER BY plan

SELECT pragma, t.pragma, pragma AS pragma FROM (SELECT 1 AS pragma) AS t WHERE pragma > 0 ORDER BY pragma

SELECT preceding, t.preceding, preceding AS preceding FROM (SELECT 1 AS preceding) AS t WHERE preceding > 0 ORDER BY preceding

SELECT query, t.query, query AS query FROM (SELECT 1 AS query) AS t WHERE query > 0 ORDER BY query

SELECT range, t.range, range AS range FROM (SELECT 1 AS range) AS t WHERE range > 0 ORDER BY range

SELECT recursive, t.recursive, recursive AS recursive FROM (SELECT 1 AS recursive) AS t WHERE recursive > 0 ORDER BY recursive

SELECT regexp, t.regexp, regexp AS regexp FROM (SELECT 1 AS regexp) AS t WHERE regexp > 0 ORDER BY regexp

SELECT reindex, t.reindex, reindex AS reindex FROM (SELECT 1 AS reindex) AS t WHERE reindex > 0 ORDER BY reindex

SELECT release, t.release, release AS release FROM (SELECT 1 AS release) AS t WHERE release > 0 ORDER BY release

SELECT rename, t.rename, rename AS rename FROM (SELECT 1 AS rename) AS t WHERE rename > 0 ORDER BY rename

SELECT replace, t.replace, replace AS replace FROM (SELECT 1 AS replace) AS t WHERE replace > 0 ORDER BY replace

SELECT restrict, t.restrict, restrict AS restrict FROM (SELECT 1 AS restrict) AS t WHERE restrict > 0 ORDER BY restrict

SELECT rollback, t.rollback, rollback AS rollback FROM (SELECT 1 AS rollback) AS t WHERE rollback > 0 ORDER BY rollback

SELECT row, t.row, row AS row FROM (SELECT 1 AS row) AS t WHERE row > 0 ORDER BY row

SELECT rows, t.rows, rows AS rows FROM (SELECT 1 AS rows) AS t WHERE rows > 0 ORDER BY rows

SELECT savepoint, t.savepoint, savepoint AS savepoint FROM (SELECT 1 AS savepoint) AS t WHERE savepoint > 0 ORDER BY savepoint

SELECT temp, t.temp, temp AS temp FROM (SELECT 1 AS temp) AS t WHERE temp > 0 ORDER BY temp

SELECT temporary, t.temporary, temporary AS temporary FROM (SELECT 1 AS temporary) AS t WHERE temporary > 0 ORDER BY temporary

SELECT ties, t.ties, ties AS ties FROM (SELECT 1 AS ties) AS t WHERE ties > 0 ORDER BY ties

SELECT trigger, t.trigger, trigger AS trigger FROM (SELECT 1 AS trigger) AS t WHERE trigger > 0 ORDER BY trigger

SELECT unbounded, t.unbounded, unbounded AS unbounded FROM (SELECT 1 AS unbounded) AS t WHERE unbounded > 0 ORDER BY unbounded

SELECT vacuum, t.vacuum, vacuum AS vacuum FROM (SELECT 1 AS vacuum) AS t WHERE vacuum > 0 ORDER BY vacuum

SELECT view, t.view, view AS view FROM (SELECT 1 AS view) AS t WHERE view > 0 ORDER BY view

SELECT virtual, t.virtual, virtual AS virtual FROM (SELECT 1 AS virtual) AS t WHERE virtual > 0 ORDER BY virtual

SELECT window, t.window, window AS window FROM (SELECT 1 AS window) AS t WHERE window > 0 ORDER BY window

SELECT with, t.with, with AS with FROM (SELECT 1 AS with) AS t WHERE with > 0 ORDER BY with

SELECT within, t.within, within AS within FROM (SELECT 1 AS within) AS t WHERE within > 0 ORDER BY within

SELECT without, t.without, without AS without FROM (SELECT 1 AS without) AS t WHERE without > 0 ORDER BY without

SELECT cross, t.cross, cross AS cross FROM (SELECT 1 AS cross) AS t WHERE cross > 0 ORDER BY cross

SELECT full, t.full, full AS full FROM (SELECT 1 AS full) AS t WHERE full > 0 ORDER BY full

SELECT indexed, t.indexed, indexed AS indexed FROM (SELECT 1 AS indexed) AS t WHERE indexed > 0 ORDER BY indexed

SELECT inner, t.inner, inner AS inner FROM (SELECT 1 AS inner) AS t WHERE inner > 0 ORDER BY inner

SELECT left, t.left, left AS left FROM (SELECT 1 AS left) AS t WHERE left > 0 ORDER BY left

SELECT natural, t.natural, natural AS natural FROM (SELECT 1 AS natural) AS t WHERE natural > 0 ORDER BY natural

SELECT outer, t.outer, outer AS outer FROM (SELECT 1 AS outer) AS t WHERE outer > 0 ORDER BY outer

SELECT right, t.right, right AS right FROM (SELECT 1 AS right) AS t WHERE right > 0 ORDER BY right

--# keywords as tables

SELECT abort.a, main.abort.b FROM abort, main.abort AS x

SELECT action.a, main.action.b FROM action, main.action AS x

SELECT after.a, main.after.b FROM after, main.after AS x

SELECT always.a, main.always.b FROM always, main.always AS x

SELECT analyze.a, main.analyze.b FROM analyze, main.analyze AS x

SELECT asc.a, main.asc.b FROM asc, main.asc AS x

SELECT attach.a, main.attach.b FROM attach, main.attach AS x

SELECT before.a, main.before.b FROM before, main.before AS x

SELECT begin.a, main.begin.b FROM begin, main.begin AS x

SELECT by.a, main.by.b FROM by, main.by AS x

SELECT cascade.a, main.cascade.b FROM cascade, main.cascade AS x

SELECT column.a, main.column.b FROM column, main.column AS x

SELECT conflict.a, main.conflict.b FROM conflict, main.conflict AS x

SELECT current.a, main.current.b FROM current, main.current AS x

SELECT database.a, main.database.b FROM database, main.database AS x

SELECT deferred.a, main.deferred.b FROM deferred, main.deferred AS x

SELECT desc.a, main.desc.b FROM desc, main.desc AS x

SELECT detach.a, main.detach.b FROM detach, main.detach AS x

SELECT do.a, main.do.b FROM do, main.do AS x

SELECT each.a, main.each.b FROM each, main.each AS x

SELECT end.a, main.end.b FROM end, main.end AS x

SELECT exclude.a, main.exclude.b FROM exclude, main.exclude AS x

SELECT exclusive.a, main.exclusive.b FROM exclusive, main.exclusive AS x

SELECT explain.a, main.explain.b FROM explain, main.explain AS x

SELECT fail.a, main.fail.b FROM fail, main.fail AS x

SELECT filter.a, main.filter.b FROM filter, main.filter AS x

SELECT first.a, main.first.b FROM first, main.first AS x

SELECT following.a, main.following.b FROM following, main.following AS x

SELECT for.a, main.for.b FROM for, main.for AS x

SELECT generated.a, main.generated.b FROM generated, main.generated AS x

SELECT glob.a, main.glob.b FROM glob, main.glob AS x

SELECT groups.a, main.groups.b FROM groups, main.groups AS x

SELECT if.a, main.if.b FROM if, main.if AS x

SELECT ignore.a, main.ignore.b FROM ignore, main.ignore AS x

SELECT immediate.a, main.immediate.b FROM immediate, main.immediate AS x

SELECT initially.a, main.initially.b FROM initially, main.initially AS x

SELECT instead.a, main.instead.b FROM instead, main.instead AS x

SELECT key.a, main.key.b FROM key, main.key AS x

SELECT last.a, main.last.b FROM last, main.last AS x

SELECT like.a, main.like.b FROM like, main.like AS x

SELECT match.a, main.match.b FROM match, main.match AS x

SELECT materialized.a, main.materialized.b FROM materialized, main.materialized AS x

SELECT no.a, main.no.b FROM no, main.no AS x

SELECT nulls.a, main.nulls.b FROM nulls, main.nulls AS x

SELECT of.a, main.of.b FROM of, main.of AS x

SELECT offset.a, main.offset.b FROM offset, main.offset AS x

SELECT others.a, main.others.b FROM others, main.others AS x

SELECT over.a, main.over.b FROM over, main.over AS x

SELECT partition.a, main.partition.b FROM partition, main.partition AS x

SELECT plan.a, main.plan.b FROM plan, main.plan AS x

SELECT pragma.a, main.pragma.b FROM pragma, main.pragma AS x

SELECT preceding.a, main.preceding.b FROM preceding, main.preceding AS x

SELECT query.a, main.query.b FROM query, main.query AS x

SELECT range.a, main.range.b FROM range, main.range AS x

SELECT recursive.a, main.recursive.b FROM recursive, main.recursive AS x

SELECT regexp.a, main.regexp.b FROM regexp, main.regexp AS x

SELECT reindex.a, main.reindex.b FROM reindex, main.reindex AS x

SELECT release.a, main.release.b FROM release, main.release AS x

SELECT rename.a, main.rename.b FROM rename, main.rename AS x

SELECT replace.a, main.replace.b FROM replace, main.replace AS x

SELECT restrict.a, main.restrict.b FROM restrict, main.restrict AS x

SELECT rollback.a, main.rollback.b FROM rollback, main.rollback AS x

SELECT row.a, main.row.b FROM row, main.row AS x

SELECT rows.a, main.rows.b FROM rows, main.rows AS x

SELECT savepoint.a, main.savepoint.b FROM savepoint, main.savepoint AS x

SELECT temp.a, main.temp.b FROM temp, main.temp AS x

SELECT temporary.a, main.temporary.b FROM temporary, main.temporary AS x

SELECT ties.a, main.ties.b FROM ties, main.ties AS x

SELECT trigger.a, main.trigger.b FROM trigger, main.trigger AS x

SELECT unbounded.a, main.unbounded.b FROM unbounded, main.unbounded AS x

SELECT vacuum.a, main.vacuum.b FROM vacuum, main.vacuum AS x

SELECT view.a, main.view.b FROM view, main.view AS x

SELECT virtual.a, main.virtual.b FROM virtual, main.virtual AS x

SELECT window.a, main.window.b FROM window, main.window AS x

SELECT with.a, main.with.b FROM with, main.with AS x

SELECT within.a, main.within.b FROM within, main.within AS x

SELECT without.a, main.without.b FROM without, main.without AS x

SELECT cross.a, main.cross.b FROM cross, main.cross AS x

SELECT full.a, main.full.b FROM full, main.full AS x

SELECT indexed.a, main.indexed.b FROM indexed, main.indexed AS x

SELECT inner.a, main.inner.b FROM inner, main.inner AS x

SELECT left.a, main.left.b FROM left, main.left AS x

SELECT natural.a, main.natural.b FROM natural, main.natural AS x

SELECT outer.a, main.outer.b FROM outer, main.outer AS x

SELECT right.a, main.right.b FROM right, main.right AS x

--# keywords as aliases without AS

SELECT 1 abort, abort.a FROM t1 abort

SELECT 1 action, action.a FROM t1 action

SELECT 1 after, after.a FROM t1 after

SELECT 1 always, always.a FROM t1 always

SELECT 1 analyze, analyze.a FROM t1 analyze

SELECT 1 asc, asc.a FROM t1 asc

SELECT 1 attach, attach.a FROM t1 attach

SELECT 1 before, before.a FROM t1 before

SELECT 1 begin, begin.a FROM t1 begin

SELECT 1 by, by.a FROM t1 by

SELECT 1 cascade, cascade.a FROM t1 cascade

SELECT 1 column, column.a FROM t1 column

SELECT 1 conflict, conflict.a FROM t1 conflict

SELECT 1 current, current.a FROM t1 current

SELECT 1 database, database.a FROM t1 database

SELECT 1 deferred, deferred.a FROM t1 deferred

SELECT 1 desc, desc.a FROM t1 desc

SELECT 1 detach, detach.a FROM t1 detach

SELECT 1 do, do.a FROM t1 do

SELECT 1 each, each.a FROM t1 each

SELECT 1 end, end.a FROM t1 end

SELECT 1 exclude, exclude.a FROM t1 exclude

SELECT 1 exclusive, exclusive.a FROM t1 exclusive

SELECT 1 explain, explain.a FROM t1 explain

SELECT 1 fail, fail.a FROM t1 fail

SELECT 1 filter, filter.a FROM t1 filter

SELECT 1 first, first.a FROM t1 first

SELECT 1 following, following.a FROM t1 following

SELECT 1 for, for.a FROM t1 for

SELECT 1 generated, generated.a FROM t1 generated

SELECT 1 groups, groups.a FROM t1 groups

SELECT 1 if, if.a FROM t1 if

SELECT 1 ignore, ignore.a FROM t1 ignore

SELECT 1 immediate, immediate.a FROM t1 immediate

SELECT 1 initially, initially.a FROM t1 initially

SELECT 1 instead, instead.a FROM t1 instead

SELECT 1 key, key.a FROM t1 key

SELECT 1 last, last.a FROM t1 last

SELECT 1 materialized, materialized.a FROM t1 materialized

SELECT 1 no, no.a FROM t1 no

SELECT 1 nulls, nulls.a FROM t1 nulls

SELECT 1 of, of.a FROM t1 of

SELECT 1 offset, offset.a FROM t1 offset

SELECT 1 others, others.a FROM t1 others

SELECT 1 over, over.a FROM t1 over

SELECT 1 partition, partition.a FROM t1 partition

SELECT 1 plan, plan.a FROM t1 plan

SELECT 1 pragma, pragma.a FROM t1 pragma

SELECT 1 preceding, preceding.a FROM t1 preceding

SELECT 1 query, query.a FROM t1 query

SELECT 1 range, range.a FROM t1 range

SELECT 1 recursive, recursive.a FROM t1 recursive

SELECT 1 reindex, reindex.a FROM t1 reindex

SELECT 1 release, release.a FROM t1 release

SELECT 1 rename, rename.a FROM t1 rename

SELECT 1 replace, replace.a FROM t1 replace

SELECT 1 restrict, restrict.a FROM t1 restrict

SELECT 1 rollback, rollback.a FROM t1 rollback

SELECT 1 row, row.a FROM t1 row

SELECT 1 rows, rows.a FROM t1 rows

SELECT 1 savepoint, savepoint.a FROM t1 savepoint

SELECT 1 temp, temp.a FROM t1 temp

SELECT 1 temporary, temporary.a FROM t1 temporary

SELECT 1 ties, ties.a FROM t1 ties

SELECT 1 trigger, trigger.a FROM t1 trigger

SELECT 1 unbounded, unbounded.a FROM t1 unbounded

SELECT 1 vacuum, vacuum.a FROM t1 vacuum

SELECT 1 view, view.a FROM t1 view

SELECT 1 virtual, virtual.a FROM t1 virtual

SELECT 1 window, window.a FROM t1 window

SELECT 1 with, with.a FROM t1 with

SELECT 1 within, within.a FROM t1 within

SELECT 1 without, without.a FROM t1 without

--# keywords as functions

SELECT abort(1), abort(a, b) FROM t1

SELECT action(1), action(a, b) FROM t1

SELECT after(1), after(a, b) FROM t1

SELECT always(1), always(a, b) FROM t1

SELECT analyze(1), analyze(a, b) FROM t1

SELECT asc(1), asc(a, b) FROM t1

SELECT attach(1), attach(a, b) FROM t1

SELECT before(1), before(a, b) FROM t1

SELECT begin(1), begin(a, b) FROM t1

SELECT by(1), by(a, b) FROM t1

SELECT cascade(1), cascade(a, b) FROM t1

SELECT column(1), column(a, b) FROM t1

SELECT conflict(1), conflict(a, b) FROM t1

SELECT current(1), current(a, b) FROM t1

SELECT database(1), database(a, b) FROM t1

SELECT deferred(1), deferred(a, b) FROM t1

SELECT desc(1), desc(a, b) FROM t1

SELECT detach(1), detach(a, b) FROM t1

SELECT do(1), do(a, b) FROM t1

SELECT each(1), each(a, b) FROM t1

SELECT end(1), end(a, b) FROM t1

SELECT exclude(1), exclude(a, b) FROM t1

SELECT exclusive(1), exclusive(a, b) FROM t1

SELECT explain(1), explain(a, b) FROM t1

SELECT fail(1), fail(a, b) FROM t1

SELECT filter(1), filter(a, b) FROM t1

SELECT first(1), first(a, b) FROM t1

SELECT following(1), following(a, b) FROM t1

SELECT for(1), for(a, b) FROM t1

SELECT generated(1), generated(a, b) FROM t1

SELECT glob(1), glob(a, b) FROM t1

SELECT groups(1), groups(a, b) FROM t1

SELECT if(1), if(a, b) FROM t1

SELECT ignore(1), ignore(a, b) FROM t1

SELECT immediate(1), immediate(a, b) FROM t1

SELECT initially(1), initially(a, b) FROM t1

SELECT instead(1), instead(a, b) FROM t1

SELECT key(1), key(a, b) FROM t1

SELECT last(1), last(a, b) FROM t1

SELECT like(1), like(a, b) FROM t1

SELECT match(1), match(a, b) FROM t1

SELECT materialized(1), materialized(a, b) FROM t1

SELECT no(1), no(a, b) FROM t1

SELECT nulls(1), nulls(a, b) FROM t1

SELECT of(1), of(a, b) FROM t1

SELECT offset(1), offset(a, b) FROM t1

SELECT others(1), others(a, b) FROM t1

SELECT over(1), over(a, b) FROM t1

SELECT partition(1), partition(a, b) FROM t1

SELECT plan(1), plan(a, b) FROM t1

SELECT pragma(1), pragma(a, b) FROM t1

SELECT preceding(1), preceding(a, b) FROM t1

SELECT query(1), query(a, b) FROM t1

SELECT range(1), range(a, b) FROM t1

SELECT recursive(1), recursive(a, b) FROM t1

SELECT regexp(1), regexp(a, b) FROM t1

SELECT reindex(1), reindex(a, b) FROM t1

SELECT release(1), release(a, b) FROM t1

SELECT rename(1), rename(a, b) FROM t1

SELECT replace(1), replace(a, b) FROM t1

SELECT restrict(1), restrict(a, b) FROM t1

SELECT rollback(1), rollback(a, b) FROM t1

SELECT row(1), row(a, b) FROM t1

SELECT rows(1), rows(a, b) FROM t1

SELECT savepoint(1), savepoint(a, b) FROM t1

SELECT temp(1), temp(a, b) FROM t1

SELECT temporary(1), temporary(a, b) FROM t1

SELECT ties(1), ties(a, b) FROM t1

SELECT trigger(1), trigger(a, b) FROM t1

SELECT unbounded(1), unbounded(a, b) FROM t1

SELECT vacuum(1), vacuum(a, b) FROM t1

SELECT view(1), view(a, b) FROM t1

SELECT virtual(1), virtual(a, b) FROM t1

SELECT window(1), window(a, b) FROM t1

SELECT with(1), with(a, b) FROM t1

SELECT within(1), within(a, b) FROM t1

SELECT without(1), without(a, b) FROM t1

SELECT cross(1), cross(a, b) FROM t1

SELECT full(1), full(a, b) FROM t1

SELECT indexed(1), indexed(a, b) FROM t1

SELECT inner(1), inner(a, b) FROM t1

SELECT left(1), left(a, b) FROM t1

SELECT natural(1), natural(a, b) FROM t1

SELECT outer(1), outer(a, b) FROM t1

SELECT right(1), right(a, b) FROM t1

--# keywords in definitions

CREATE TABLE abort(abort abort CHECK (abort > 0), CONSTRAINT abort UNIQUE (abort))

CREATE TABLE action(action action CHECK (action > 0), CONSTRAINT action UNIQUE (action))

CREATE TABLE after(after after CHECK (after > 0), CONSTRAINT after UNIQUE (after))

CREATE TABLE always(always always CHECK (always > 0), CONSTRAINT always UNIQUE (always))

CREATE TABLE analyze(analyze analyze CHECK (analyze > 0), CONSTRAINT analyze UNIQUE (analyze))

CREATE TABLE asc(asc asc CHECK (asc > 0), CONSTRAINT asc UNIQUE (asc))

CREATE TABLE attach(attach attach CHECK (attach > 0), CONSTRAINT attach UNIQUE (attach))

CREATE TABLE before(before before CHECK (before > 0), CONSTRAINT before UNIQUE (before))

CREATE TABLE begin(begin begin CHECK (begin > 0), CONSTRAINT begin UNIQUE (begin))

CREATE TABLE by(by by CHECK (by > 0), CONSTRAINT by UNIQUE (by))

CREATE TABLE cascade(cascade cascade CHECK (cascade > 0), CONSTRAINT cascade UNIQUE (cascade))

CREATE TABLE column(column column CHECK (column > 0), CONSTRAINT column UNIQUE (column))

CREATE TABLE conflict(conflict conflict CHECK (conflict > 0), CONSTRAINT conflict UNIQUE (conflict))

CREATE TABLE current(current current CHECK (current > 0), CONSTRAINT current UNIQUE (current))

CREATE TABLE current_date(current_date current_date CHECK (current_date > 0), CONSTRAINT current_date UNIQUE (current_date))

CREATE TABLE current_time(current_time current_time CHECK (current_time > 0), CONSTRAINT current_time UNIQUE (current_time))

CREATE TABLE current_timestamp(current_timestamp current_timestamp CHECK (current_timestamp > 0), CONSTRAINT current_timestamp UNIQUE (current_timestamp))

CREATE TABLE database(database database CHECK (database > 0), CONSTRAINT database UNIQUE (database))

CREATE TABLE deferred(deferred deferred CHECK (deferred > 0), CONSTRAINT deferred UNIQUE (deferred))

CREATE TABLE desc(desc desc CHECK (desc > 0), CONSTRAINT desc UNIQUE (desc))

CREATE TABLE detach(detach detach CHECK (detach > 0), CONSTRAINT detach UNIQUE (detach))

CREATE TABLE do(do do CHECK (do > 0), CONSTRAINT do UNIQUE (do))

CREATE TABLE each(each each CHECK (each > 0), CONSTRAINT each UNIQUE (each))

CREATE TABLE end(end end CHECK (end > 0), CONSTRAINT end UNIQUE (end))

CREATE TABLE exclude(exclude exclude CHECK (exclude > 0), CONSTRAINT exclude UNIQUE (exclude))

CREATE TABLE exclusive(exclusive exclusive CHECK (exclusive > 0), CONSTRAINT exclusive UNIQUE (exclusive))

CREATE TABLE explain(explain explain CHECK (explain > 0), CONSTRAINT explain UNIQUE (explain))

CREATE TABLE fail(fail fail CHECK (fail > 0), CONSTRAINT fail UNIQUE (fail))

CREATE TABLE filter(filter filter CHECK (filter > 0), CONSTRAINT filter UNIQUE (filter))

CREATE TABLE first(first first CHECK (first > 0), CONSTRAINT first UNIQUE (first))

CREATE TABLE following(following following CHECK (following > 0), CONSTRAINT following UNIQUE (following))

CREATE TABLE for(for for CHECK (for > 0), CONSTRAINT for UNIQUE (for))

CREATE TABLE generated(generated generated CHECK (generated > 0), CONSTRAINT generated UNIQUE (generated))

CREATE TABLE glob(glob glob CHECK (glob > 0), CONSTRAINT glob UNIQUE (glob))

CREATE TABLE groups(groups groups CHECK (groups > 0), CONSTRAINT groups UNIQUE (groups))

CREATE TABLE ignore(ignore ignore CHECK (ignore > 0), CONSTRAINT ignore UNIQUE (ignore))

CREATE TABLE immediate(immediate immediate CHECK (immediate > 0), CONSTRAINT immediate UNIQUE (immediate))

CREATE TABLE initially(initially initially CHECK (initially > 0), CONSTRAINT initially UNIQUE (initially))

CREATE TABLE instead(instead instead CHECK (instead > 0), CONSTRAINT instead UNIQUE (instead))

CREATE TABLE key(key key CHECK (key > 0), CONSTRAINT key UNIQUE (key))

CREATE TABLE last(last last CHECK (last > 0), CONSTRAINT last UNIQUE (last))

CREATE TABLE like(like like CHECK (like > 0), CONSTRAINT like UNIQUE (like))

CREATE TABLE match(match match CHECK (match > 0), CONSTRAINT match UNIQUE (match))

CREATE TABLE materialized(materialized materialized CHECK (materialized > 0), CONSTRAINT materialized UNIQUE (materialized))

CREATE TABLE no(no no CHECK (no > 0), CONSTRAINT no UNIQUE (no))

CREATE TABLE nulls(nulls nulls CHECK (nulls > 0), CONSTRAINT nulls UNIQUE (nulls))

CREATE TABLE of(of of CHECK (of > 0), CONSTRAINT of UNIQUE (of))

CREATE TABLE offset(offset offset CHECK (offset > 0), CONSTRAINT offset UNIQUE (offset))

CREATE TABLE others(others others CHECK (others > 0), CONSTRAINT others UNIQUE (others))

CREATE TABLE over(over over CHECK (over > 0), CONSTRAINT over UNIQUE (over))

CREATE TABLE partition(partition partition CHECK (partition > 0), CONSTRAINT partition UNIQUE (partition))

CREATE TABLE plan(plan plan CHECK (plan > 0), CONSTRAINT plan UNIQUE (plan))

CREATE TABLE pragma(pragma pragma CHECK (pragma > 0), CONSTRAINT pragma UNIQUE (pragma))

CREATE TABLE preceding(preceding preceding CHECK (preceding > 0), CONSTRAINT preceding UNIQUE (preceding))

CREATE TABLE query(query query CHECK (query > 0), CONSTRAINT query UNIQUE (query))

CREATE TABLE range(range range CHECK (range > 0), CONSTRAINT range UNIQUE (range))

CREATE TABLE recursive(recursive recursive CHECK (recursive > 0), CONSTRAINT recursive UNIQUE (recursive))

CREATE TABLE regexp(regexp regexp CHECK (regexp > 0), CONSTRAINT regexp UNIQUE (regexp))

CREATE TABLE reindex(reindex reindex CHECK (reindex > 0), CONSTRAINT reindex UNIQUE (reindex))

CREATE TABLE release(release release CHECK (release > 0), CONSTRAINT release UNIQUE (release))

CREATE TABLE rename(rename rename CHECK (rename > 0), CONSTRAINT rename UNIQUE (rename))

CREATE TABLE replace(replace replace CHECK (replace > 0), CONSTRAINT replace UNIQUE (replace))

CREATE TABLE restrict(restrict restrict CHECK (restrict > 0), CONSTRAINT restrict UNIQUE (restrict))

CREATE TABLE rollback(rollback rollback CHECK (rollback > 0), CONSTRAINT rollback UNIQUE (rollback))

CREATE TABLE row(row row CHECK (row > 0), CONSTRAINT row UNIQUE (row))

CREATE TABLE rows(rows rows CHECK (rows > 0), CONSTRAINT rows UNIQUE (rows))

CREATE TABLE savepoint(savepoint savepoint CHECK (savepoint > 0), CONSTRAINT savepoint UNIQUE (savepoint))

CREATE TABLE temp(temp temp CHECK (temp > 0), CONSTRAINT temp UNIQUE (temp))

CREATE TABLE temporary(temporary temporary CHECK (temporary > 0), CONSTRAINT temporary UNIQUE (temporary))

CREATE TABLE ties(ties ties CHECK (ties > 0), CONSTRAINT ties UNIQUE (ties))

CREATE TABLE trigger(trigger trigger CHECK (trigger > 0), CONSTRAINT trigger UNIQUE (trigger))

CREATE TABLE unbounded(unbounded unbounded CHECK (unbounded > 0), CONSTRAINT unbounded UNIQUE (unbounded))

CREATE TABLE vacuum(vacuum vacuum CHECK (vacuum > 0), CONSTRAINT vacuum UNIQUE (vacuum))

CREATE TABLE view(view view CHECK (view > 0), CONSTRAINT view UNIQUE (view))

CREATE TABLE virtual(virtual virtual CHECK (virtual > 0), CONSTRAINT virtual UNIQUE (virtual))

CREATE TABLE window(window window CHECK (window > 0), CONSTRAINT window UNIQUE (window))

CREATE TABLE with(with with CHECK (with > 0), CONSTRAINT with UNIQUE (with))

CREATE TABLE within(within within CHECK (within > 0), CONSTRAINT within UNIQUE (within))

CREATE TABLE without(without without CHECK (without > 0), CONSTRAINT without UNIQUE (without))

CREATE TABLE cross(cross INT CHECK (cross > 0), CONSTRAINT cross UNIQUE (cross))

CREATE TABLE full(full INT CHECK (full > 0), CONSTRAINT full UNIQUE (full))

CREATE TABLE indexed(indexed INT CHECK (indexed > 0), CONSTRAINT indexed UNIQUE (indexed))

CREATE TABLE inner(inner INT CHECK (inner > 0), CONSTRAINT inner UNIQUE (inner))

CREATE TABLE left(left INT CHECK (left > 0), CONSTRAINT left UNIQUE (left))

CREATE TABLE natural(natural INT CHECK (natural > 0), CONSTRAINT natural UNIQUE (natural))

CREATE TABLE outer(outer INT CHECK (outer > 0), CONSTRAINT outer UNIQUE (outer))

CREATE TABLE right(right INT CHECK (right > 0), CONSTRAINT right UNIQUE (right))

--# keywords as names elsewhere

WITH abort(abort) AS (SELECT 1) SELECT abort FROM abort

CREATE VIEW abort(abort) AS SELECT 1

INSERT INTO action(action) VALUES (1) ON CONFLICT DO UPDATE SET action = excluded.action RETURNING action

SAVEPOINT action

UPDATE after SET after = after + 1 WHERE after.after = 2

SELECT sum(a) OVER after FROM t1 WINDOW after AS (ORDER BY b)

DELETE FROM always AS always WHERE always

SELECT 1 FROM t1 AS always JOIN t2 AS y USING (a)

CREATE INDEX analyze ON t1(a COLLATE nocase)

ALTER TABLE t1 ADD COLUMN analyze

CREATE VIEW asc(asc) AS SELECT 1

CREATE TRIGGER asc AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS asc; END

SAVEPOINT attach

PRAGMA table_info(attach)

SELECT sum(a) OVER before FROM t1 WINDOW before AS (ORDER BY b)

DROP TABLE IF EXISTS before

SELECT 1 FROM t1 AS begin JOIN t2 AS y USING (a)

SELECT begin IS NULL, -begin, begin + begin, (begin) FROM (SELECT 1 AS begin)

ALTER TABLE t1 ADD COLUMN by

WITH by(by) AS (SELECT 1) SELECT by FROM by

CREATE TRIGGER cascade AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS cascade; END

INSERT INTO cascade(cascade) VALUES (1) ON CONFLICT DO UPDATE SET cascade = excluded.cascade RETURNING cascade

PRAGMA table_info(cast)

DROP TABLE IF EXISTS column

DELETE FROM column AS column WHERE column

SELECT conflict IS NULL, -conflict, conflict + conflict, (conflict) FROM (SELECT 1 AS conflict)

CREATE INDEX conflict ON t1(a COLLATE nocase)

WITH current(current) AS (SELECT 1) SELECT current FROM current

CREATE VIEW current(current) AS SELECT 1

INSERT INTO current_date(current_date) VALUES (1) ON CONFLICT DO UPDATE SET current_date = excluded.current_date RETURNING current_date

SAVEPOINT current_date

SELECT sum(a) OVER current_time FROM t1 WINDOW current_time AS (ORDER BY b)

DELETE FROM current_timestamp AS current_timestamp WHERE current_timestamp

SELECT 1 FROM t1 AS current_timestamp JOIN t2 AS y USING (a)

CREATE INDEX database ON t1(a COLLATE nocase)

ALTER TABLE t1 ADD COLUMN database

CREATE VIEW deferred(deferred) AS SELECT 1

CREATE TRIGGER deferred AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS deferred; END

SAVEPOINT desc

PRAGMA table_info(desc)

SELECT sum(a) OVER detach FROM t1 WINDOW detach AS (ORDER BY b)

DROP TABLE IF EXISTS detach

SELECT 1 FROM t1 AS do JOIN t2 AS y USING (a)

SELECT do IS NULL, -do, do + do, (do) FROM (SELECT 1 AS do)

ALTER TABLE t1 ADD COLUMN each

WITH each(each) AS (SELECT 1) SELECT each FROM each

CREATE TRIGGER end AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS end; END

INSERT INTO end(end) VALUES (1) ON CONFLICT DO UPDATE SET end = excluded.end RETURNING end

PRAGMA table_info(exclude)

UPDATE exclude SET exclude = exclude + 1 WHERE exclude.exclude = 2

DROP TABLE IF EXISTS exclusive

DELETE FROM exclusive AS exclusive WHERE exclusive

SELECT explain IS NULL, -explain, explain + explain, (explain) FROM (SELECT 1 AS explain)

CREATE INDEX explain ON t1(a COLLATE nocase)

WITH fail(fail) AS (SELECT 1) SELECT fail FROM fail

CREATE VIEW fail(fail) AS SELECT 1

INSERT INTO filter(filter) VALUES (1) ON CONFLICT DO UPDATE SET filter = excluded.filter RETURNING filter

SAVEPOINT filter

UPDATE first SET first = first + 1 WHERE first.first = 2

SELECT sum(a) OVER first FROM t1 WINDOW first AS (ORDER BY b)

DELETE FROM following AS following WHERE following

SELECT 1 FROM t1 AS following JOIN t2 AS y USING (a)

CREATE INDEX for ON t1(a COLLATE nocase)

ALTER TABLE t1 ADD COLUMN for

CREATE VIEW generated(generated) AS SELECT 1

CREATE TRIGGER generated AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS generated; END

SAVEPOINT glob

PRAGMA table_info(glob)

SELECT sum(a) OVER groups FROM t1 WINDOW groups AS (ORDER BY b)

DROP TABLE IF EXISTS groups

SELECT 1 FROM t1 AS if JOIN t2 AS y USING (a)

SELECT if IS NULL, -if, if + if, (if) FROM (SELECT 1 AS if)

ALTER TABLE t1 ADD COLUMN ignore

WITH ignore(ignore) AS (SELECT 1) SELECT ignore FROM ignore

CREATE TRIGGER immediate AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS immediate; END

INSERT INTO immediate(immediate) VALUES (1) ON CONFLICT DO UPDATE SET immediate = excluded.immediate RETURNING immediate

PRAGMA table_info(initially)

UPDATE initially SET initially = initially + 1 WHERE initially.initially = 2

DROP TABLE IF EXISTS instead

DELETE FROM instead AS instead WHERE instead

SELECT key IS NULL, -key, key + key, (key) FROM (SELECT 1 AS key)

CREATE INDEX key ON t1(a COLLATE nocase)

WITH last(last) AS (SELECT 1) SELECT last FROM last

CREATE VIEW last(last) AS SELECT 1

INSERT INTO like(like) VALUES (1) ON CONFLICT DO UPDATE SET like = excluded.like RETURNING like

SAVEPOINT like

UPDATE match SET match = match + 1 WHERE match.match = 2

SELECT sum(a) OVER match FROM t1 WINDOW match AS (ORDER BY b)

DELETE FROM materialized AS materialized WHERE materialized

SELECT 1 FROM t1 AS materialized JOIN t2 AS y USING (a)

CREATE INDEX no ON t1(a COLLATE nocase)

ALTER TABLE t1 ADD COLUMN no

CREATE VIEW nulls(nulls) AS SELECT 1

CREATE TRIGGER nulls AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS nulls; END

SAVEPOINT of

PRAGMA table_info(of)

SELECT sum(a) OVER offset FROM t1 WINDOW offset AS (ORDER BY b)

DROP TABLE IF EXISTS offset

SELECT 1 FROM t1 AS others JOIN t2 AS y USING (a)

SELECT others IS NULL, -others, others + others, (others) FROM (SELECT 1 AS others)

ALTER TABLE t1 ADD COLUMN over

WITH over(over) AS (SELECT 1) SELECT over FROM over

CREATE TRIGGER partition AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS partition; END

INSERT INTO partition(partition) VALUES (1) ON CONFLICT DO UPDATE SET partition = excluded.partition RETURNING partition

PRAGMA table_info(plan)

UPDATE plan SET plan = plan + 1 WHERE plan.plan = 2

DROP TABLE IF EXISTS pragma

DELETE FROM pragma AS pragma WHERE pragma

SELECT preceding IS NULL, -preceding, preceding + preceding, (preceding) FROM (SELECT 1 AS preceding)

CREATE INDEX preceding ON t1(a COLLATE nocase)

WITH query(query) AS (SELECT 1) SELECT query FROM query

CREATE VIEW query(query) AS SELECT 1

SAVEPOINT raise

UPDATE range SET range = range + 1 WHERE range.range = 2

SELECT sum(a) OVER range FROM t1 WINDOW range AS (ORDER BY b)

DELETE FROM recursive AS recursive WHERE recursive

SELECT 1 FROM t1 AS recursive JOIN t2 AS y USING (a)

CREATE INDEX regexp ON t1(a COLLATE nocase)

ALTER TABLE t1 ADD COLUMN regexp

CREATE VIEW reindex(reindex) AS SELECT 1

CREATE TRIGGER reindex AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS reindex; END

SAVEPOINT release

PRAGMA table_info(release)

SELECT sum(a) OVER rename FROM t1 WINDOW rename AS (ORDER BY b)

DROP TABLE IF EXISTS rename

SELECT 1 FROM t1 AS replace JOIN t2 AS y USING (a)

SELECT replace IS NULL, -replace, replace + replace, (replace) FROM (SELECT 1 AS replace)

ALTER TABLE t1 ADD COLUMN restrict

WITH restrict(restrict) AS (SELECT 1) SELECT restrict FROM restrict

CREATE TRIGGER rollback AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS rollback; END

INSERT INTO rollback(rollback) VALUES (1) ON CONFLICT DO UPDATE SET rollback = excluded.rollback RETURNING rollback

PRAGMA table_info(row)

UPDATE row SET row = row + 1 WHERE row.row = 2

DROP TABLE IF EXISTS rows

DELETE FROM rows AS rows WHERE rows

SELECT savepoint IS NULL, -savepoint, savepoint + savepoint, (savepoint) FROM (SELECT 1 AS savepoint)

CREATE INDEX savepoint ON t1(a COLLATE nocase)

WITH temp(temp) AS (SELECT 1) SELECT temp FROM temp

CREATE VIEW temp(temp) AS SELECT 1

INSERT INTO temporary(temporary) VALUES (1) ON CONFLICT DO UPDATE SET temporary = excluded.temporary RETURNING temporary

SAVEPOINT temporary

UPDATE ties SET ties = ties + 1 WHERE ties.ties = 2

SELECT sum(a) OVER ties FROM t1 WINDOW ties AS (ORDER BY b)

DELETE FROM trigger AS trigger WHERE trigger

SELECT 1 FROM t1 AS trigger JOIN t2 AS y USING (a)

CREATE INDEX unbounded ON t1(a COLLATE nocase)

ALTER TABLE t1 ADD COLUMN unbounded

CREATE VIEW vacuum(vacuum) AS SELECT 1

CREATE TRIGGER vacuum AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS vacuum; END

SAVEPOINT view

PRAGMA table_info(view)

SELECT sum(a) OVER virtual FROM t1 WINDOW virtual AS (ORDER BY b)

DROP TABLE IF EXISTS virtual

SELECT 1 FROM t1 AS window JOIN t2 AS y USING (a)

SELECT window IS NULL, -window, window + window, (window) FROM (SELECT 1 AS window)

ALTER TABLE t1 ADD COLUMN with

WITH with(with) AS (SELECT 1) SELECT with FROM with

CREATE TRIGGER within AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS within; END

INSERT INTO within(within) VALUES (1) ON CONFLICT DO UPDATE SET within = excluded.within RETURNING within

PRAGMA table_info(without)

UPDATE without SET without = without + 1 WHERE without.without = 2

DROP TABLE IF EXISTS cross

DELETE FROM cross AS cross WHERE cross

SELECT full IS NULL, -full, full + full, (full) FROM (SELECT 1 AS full)

CREATE INDEX full ON t1(a COLLATE nocase)

WITH indexed(indexed) AS (SELECT 1) SELECT indexed FROM indexed

CREATE VIEW indexed(indexed) AS SELECT 1

INSERT INTO inner(inner) VALUES (1) ON CONFLICT DO UPDATE SET inner = excluded.inner RETURNING inner

SAVEPOINT inner

UPDATE left SET left = left + 1 WHERE left.left = 2

SELECT sum(a) OVER left FROM t1 WINDOW left AS (ORDER BY b)

DELETE FROM natural AS natural WHERE natural

SELECT 1 FROM t1 AS natural JOIN t2 AS y USING (a)

CREATE INDEX outer ON t1(a COLLATE nocase)

ALTER TABLE t1 ADD COLUMN outer

CREATE VIEW right(right) AS SELECT 1

CREATE TRIGGER right AFTER UPDATE OF a ON t1 BEGIN SELECT new.a AS right; END

--# reserved words in quotes

SELECT "add", t."add" AS "add" FROM (SELECT 1 AS "add") AS t

SELECT [all], t.[all] AS [all] FROM (SELECT 1 AS [all]) AS t

SELECT `alter`, t.`alter` AS `alter` FROM (SELECT 1 AS `alter`) AS t

SELECT "and", t."and" AS "and" FROM (SELECT 1 AS "and") AS t

SELECT [as], t.[as] AS [as] FROM (SELECT 1 AS [as]) AS t

SELECT `autoincrement`, t.`autoincrement` AS `autoincrement` FROM (SELECT 1 AS `autoincrement`) AS t

SELECT "between", t."between" AS "between" FROM (SELECT 1 AS "between") AS t

SELECT [case], t.[case] AS [case] FROM (SELECT 1 AS [case]) AS t

SELECT `check`, t.`check` AS `check` FROM (SELECT 1 AS `check`) AS t

SELECT "collate", t."collate" AS "collate" FROM (SELECT 1 AS "collate") AS t

SELECT [commit], t.[commit] AS [commit] FROM (SELECT 1 AS [commit]) AS t

SELECT `constraint`, t.`constraint` AS `constraint` FROM (SELECT 1 AS `constraint`) AS t

SELECT "create", t."create" AS "create" FROM (SELECT 1 AS "create") AS t

SELECT [default], t.[default] AS [default] FROM (SELECT 1 AS [default]) AS t

SELECT `deferrable`, t.`deferrable` AS `deferrable` FROM (SELECT 1 AS `deferrable`) AS t

SELECT "delete", t."delete" AS "delete" FROM (SELECT 1 AS "delete") AS t

SELECT [distinct], t.[distinct] AS [distinct] FROM (SELECT 1 AS [distinct]) AS t

SELECT `drop`, t.`drop` AS `drop` FROM (SELECT 1 AS `drop`) AS t

SELECT "else", t."else" AS "else" FROM (SELECT 1 AS "else") AS t

SELECT [escape], t.[escape] AS [escape] FROM (SELECT 1 AS [escape]) AS t

SELECT `except`, t.`except` AS `except` FROM (SELECT 1 AS `except`) AS t

SELECT "exists", t."exists" AS "exists" FROM (SELECT 1 AS "exists") AS t

SELECT [foreign], t.[foreign] AS [foreign] FROM (SELECT 1 AS [foreign]) AS t

SELECT `from`, t.`from` AS `from` FROM (SELECT 1 AS `from`) AS t

SELECT "group", t."group" AS "group" FROM (SELECT 1 AS "group") AS t

SELECT [having], t.[having] AS [having] FROM (SELECT 1 AS [having]) AS t

SELECT `in`, t.`in` AS `in` FROM (SELECT 1 AS `in`) AS t

SELECT "index", t."index" AS "index" FROM (SELECT 1 AS "index") AS t

SELECT [insert], t.[insert] AS [insert] FROM (SELECT 1 AS [insert]) AS t

SELECT `intersect`, t.`intersect` AS `intersect` FROM (SELECT 1 AS `intersect`) AS t

SELECT "into", t."into" AS "into" FROM (SELECT 1 AS "into") AS t

SELECT [is], t.[is] AS [is] FROM (SELECT 1 AS [is]) AS t

SELECT `isnull`, t.`isnull` AS `isnull` FROM (SELECT 1 AS `isnull`) AS t

SELECT "join", t."join" AS "join" FROM (SELECT 1 AS "join") AS t

SELECT [limit], t.[limit] AS [limit] FROM (SELECT 1 AS [limit]) AS t

SELECT `not`, t.`not` AS `not` FROM (SELECT 1 AS `not`) AS t

SELECT "nothing", t."nothing" AS "nothing" FROM (SELECT 1 AS "nothing") AS t

SELECT [notnull], t.[notnull] AS [notnull] FROM (SELECT 1 AS [notnull]) AS t

SELECT `null`, t.`null` AS `null` FROM (SELECT 1 AS `null`) AS t

SELECT "on", t."on" AS "on" FROM (SELECT 1 AS "on") AS t

SELECT [or], t.[or] AS [or] FROM (SELECT 1 AS [or]) AS t

SELECT `order`, t.`order` AS `order` FROM (SELECT 1 AS `order`) AS t

SELECT "primary", t."primary" AS "primary" FROM (SELECT 1 AS "primary") AS t

SELECT [references], t.[references] AS [references] FROM (SELECT 1 AS [references]) AS t

SELECT `returning`, t.`returning` AS `returning` FROM (SELECT 1 AS `returning`) AS t

SELECT "select", t."select" AS "select" FROM (SELECT 1 AS "select") AS t

SELECT [set], t.[set] AS [set] FROM (SELECT 1 AS [set]) AS t

SELECT `table`, t.`table` AS `table` FROM (SELECT 1 AS `table`) AS t

SELECT "then", t."then" AS "then" FROM (SELECT 1 AS "then") AS t

SELECT [to], t.[to] AS [to] FROM (SELECT 1 AS [to]) AS t

SELECT `transaction`, t.`transaction` AS `transaction` FROM (SELECT 1 AS `transaction`) AS t

SELECT "union", t."union" AS "union" FROM (SELECT 1 AS "union") AS t

SELECT [unique], t.[unique] AS [unique] FROM (SELECT 1 AS [unique]) AS t

SELECT `update`, t.`update` AS `update` FROM (SELECT 1 AS `update`) AS t

SELECT "using", t."using" AS "using" FROM (SELECT 1 AS "using") AS t

SELECT [values], t.[values] AS [values] FROM (SELECT 1 AS [values]) AS t

SELECT `when`, t.`when` AS `when` FROM (SELECT 1 AS `when`) AS t

SELECT "where", t."where" AS "where" FROM (SELECT 1 AS "where") AS t
