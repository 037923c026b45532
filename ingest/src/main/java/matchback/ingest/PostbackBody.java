package matchback.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import matchback.model.Params;
import matchback.model.Params.Param;

/// The parameters in a postback's body: a form or a JSON object, by its content type, and by its
/// first character when the type says neither.
///
/// JSON is flattened: `{"a":{"b":1}}` gives `a.b`, each element of an array is one more parameter
/// of the array's name, null is left out, and numbers keep the digits they were written with.
sealed interface PostbackBody {

    /// @param isJson whether the body was JSON
    record Read(Params params, boolean isJson) implements PostbackBody {}

    /// @param detail what is wrong, without a full stop, quoting nothing of the body
    record Unreadable(String detail, boolean isJson) implements PostbackBody {}

    PostbackBody NONE = new Read(Params.EMPTY, false);

    /// Deepest nesting of JSON that is read.
    int DEPTH_MAX = 16;

    JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH_MAX)
                                    .maxNumberLength(100)
                                    .maxNameLength(1000)
                                    .build())
                    .build();

    static PostbackBody read(byte[] body, RequestHeaders headers, int parametersMax) {
        if (body.length == 0) {
            return NONE;
        }
        var encoding = headers.first("Content-Encoding").toLowerCase(Locale.ROOT);
        if (!encoding.isEmpty() && !encoding.equals("identity")) {
            return new Unreadable("the body is compressed; send it as it is", false);
        }
        var type = headers.first("Content-Type").toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/")) {
            return new Unreadable(
                    "the body is multipart; send a form (application/x-www-form-urlencoded) or"
                            + " JSON",
                    false);
        }
        boolean isForm = type.startsWith("application/x-www-form-urlencoded");
        return type.contains("json") || (!isForm && looksLikeJson(body))
                ? json(body, parametersMax)
                : new Read(Params.ofQuery(Target.ascii(body)), false);
    }

    private static boolean looksLikeJson(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '{' || b == '[';
            }
        }
        return false;
    }

    private static PostbackBody json(byte[] body, int parametersMax) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException _) {
            return new Unreadable("the JSON body is not well-formed UTF-8", true);
        }
        var params = new ArrayList<Param>();
        try (var in = JSON.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return new Unreadable("the JSON body is no object", true);
            }
            collect(in, "", params, parametersMax);
            if (in.nextToken() != null) {
                return new Unreadable("something follows the JSON object", true);
            }
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            return new Unreadable(
                    at == null
                            ? "the JSON body cannot be read"
                            : "the JSON body cannot be read at line "
                                    + at.getLineNr()
                                    + ", column "
                                    + at.getColumnNr(),
                    true);
        } catch (IOException e) {
            throw new UncheckedIOException("a text that cannot be read", e);
        }
        return new Read(new Params(params), true);
    }

    private static void collect(JsonParser in, String name, List<Param> params, int parametersMax)
            throws IOException {
        switch (in.currentToken()) {
            case START_OBJECT -> {
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    var field = in.currentName();
                    in.nextToken();
                    collect(in, name.isEmpty() ? field : name + '.' + field, params, parametersMax);
                }
            }
            case START_ARRAY -> {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    collect(in, name, params, parametersMax);
                }
            }
            case VALUE_NULL -> {
                // Says that there is no value: the same as leaving it out.
            }
            default -> {
                if (params.size() < parametersMax) {
                    var text = in.getText();
                    params.add(new Param(name, text, isIntact(name) && isIntact(text)));
                }
            }
        }
    }

    /// Escapes can write what is no text: NUL, and halves of characters.
    private static boolean isIntact(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
