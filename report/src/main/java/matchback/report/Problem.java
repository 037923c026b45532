package matchback.report;

/// What is wrong with a parameter of a question.
///
/// @param parameter its name
/// @param message what was found and what was expected
public record Problem(String parameter, String message) {}
