/// Conversions that come as a file of comma-separated values.
///
/// A file lies on the disk from its arrival on; [matchback.console.csv.CsvFile] finds out how it is
/// written, [matchback.console.csv.Columns] what its columns mean, and [matchback.console.csv.Pass]
/// goes through it row by row: upon a sandbox for a preview, upon the ledger to take it. Memory
/// does not grow with the file, but for a few bytes a row that tell equal rows apart.
/// [matchback.console.csv.Uploads] keeps those of the console's page and runs them in the
/// background.
///
/// A row is known by what it says and not by where it stands: handed in again, in the same file or
/// in a longer one, it is the same record and changes nothing.
@NullMarked
package matchback.console.csv;

import org.jspecify.annotations.NullMarked;
