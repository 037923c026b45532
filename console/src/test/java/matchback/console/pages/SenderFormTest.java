package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import matchback.console.testing.FormSession;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.model.Feed;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.PayoutRule;
import matchback.model.catalog.ReviewRule;
import matchback.model.catalog.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The rules of a sender as the form takes and shows them.
final class SenderFormTest {
    private final TestingConsole console = new TestingConsole();
    private final FormSession session = new FormSession(console);

    @AfterEach
    void close() {
        console.close();
    }

    private Sender sender(String key) {
        return console.ledger.catalog().sender(key).orElseThrow();
    }

    @Test
    void a_partners_postback_urls_are_shown_once_whole_and_without_the_secret_afterwards() {
        var saved =
                session.post("/senders/new", "name", "AF", "template", "appsflyer", "path", "auto");

        var sender = console.ledger.catalog().sender("af").orElseThrow();
        assertThat(sender.reportsBy()).isEqualTo(Feed.MMP);
        assertThat(saved.text())
                .contains("Postback URL: Install", "Postback URL: Rejected in-app event")
                .containsPattern(
                        "/postback/af\\.[\\w-]+\\?clickid=\\(clickid\\)&amp;event=install");
        assertThat(session.get("/senders/af/edit").text())
                .contains("Postback URL: In-app event", "<option value=\"mmp\" selected>");
    }

    @Test
    void rules_for_payouts_and_duplicates_are_chosen_and_shown_again() {
        session.post(
                "/senders/new",
                "name",
                "Net",
                "payoutRule",
                "share_of_value",
                "payoutPercent",
                "12.5",
                "duplicateRule",
                "add_up");

        var form = session.get("/senders/net/edit").text();

        assertThat(sender("net").payoutRule())
                .isEqualTo(new PayoutRule(PayoutRule.Kind.SHARE_OF_VALUE, 12_500_000));
        assertThat(sender("net").duplicates()).isEqualTo(DuplicateRule.ADD_UP);
        assertThat(form)
                .contains("<option value=\"share_of_value\" selected>")
                .contains("<option value=\"add_up\" selected>")
                .contains("value=\"12.5\"");
        var etag = console.get("/api/v1/senders/net").header("ETag");
        var saved =
                session.post(
                        "/senders/net/edit",
                        "name",
                        "Net",
                        "etag",
                        etag,
                        "payoutRule",
                        "as_sent",
                        "duplicateRule",
                        "standard");
        assertThat(saved.status()).as(saved.text()).isEqualTo(303);
        assertThat(sender("net").payoutRule()).isNull();
        assertThat(sender("net").duplicateRule()).isNull();
    }

    @Test
    void a_rule_without_its_amount_is_marked_at_the_amount() {
        var answer =
                session.post("/senders/new", "name", "Net", "token", "none", "payoutRule", "fixed");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .contains("id=\"payoutAmount-error\"", "<option value=\"fixed\" selected>");
        assertThat(console.ledger.catalog().sender("net")).isEmpty();
    }

    @Test
    void a_template_brings_its_duplicate_rule_unless_another_is_chosen() {
        session.post(
                "/senders/new", "name", "One", "template", "redtrack", "duplicateRule", "standard");
        session.post(
                "/senders/new",
                "name",
                "Two",
                "template",
                "redtrack",
                "duplicateRule",
                "keep_first");

        assertThat(sender("one").duplicates()).isEqualTo(DuplicateRule.EVENT_ID);
        assertThat(sender("two").duplicates()).isEqualTo(DuplicateRule.KEEP_FIRST);
    }

    @Test
    void a_new_sender_gets_a_secret_url_that_is_shown_this_once() {
        var saved = session.post("/senders/new", "name", "Net", "path", "auto", "token", "none");
        var url =
                Pattern.compile(TestingConsole.PUBLIC_URL + "/postback/net\\.([0-9a-f]{32})\\?")
                        .matcher(saved.text());

        assertThat(saved.status()).isEqualTo(200);
        assertThat(url.find()).isTrue();
        var path = Objects.requireNonNull(sender("net").security().path());
        assertThat(path.keys().getFirst().fingerprint())
                .isEqualTo(console.fingerprints.ofPath(url.group(1)));
        for (var page : List.of("/senders", "/senders/net/edit")) {
            assertThat(session.get(page).text())
                    .doesNotContain(url.group(1))
                    .contains("/postback/net.{secret}");
        }
    }

    @Test
    void rules_for_held_postbacks_are_written_in_lines() {
        session.post(
                "/senders/new",
                "name",
                "Net",
                "reviewRules",
                "bot_click = reject after 3 days\namount_over_limit=approve after 1 hour");
        var wrong = session.post("/senders/new", "name", "Two", "reviewRules", "bot_click soon");

        assertThat(sender("net").rulesOfReview())
                .containsExactly(
                        new ReviewRule("bot_click", 72, false),
                        new ReviewRule("amount_over_limit", 1, true));
        assertThat(session.get("/senders/net/edit").text())
                .contains("bot_click = reject after 72 hours");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("id=\"reviewRules-error\"", "bot_click soon");
    }

    @Test
    void the_form_offers_a_secret_url_and_no_token_at_first() {
        var form = session.get("/senders/new").text();

        assertThat(form)
                .contains("<option value=\"auto\" selected>", "<option value=\"none\" selected>");
    }

    @Test
    void the_address_of_another_tracker_stays_as_its_networks_know_it() {
        session.post("/senders/new", "name", "Old", "template", "keitaro", "path", "auto");
        session.post("/senders/new", "name", "Net", "template", "everflow", "path", "auto");

        assertThat(sender("old").security().path()).isNull();
        assertThat(sender("net").security().path()).isNotNull();
    }

    @Test
    void a_secret_is_kept_changed_and_dropped_by_the_form() {
        session.post("/senders/new", "name", "Net", "path", "new");
        var first = sender("net").security().path();

        edit("keep");
        var kept = sender("net").security().path();
        var rotated = edit("rotate");
        var both = Objects.requireNonNull(sender("net").security().path());
        edit("none");

        assertThat(kept).isEqualTo(first);
        assertThat(rotated.text()).contains("/postback/net.");
        assertThat(both.keys()).hasSize(2);
        assertThat(both.keys().getFirst().until()).isNotNull();
        assertThat(sender("net").security().path()).isNull();
    }

    private Reply edit(String path) {
        var etag = console.get("/api/v1/senders/net").header("ETag");
        return session.post("/senders/net/edit", "name", "Net", "etag", etag, "path", path);
    }
}
