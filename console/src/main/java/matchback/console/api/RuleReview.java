package matchback.console.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import matchback.console.ConsoleContext;
import matchback.console.api.BulkReview.Filter;
import matchback.console.api.Reviews.Result;
import matchback.console.api.Reviews.Word;
import matchback.ledger.Correction;
import matchback.ledger.Verdict;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.ReviewRule;
import matchback.model.catalog.Sender;
import matchback.report.Item.PostbackItem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides held postbacks that nobody has decided in time, as the rules of their senders say. Each
/// verdict is an event like a person's, by `rule:` and the sender's key.
///
/// Called from time to time, by one thread. What an approval leaves held, because something must be
/// known first, is tried again when the catalog has changed.
public final class RuleReview {
    private static final Logger LOG = LoggerFactory.getLogger(RuleReview.class);

    /// Postbacks looked at for one rule and run.
    private static final int LOOKED_AT_MAX = 5000;

    private static final int REMEMBERED_MAX = 20_000;

    private final ConsoleContext context;
    private final Reviews reviews;

    /// What stayed held, by the catalog version it was tried under.
    private final Map<RecordId, Long> stayed =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<RecordId, Long> eldest) {
                    return size() > REMEMBERED_MAX;
                }
            };

    public RuleReview(ConsoleContext context) {
        this.context = context;
        this.reviews = new Reviews(context);
    }

    /// Decides what is due.
    ///
    /// @return how many postbacks were decided
    public int run() {
        int decided = 0;
        for (var sender : context.ledger().catalog().all(Sender.class).values()) {
            for (var rule : sender.rulesOfReview()) {
                decided += run(sender, rule);
            }
        }
        return decided;
    }

    private int run(Sender sender, ReviewRule rule) {
        var until = context.clock().instant().minus(Duration.ofHours(rule.afterHours()));
        var values = new HashMap<String, String>();
        values.put("sender", sender.key());
        values.put("reason", rule.reason());
        values.put("to", until.toString());
        int decided = 0;
        int seen = 0;
        @Nullable String next = "";
        while (next != null && seen < LOOKED_AT_MAX) {
            if (!next.isEmpty()) {
                values.put("cursor", next);
            }
            if (!(BulkReview.filter(values) instanceof Filter.Valid filter)) {
                throw new IllegalStateException("a rule's own filter is none: " + values.keySet());
            }
            var page = context.reports().postbacks(filter.query());
            for (var item : page.items()) {
                decided += review(sender, rule, item) ? 1 : 0;
            }
            seen += page.items().size();
            next = page.next();
        }
        if (decided > 0) {
            LOG.info(
                    "held postbacks decided by rule sender={} reason={} verdict={} count={}",
                    sender.key(),
                    rule.reason(),
                    rule.approves() ? "approve" : "reject",
                    decided);
        }
        return decided;
    }

    private boolean review(Sender sender, ReviewRule rule, PostbackItem item) {
        long version = context.ledger().catalog().version();
        Long tried = stayed.get(item.recordId());
        if (tried != null && tried == version) {
            return false;
        }
        var subject =
                item.clickId().isEmpty()
                        ? Subject.record(item.recordId())
                        : new Subject(item.clickId());
        var word =
                new Word(
                        rule.approves() ? Verdict.APPROVE : Verdict.REJECT,
                        Correction.NONE,
                        "rule:" + sender.key(),
                        "held as " + rule.reason() + " for " + rule.afterHours() + " hours");
        return switch (reviews.review(subject, item.recordId(), word)) {
            case Result.Decided _ -> {
                stayed.remove(item.recordId());
                yield true;
            }
            case Result.StillHeld _ -> {
                stayed.put(item.recordId(), version);
                yield false;
            }
            // Columns follow the ledger a moment later.
            case Result.NotHeld _, Result.Missing() -> false;
        };
    }
}
