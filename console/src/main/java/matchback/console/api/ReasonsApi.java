package matchback.console.api;

import java.util.List;
import matchback.model.Reason;

/// The closed list of reasons.
final class ReasonsApi {
    private ReasonsApi() {}

    static List<Operation> operations() {
        return List.of(
                Operation.get(
                                CatalogApi.ROOT + "reasons",
                                "listReasons",
                                "reference",
                                "All reasons a postback can be answered with",
                                _ -> reasons())
                        .answers(200, "ReasonList"));
    }

    private static Answer reasons() {
        var page = Json.object();
        var items = page.putArray("items");
        for (var reason : Reason.values()) {
            items.addObject()
                    .put("code", reason.code())
                    .put("decision", reason.isWarning() ? "warning" : reason.decision().word())
                    .put("httpStatus", reason.httpStatus())
                    .put("message", reason.message())
                    .put("advice", reason.advice());
        }
        page.putNull("next");
        return Answer.json(page);
    }
}
