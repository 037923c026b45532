package matchback.client;

import java.util.List;

/// What would be sent for a conversion, without sending it.
///
/// @param problems each in one sentence; empty when it would be taken for sending
/// @param url as it would be called, the signature left out
/// @param body the form
public record Preview(List<String> problems, String url, String body) {
    public Preview {
        problems = List.copyOf(problems);
    }
}
