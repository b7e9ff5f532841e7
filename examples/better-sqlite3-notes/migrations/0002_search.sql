CREATE VIRTUAL TABLE search USING fts5 (title, body, content = 'notes', content_rowid = 'id');

INSERT INTO search (search) VALUES ('rebuild');

CREATE TRIGGER notes_inserted AFTER INSERT ON notes BEGIN
  INSERT INTO search (rowid, title, body) VALUES (new.id, new.title, new.body);
END;

CREATE TRIGGER notes_deleted AFTER DELETE ON notes BEGIN
  INSERT INTO search (search, rowid, title, body)
  VALUES ('delete', old.id, old.title, old.body);
END;

CREATE TRIGGER notes_updated AFTER UPDATE OF title, body ON notes BEGIN
  INSERT INTO search (search, rowid, title, body)
  VALUES ('delete', old.id, old.title, old.body);
  INSERT INTO search (rowid, title, body) VALUES (new.id, new.title, new.body);
END;
