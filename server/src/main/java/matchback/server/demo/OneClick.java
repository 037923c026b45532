package matchback.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.util.random.RandomGenerator;

/// What happens to one click, told step by step with requests that can be repeated.
final class OneClick {
    private static final long TOLD_WITHIN_NANOS = 10_000_000_000L;

    private final ApiClient api;
    private final String tracking;
    private final PrintStream out;

    OneClick(ApiClient api, String tracking, PrintStream out) {
        this.api = api;
        this.tracking = tracking;
        this.out = out;
    }

    /// @return the click's id
    String tell(RandomGenerator random) {
        out.println("What happens to one click\n");
        var visit = loan(random);
        step("1. A visitor clicks an ad. The click is on the disk before the redirect goes out.");
        curl("-i", visit.target());
        var redirect = visit.send(api);
        answer(redirect);
        var clickId = Visit.clickId(redirect);
        out.println("     the click id is " + clickId + "\n");

        step("2. The network reports a lead: a conversion, but nothing to celebrate yet.");
        postback("clickid=" + clickId + "&txid=L-1001&payout=32.00&status=lead");
        step(
                "3. The advertiser approves it. Now the traffic source and the destinations are told.");
        postback("clickid=" + clickId + "&txid=L-1001&status=approved");
        step("4. The network sends it once more, as networks do. It counts once.");
        postback("clickid=" + clickId + "&txid=L-1001&status=approved");
        step("5. Somebody forgot to fill a macro. The answer says so.");
        postback("clickid=%7Bclick_id%7D&txid=L-1002&payout=32.00");
        step("6. Somebody invents a click id. One changed character is enough to notice.");
        postback("clickid=" + changed(clickId) + "&txid=L-1003&payout=32.00");
        step("7. What the traffic source got, with its own click id in it, and who else was told:");
        deliveries(clickId);
        return clickId;
    }

    private static Visit loan(RandomGenerator random) {
        var visit = Visit.any(random);
        while (!visit.campaign().key().equals("loan-native")) {
            visit = Visit.any(random);
        }
        return visit;
    }

    private void step(String what) {
        out.println("  " + what);
    }

    private void curl(String flags, String target) {
        out.printf("     $ curl %s '%s%s'%n", flags, tracking, target);
    }

    private void answer(HttpResponse<String> answer) {
        out.println("     HTTP " + answer.statusCode());
        answer.headers()
                .firstValue("Location")
                .ifPresent(location -> out.println("     Location: " + location));
    }

    private void postback(String query) {
        curl("-H 'Accept: application/json'", "/postback?" + query);
        var answer = api.postback("/postback?" + query);
        out.printf(
                "     %s: %s%n     %s%n",
                answer.path("decision").asText(),
                answer.path("reason").asText(),
                answer.path("message").asText());
        if (answer.has("status") && !answer.path("payout").path("amount").asText().isEmpty()) {
            out.printf(
                    "     status %s, payout %s %s%n",
                    answer.path("status").asText(),
                    answer.path("payout").path("amount").asText(),
                    answer.path("payout").path("currency").asText());
        }
        out.println();
    }

    private static String changed(String clickId) {
        char last = clickId.charAt(clickId.length() - 1);
        return clickId.substring(0, clickId.length() - 1) + (last == '7' ? '8' : '7');
    }

    private void deliveries(String clickId) {
        long deadline = System.nanoTime() + TOLD_WITHIN_NANOS;
        var deliveries = api.read("/api/v1/clicks/" + clickId).path("deliveries");
        while (!areTold(deliveries) && System.nanoTime() < deadline) {
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            deliveries = api.read("/api/v1/clicks/" + clickId).path("deliveries");
        }
        for (var delivery : deliveries) {
            var to = delivery.path("destination").asText();
            var method = to.startsWith("source:") ? "GET" : "POST";
            for (var attempt : delivery.path("attempts")) {
                out.printf(
                        "     %-15s %s %s%n     %-15s answered %s%n",
                        to,
                        method,
                        attempt.path("url").asText(),
                        "",
                        attempt.path("httpStatus").asText());
            }
        }
        out.println();
    }

    private static boolean areTold(JsonNode deliveries) {
        return !deliveries.isEmpty()
                && deliveries.findValues("attempts").stream().noneMatch(JsonNode::isEmpty);
    }
}
