package matchback.client;

import java.util.List;

/// What would be sent for a conversion, without sending it. Its text is for a person to read.
///
/// @param problems each in one sentence; empty when it would be taken for sending
/// @param hints what would be sent all the same, and is odd
/// @param url as it would be called, the signature left out
/// @param body the form
public record Preview(List<String> problems, List<String> hints, String url, String body) {
    public Preview {
        problems = List.copyOf(problems);
        hints = List.copyOf(hints);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("POST ").append(url).append("\n\n");
        text.append(body.replace("&", "\n  &")).append("\n\n");
        problems.forEach(problem -> text.append("problem: ").append(problem).append('\n'));
        hints.forEach(hint -> text.append("hint: ").append(hint).append('\n'));
        return text.append(problems.isEmpty() ? "would be sent" : "would not be taken").toString();
    }
}
