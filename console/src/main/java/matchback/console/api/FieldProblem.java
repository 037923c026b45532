package matchback.console.api;

/// What is wrong with one field of a request.
///
/// @param field its path, for example `offers[1].weight`
/// @param message one sentence: what was found and what was expected
public record FieldProblem(String field, String message) {}
