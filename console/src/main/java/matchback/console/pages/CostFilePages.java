package matchback.console.pages;

import io.vertx.ext.web.FileUpload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import matchback.console.ConsoleConfig;
import matchback.console.cost.CostFile.Given;
import matchback.console.cost.CostFiles;
import matchback.console.cost.CostFiles.Kept;
import matchback.console.cost.CostTally;
import matchback.console.cost.CostTally.Fate;
import matchback.console.csv.CsvFile.Unreadable;

/// Files with costs: handed in, looked at, stated.
final class CostFilePages {
    static final String ZONE = "fileTz";
    static final String CURRENCY = "fileCurrency";
    static final String MODE = "fileMode";
    private static final String FILE = "file";

    private final CostFiles files;
    private final Costs costs;

    CostFilePages(CostFiles files, Costs costs) {
        this.files = files;
        this.costs = costs;
    }

    void take(Visit visit) {
        var received =
                visit.ctx().fileUploads().stream()
                        .filter(f -> f.name().equals(FILE) && f.size() > 0)
                        .findFirst();
        if (received.isEmpty()) {
            costs.show(visit, 422, List.of(), visit.texts().of("upload.no_file"));
            return;
        }
        var given =
                new Given(
                        Visit.zone(visit.form(ZONE), visit.formats().zone()),
                        visit.form(CURRENCY),
                        visit.form(MODE),
                        "",
                        visit.by());
        try {
            var kept = files.take(moved(received.get()), name(received.get()), given);
            visit.goTo(path(kept));
        } catch (Unreadable e) {
            costs.show(visit, 422, List.of(), String.valueOf(e.getMessage()));
        }
    }

    private static String path(Kept kept) {
        return ConsoleConfig.COSTS_FILE_PAGE + '/' + kept.id();
    }

    /// The received file, under a name that is not removed at the end of the request.
    private static Path moved(FileUpload upload) {
        var arrived = Path.of(upload.uploadedFileName());
        try {
            return Files.move(
                    arrived,
                    arrived.resolveSibling(arrived.getFileName() + ".csv"),
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(FileUpload upload) {
        var name = upload.fileName() == null ? "" : upload.fileName().strip();
        return name.isEmpty() ? "file" : name.length() <= 100 ? name : name.substring(0, 100);
    }

    void show(Visit visit) {
        with(visit, (kept, v) -> v.show(v.site().templates().costfile(page(v, kept))));
    }

    private void with(Visit visit, BiConsumer<Kept, Visit> then) {
        files.find(visit.pathParam("id"))
                .ifPresentOrElse(
                        kept -> then.accept(kept, visit),
                        () ->
                                costs.show(
                                        visit,
                                        404,
                                        List.of(),
                                        visit.texts().of("costs.file_forgotten")));
    }

    void state(Visit visit) {
        with(
                visit,
                (kept, v) -> {
                    try {
                        files.state(kept);
                        v.goTo(path(kept));
                    } catch (CompletionException _) {
                        costs.show(v, 503, List.of(), v.texts().of("costs.file_not_stored"));
                    }
                });
    }

    void discard(Visit visit) {
        with(
                visit,
                (kept, v) -> {
                    files.discard(kept);
                    v.goTo(Section.COSTS.path());
                });
    }

    void result(Visit visit) {
        with(
                visit,
                (kept, v) ->
                        v.ctx()
                                .response()
                                .putHeader("Content-Type", "text/csv; charset=utf-8")
                                .putHeader("Cache-Control", "no-store")
                                .putHeader(
                                        "Content-Disposition",
                                        "attachment; filename=\"costs-result.csv\"")
                                .sendFile(kept.result().toString()));
    }

    private static CostFilePage page(Visit visit, Kept kept) {
        var texts = visit.texts();
        var tally = kept.tally();
        return new CostFilePage(
                visit.frame(kept.name(), Section.COSTS),
                kept.name(),
                path(kept),
                texts.of(kept.isStated() ? "costs.file_stated" : "costs.file_preview"),
                kept.isStated(),
                figures(visit, tally),
                String.join(", ", tally.unread()),
                tally.samples().stream()
                        .map(sample ->
                                new CostFilePage.Row(
                                        visit.formats().count(sample.line()),
                                        tone(sample.fate()),
                                        texts.of(
                                                "costs.fate_"
                                                        + sample.fate()
                                                                .name()
                                                                .toLowerCase(Locale.ROOT)),
                                        sample.slice(),
                                        sample.message()))
                        .toList(),
                kept.isStated() || tally.taken() == 0
                        ? ""
                        : texts.of("costs.file_state", visit.formats().count(tally.taken())));
    }

    private static String tone(Fate fate) {
        return switch (fate) {
            case STATED -> "counted";
            case REPLACED -> "updated";
            case KNOWN -> "duplicate";
            case REFUSED -> "refused";
        };
    }

    private static List<UploadPage.Figure> figures(Visit visit, CostTally tally) {
        var texts = visit.texts();
        var formats = visit.formats();
        var figures = new ArrayList<UploadPage.Figure>();
        figures.add(new UploadPage.Figure(texts.of("upload.rows"), formats.count(tally.rows())));
        figures.add(
                new UploadPage.Figure(
                        texts.of("costs.file_statements"), formats.count(tally.statements())));
        figures.add(
                new UploadPage.Figure(texts.of("costs.file_known"), formats.count(tally.known())));
        figures.add(
                new UploadPage.Figure(
                        texts.of("costs.file_replaced"), formats.count(tally.replaced())));
        figures.add(
                new UploadPage.Figure(
                        texts.of("costs.file_refused"), formats.count(tally.refused())));
        tally.amounts()
                .forEach((currency, micros) ->
                        figures.add(
                                new UploadPage.Figure(
                                        texts.of("costs.amount"),
                                        money(visit, micros) + ' ' + currency)));
        if (!tally.amounts().keySet().equals(java.util.Set.of(visit.reportCurrency()))) {
            figures.add(
                    new UploadPage.Figure(
                            texts.of("metric.cost"),
                            money(visit, tally.reportMicros()) + ' ' + visit.reportCurrency()));
        }
        return figures;
    }

    private static String money(Visit visit, long micros) {
        return visit.formats().plain(BigDecimal.valueOf(micros, 6));
    }
}
