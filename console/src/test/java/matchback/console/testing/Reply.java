package matchback.console.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/// What came back over HTTP.
public record Reply(HttpResponse<String> http) {
    private static final JsonMapper JSON = new JsonMapper();

    public int status() {
        return http.statusCode();
    }

    public String text() {
        return http.body();
    }

    /// A header, empty when it is not there.
    public String header(String name) {
        return http.headers().firstValue(name).orElse("");
    }

    public JsonNode json() {
        try {
            return JSON.readTree(http.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + http.body(), e);
        }
    }

    /// The fields a problem names, in order.
    public List<String> fields() {
        var fields = new ArrayList<String>();
        json().path("errors").forEach(error -> fields.add(error.path("field").asText()));
        return fields;
    }

    /// What a problem says about a field, empty when it says nothing.
    public String error(String field) {
        for (var error : json().path("errors")) {
            if (error.path("field").asText().equals(field)) {
                return error.path("message").asText();
            }
        }
        return "";
    }
}
