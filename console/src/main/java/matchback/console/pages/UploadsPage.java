package matchback.console.pages;

import java.util.List;

/// Where a file with conversions is handed in.
///
/// @param problem why the file before was not taken; empty for none
/// @param limits how large a file may be, in words
record UploadsPage(
        Frame frame, String problem, List<FormField> fields, String limits, List<File> files) {

    /// A file of before.
    record File(String name, String href, When at, String sender, String phase, String rows) {}
}
