#!/usr/bin/env node
import { parseArgs } from "node:util";
import { Notes } from "./notes.js";

const USAGE = `usage: notes add TITLE [BODY] [--tag NAME]...
       notes show ID | edit ID BODY | remove ID
       notes list | tags | statistics
       notes search QUERY
       notes backup FILE

The notes are in the database that NOTES_DATABASE names, else in notes.db.`;

const COMMANDS = {
  add: (notes, [title, body], { tag: tags }) => `added ${notes.add({ title, body, tags })}`,
  show(notes, [id]) {
    const note = notes.get(id);
    if (note === undefined) throw new Error(`there is no note ${id}`);
    const tags = note.tags.map((name) => ` #${name}`).join("");
    return `${note.title}${tags}\n${note.body}`;
  },
  edit(notes, [id, body]) {
    if (!notes.edit(id, { body })) throw new Error(`there is no note ${id}`);
    return `edited ${id}`;
  },
  remove: (notes, [id]) => `removed ${notes.remove(id) ?? "nothing"}`,
  list: (notes) => [...notes].map(({ id, title }) => `${id} ${title}`).join("\n"),
  tags: (notes) => [...notes.tags()].map(([name, count]) => `${name} ${count}`).join("\n"),
  search: (notes, [query]) =>
    notes
      .search(query)
      .map(({ id, title, part }) => `${id} ${title}: ${part}`)
      .join("\n"),
  statistics(notes) {
    const { notes: count, words, longest } = notes.statistics();
    return `${count} notes, ${words} words, the longest title is ${longest}`;
  },
  async backup(notes, [file]) {
    await notes.backup(file);
    return `copied to ${file}`;
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tag: { type: "string", multiple: true, default: [] } },
});
const [name, ...given] = positionals;
const command = Object.hasOwn(COMMANDS, String(name)) ? COMMANDS[name] : undefined;

if (command === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const notes = new Notes(process.env.NOTES_DATABASE ?? "notes.db");
  try {
    console.log(await command(notes, given, values));
  } catch (error) {
    console.error(`notes: ${error.message}`);
    process.exitCode = 1;
  } finally {
    notes.close();
  }
}
