package matchback.console.pages;

import java.util.List;

/// Who was told of one conversion, and why the others were not.
///
/// @param conversion what it is called
/// @param status word of its status
public record Told(String conversion, String status, List<Hearer> hearers) {

    /// One destination.
    ///
    /// @param told what it was told, in order; none when it was told nothing
    /// @param why it was told nothing; empty when it was told
    public record Hearer(String name, String href, List<Word> told, String why) {}

    /// One delivery.
    ///
    /// @param moment what it tells of
    /// @param state word of where it stands
    public record Word(String moment, String state, String href) {}
}
