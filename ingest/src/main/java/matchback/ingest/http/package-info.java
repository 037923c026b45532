/// The tracking listener: sockets and HTTP around the door.
///
/// [matchback.ingest.http.TrackingServer] runs one [matchback.ingest.http.TrackingLoop] on each
/// event loop. A loop takes requests, has the door turn them into events, hands those to the ledger
/// and answers when the ledger says that they are durable. Everything a loop owns is touched by its
/// own thread alone; nothing here blocks.
@NullMarked
package matchback.ingest.http;

import org.jspecify.annotations.NullMarked;
