package matchback.deliver.postback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import matchback.deliver.platform.Json;

/// A request that is ready to go, with the words by which its answer is read.
///
/// @param contentType empty without a body
/// @param taken texts of which one must stand in the answer; none: the status alone tells
/// @param known texts that say it was there already
/// @param refused texts that say it will never be taken
record Call(
        String method,
        String url,
        String contentType,
        String body,
        List<String> taken,
        List<String> known,
        List<String> refused) {

    /// The words for one meaning, as the operator wrote them: separated by bars.
    static List<String> words(String setting) {
        return Stream.of(setting.split("\\|", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /// A parcel's content.
    String written() {
        var json =
                Json.object()
                        .put("method", method)
                        .put("url", url)
                        .put("contentType", contentType)
                        .put("body", body);
        taken.forEach(json.putArray("taken")::add);
        known.forEach(json.putArray("known")::add);
        refused.forEach(json.putArray("refused")::add);
        return Json.text(json);
    }

    static Call read(String content) {
        var json = Json.lenient(content);
        return new Call(
                json.path("method").asText(),
                json.path("url").asText(),
                json.path("contentType").asText(),
                json.path("body").asText(),
                texts(json.path("taken")),
                texts(json.path("known")),
                texts(json.path("refused")));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }
}
