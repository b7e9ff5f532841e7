import { openDatabase } from "./database.js";

/** A notebook in one database. */
export class Notes {
  #db;
  #insert;
  #tag;
  #get;
  #tagsOf;
  #search;

  constructor(name) {
    this.#db = openDatabase(name);
    this.#insert = this.#db.prepare(
      "INSERT INTO notes (title, body, created_at) VALUES (@title, @body, @createdAt)",
    );
    this.#tag = this.#db.prepare("INSERT OR IGNORE INTO tags (note_id, name) VALUES (?, ?)");
    this.#get = this.#db.prepare("SELECT * FROM notes WHERE id = ?");
    this.#tagsOf = this.#db
      .prepare("SELECT name FROM tags WHERE note_id = ? ORDER BY name")
      .pluck();
    this.#search = this.#db.prepare(
      `SELECT notes.id, notes.title, snippet(search, 1, '[', ']', '…', 8) AS part
       FROM search JOIN notes ON notes.id = search.rowid
       WHERE search MATCH ? ORDER BY rank, notes.id LIMIT ?`,
    );
  }

  /** Adds a note with its tags; its number. */
  add({ title, body = "", tags = [], createdAt = new Date().toISOString() }) {
    return this.#db.transaction(() => {
      const { lastInsertRowid } = this.#insert.run({ title, body, createdAt });
      for (const name of tags) this.#tag.run(lastInsertRowid, name);
      return lastInsertRowid;
    })();
  }

  /** Adds all of them or none. */
  addAll(list) {
    return this.#db.transaction(() => list.map((note) => this.add(note)))();
  }

  /** A note with its tags, or undefined. */
  get(id) {
    const note = this.#get.get(id);
    return note && { ...note, tags: this.#tagsOf.all(id) };
  }

  /** Whether there was such a note. */
  edit(id, { title = null, body = null }, editedAt = new Date().toISOString()) {
    const { changes } = this.#db
      .prepare(
        `UPDATE notes SET title = ifnull(?, title), body = ifnull(?, body), edited_at = ?
         WHERE id = ?`,
      )
      .run(title, body, editedAt, id);
    return changes === 1;
  }

  /** The title of what is gone now, or undefined. */
  remove(id) {
    return this.#db.prepare("DELETE FROM notes WHERE id = ? RETURNING title").pluck().get(id);
  }

  /** Notes that match a full-text query, the best first. */
  search(query, limit = 20) {
    return this.#search.all(query, limit);
  }

  /** How many notes each tag has. */
  tags() {
    const counts = this.#db.prepare("SELECT name, count(*) FROM tags GROUP BY name ORDER BY name");
    return new Map(counts.raw().all());
  }

  /** All notes, one after the other. */
  *[Symbol.iterator]() {
    for (const { id } of this.#db.prepare("SELECT id FROM notes ORDER BY id").iterate()) {
      yield this.get(id);
    }
  }

  /** Words in all notes, counted in SQL by functions of this program. */
  statistics() {
    this.#db.function("words", { deterministic: true }, (text) => text.match(/\p{L}+/gu)?.length);
    this.#db.aggregate("longest", {
      start: "",
      step: (found, next) => (next.length > found.length ? next : found),
    });
    const sql = "SELECT count(*) AS notes, total(words(body)) AS words, longest(title) AS longest";
    return this.#db.prepare(`${sql} FROM notes`).get();
  }

  /** Copies the database to a file while it is in use. */
  async backup(file, progress = () => undefined) {
    await this.#db.backup(file, {
      progress({ totalPages, remainingPages }) {
        progress(totalPages - remainingPages, totalPages);
        return 100;
      },
    });
  }

  clear() {
    this.#db.exec("DELETE FROM notes; DELETE FROM sqlite_sequence");
  }

  close() {
    this.#db.close();
  }
}
