/** Enough for a page. */
const PAGE = 20;

/** Artists by a part of their name. `instr`, because a LIKE pattern may have 50 bytes at most. */
export async function searchArtists(DB: D1Database, search: string): Promise<unknown[]> {
  const { results } = await DB.prepare(
    `SELECT ArtistId, Name FROM Artist
      WHERE instr(lower(Name), lower(?)) > 0 ORDER BY Name LIMIT ?`,
  )
    .bind(search, PAGE)
    .all();
  return results;
}

/** An artist with their albums: two reads, one call. */
export async function albumsOf(DB: D1Database, artist: number): Promise<unknown> {
  const [artists, albums] = await DB.batch([
    DB.prepare("SELECT ArtistId, Name FROM Artist WHERE ArtistId = ?").bind(artist),
    DB.prepare("SELECT AlbumId, Title FROM Album WHERE ArtistId = ? ORDER BY Title").bind(artist),
  ]);
  return { artist: artists?.results[0] ?? null, albums: albums?.results ?? [] };
}

/** Tracks by a part of their name, with album and artist. */
export async function searchTracks(DB: D1Database, search: string): Promise<unknown[]> {
  const { results } = await DB.prepare(
    `SELECT t.TrackId, t.Name, a.Title AS album, r.Name AS artist, t.Milliseconds AS durationMs
       FROM Track AS t JOIN Album AS a USING (AlbumId) JOIN Artist AS r USING (ArtistId)
      WHERE instr(lower(t.Name), lower(?)) > 0 ORDER BY t.TrackId LIMIT ?`,
  )
    .bind(search, PAGE)
    .all();
  return results;
}
