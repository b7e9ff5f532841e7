/** What `GET /` answers. */
export const HELP = `A Worker over DoSQL, through the D1 API.

  POST /import                 runs the SQL script in the body, all of it or nothing
                               (Authorization: Bearer <the variable IMPORT_TOKEN>)
  GET  /tables                 every table with its number of rows
  GET  /dump/:table            all rows of a table, in the order of their keys
  GET  /artists?search=        artists by a part of their name (Chinook)
  GET  /artists/:id/albums     an artist with their albums (Chinook)
  GET  /tracks?search=         tracks with album and artist (Chinook)

Try it with the Chinook sample database:

  npx wrangler dev --var IMPORT_TOKEN:secret
  curl -H 'authorization: Bearer secret' --data-binary @Chinook_Sqlite.sql localhost:8787/import
  curl 'localhost:8787/artists?search=deep'
`;
