/** Writes a line into the database. */
export async function note(DB: D1Database, place: string): Promise<void> {
  await DB.batch([
    DB.prepare("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, place TEXT NOT NULL)"),
    DB.prepare("INSERT INTO notes (place) VALUES (?)").bind(place),
  ]);
}

/** All lines. */
export async function notes(DB: D1Database): Promise<unknown> {
  return (await DB.prepare("SELECT id, place FROM notes ORDER BY id").all()).results;
}
