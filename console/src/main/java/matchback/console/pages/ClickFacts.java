package matchback.console.pages;

import java.util.ArrayList;
import java.util.List;
import matchback.ledger.Snapshot;
import matchback.ledger.state.ClickState;
import matchback.model.Macros;
import matchback.model.Money;
import matchback.model.PlatformClickId;
import matchback.report.Dimension;

/// What is known of a click, line by line.
final class ClickFacts {
    private ClickFacts() {}

    static List<Detail> of(Visit visit, Snapshot snapshot, ClickState click) {
        var texts = visit.texts();
        var formats = visit.formats();
        var names = new Names(visit.catalog());
        var facts = new ArrayList<Detail>();
        if (!click.campaign().isEmpty()) {
            facts.add(
                    Detail.link(
                            texts.of("word.campaign"),
                            names.campaign(click.campaign()),
                            "/campaigns/" + click.campaign()));
        }
        add(facts, texts.of("word.source"), names.source(click.source()));
        add(facts, texts.of("word.offer"), names.offer(click.offer()));
        addCode(facts, texts.of("word.external_id"), click.externalId());
        add(facts, texts.of("word.creative"), click.creative());
        if (click.costMicros() >= 0) {
            var cost = formats.cash(new Money(click.costMicros(), visit.reportCurrency()));
            add(facts, texts.of("word.cost"), cost.text() + ' ' + cost.currency());
        }
        for (int i = 1; i <= Macros.SUBS; i++) {
            addCode(facts, "sub" + i, click.subs().getOrDefault("sub" + i, ""));
        }
        addTraits(facts, texts, click);
        if (click.test()) {
            facts.add(Detail.plain(texts.of("click.test"), texts.of("click.test_text")));
        }
        facts.add(
                Detail.plain(
                        texts.of("click.unique"),
                        texts.of(click.unique() ? "word.yes" : "word.no")));
        facts.add(
                Detail.plain(
                        texts.of("click.window_ends"),
                        formats.when(click.windowEndsAt()).text()
                                + " · "
                                + formats.age(click.windowEndsAt())));
        snapshot.personal(click.recordId())
                .ifPresent(person -> {
                    addCode(facts, texts.of("click.address"), person.address());
                    add(facts, texts.of("click.agent"), person.userAgent());
                    PlatformClickId.all(person.target())
                            .forEach(seen ->
                                    addCode(
                                            facts,
                                            texts.of(
                                                    "click.platform_id",
                                                    seen.kind().platform(),
                                                    seen.kind().parameter()),
                                            seen.value()));
                });
        return facts;
    }

    /// In the order of the report's dimensions, and by their names.
    private static void addTraits(List<Detail> facts, Texts texts, ClickState click) {
        for (var dimension : Dimension.values()) {
            add(
                    facts,
                    texts.orElse("dimension." + dimension.word(), dimension.word()),
                    click.traits().getOrDefault(dimension.word(), ""));
        }
        if (!click.bot().isEmpty()) {
            add(facts, texts.of("click.bot"), bot(texts, click.bot()));
        }
    }

    /// Why a click is taken for a bot's, in words.
    static String bot(Texts texts, String reason) {
        return texts.orElse("bot." + reason, reason);
    }

    private static void add(List<Detail> facts, String label, String value) {
        if (!value.isEmpty()) {
            facts.add(Detail.plain(label, value));
        }
    }

    private static void addCode(List<Detail> facts, String label, String value) {
        if (!value.isEmpty()) {
            facts.add(Detail.code(label, value));
        }
    }
}
