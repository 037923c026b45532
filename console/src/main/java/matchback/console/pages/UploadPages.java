package matchback.console.pages;

import io.vertx.ext.web.FileUpload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import matchback.console.csv.Columns;
import matchback.console.csv.CsvFile;
import matchback.console.csv.CsvFile.Unreadable;
import matchback.console.csv.Tally;
import matchback.console.csv.Tally.Sample;
import matchback.console.csv.Upload;
import matchback.console.csv.Upload.Phase;
import matchback.console.csv.Uploads;
import matchback.console.csv.Uploads.Wish;
import matchback.model.Field;
import matchback.model.Money;
import matchback.model.catalog.Sender;

/// Files with conversions: handed in, looked at, taken.
final class UploadPages {
    private static final String PATH = "/upload";
    private static final String FILE = "file";
    private static final String SENDER = "sender";
    private static final String AGAIN = "again";
    private static final int EXAMPLE_CHARS_MAX = 40;

    private final Uploads uploads;

    UploadPages(Uploads uploads) {
        this.uploads = uploads;
    }

    void show(Visit visit) {
        show(visit, 200, "");
    }

    private void show(Visit visit, int status, String problem) {
        var texts = visit.texts();
        var senders = new ArrayList<Option>();
        senders.add(Option.of("", texts.of("upload.any_sender")));
        senders.addAll(Options.inUse(visit, Sender.class));
        List<FormField> fields =
                List.of(
                        new FormField.Choice(
                                SENDER,
                                texts.of("word.sender"),
                                visit.form(SENDER),
                                senders,
                                texts.of("upload.sender.hint"),
                                ""),
                        new FormField.Check(
                                AGAIN,
                                texts.of("upload.again"),
                                !visit.form(AGAIN).isEmpty(),
                                texts.of("upload.again.hint")));
        visit.show(
                status,
                visit.site()
                        .templates()
                        .uploads(
                                new UploadsPage(
                                        visit.frame(texts.of("nav.upload"), Section.UPLOAD),
                                        problem,
                                        fields,
                                        texts.of(
                                                "upload.limits",
                                                CsvFile.BYTES_MAX >> 20,
                                                visit.formats().count(CsvFile.ROWS_MAX)),
                                        uploads.all().stream()
                                                .map(file -> listed(visit, file))
                                                .toList())));
    }

    private static UploadsPage.File listed(Visit visit, Upload file) {
        var view = file.view();
        return new UploadsPage.File(
                file.fileName(),
                PATH + '/' + file.id(),
                visit.formats().when(file.receivedAt()),
                new Names(visit.catalog()).sender(file.sender()),
                phase(visit, view.phase()),
                visit.formats().count(view.tally().rows()));
    }

    private static String phase(Visit visit, Phase phase) {
        return visit.texts().of("upload.phase_" + phase.name().toLowerCase(java.util.Locale.ROOT));
    }

    void take(Visit visit) {
        var received = visit.ctx().fileUploads().stream().filter(f -> f.name().equals(FILE));
        var upload = received.findFirst();
        if (upload.isEmpty() || upload.get().size() == 0) {
            show(visit, 422, visit.texts().of("upload.no_file"));
            return;
        }
        var address = visit.ctx().request().remoteAddress();
        var agent = visit.ctx().request().getHeader("User-Agent");
        var wish =
                new Wish(
                        visit.form(SENDER),
                        address == null ? "" : address.hostAddress(),
                        agent == null ? "" : agent,
                        !visit.form(AGAIN).isEmpty());
        try {
            var taken = uploads.take(kept(upload.get()), name(upload.get()), wish);
            visit.goTo(PATH + '/' + taken.id());
        } catch (Unreadable e) {
            show(visit, 422, String.valueOf(e.getMessage()));
        }
    }

    /// The received file, under a name that is not removed at the end of the request.
    private static Path kept(FileUpload upload) {
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

    void one(Visit visit) {
        with(visit, (file, v) -> visit.show(visit.site().templates().upload(page(v, file))));
    }

    private void with(Visit visit, BiConsumer<Upload, Visit> then) {
        uploads.find(visit.pathParam("id"))
                .ifPresentOrElse(
                        file -> then.accept(file, visit),
                        () -> show(visit, 404, visit.texts().of("upload.forgotten")));
    }

    void columns(Visit visit) {
        with(
                visit,
                (file, v) -> {
                    var names = file.view().columns().names();
                    var fields =
                            IntStream.range(0, names.size())
                                    .mapToObj(i -> v.form("column-" + i))
                                    .map(key -> Field.ofKey(key).map(Field::key).orElse(""))
                                    .toList();
                    uploads.preview(file, new Columns(names, fields));
                    v.goTo(PATH + '/' + file.id());
                });
    }

    void apply(Visit visit) {
        with(
                visit,
                (file, v) -> {
                    uploads.apply(file);
                    v.goTo(PATH + '/' + file.id());
                });
    }

    void discard(Visit visit) {
        with(
                visit,
                (file, v) -> {
                    uploads.discard(file);
                    v.goTo(PATH);
                });
    }

    void result(Visit visit) {
        with(
                visit,
                (file, v) ->
                        uploads.result(file)
                                .ifPresentOrElse(
                                        path ->
                                                v.ctx()
                                                        .response()
                                                        .putHeader(
                                                                "Content-Type",
                                                                "text/csv; charset=utf-8")
                                                        .putHeader("Cache-Control", "no-store")
                                                        .putHeader(
                                                                "Content-Disposition",
                                                                "attachment; filename=\"result-"
                                                                        + file.id()
                                                                        + ".csv\"")
                                                        .sendFile(path.toString()),
                                        () -> new Errors(v.site()).notFound(v)));
    }

    private UploadPage page(Visit visit, Upload file) {
        var texts = visit.texts();
        var view = file.view();
        var tally = view.tally();
        boolean isUnderWay = view.phase().isUnderWay();
        boolean canApply =
                view.phase() == Phase.PREVIEWED
                        || (view.phase() == Phase.FAILED && view.isApplied());
        return new UploadPage(
                visit.frame(file.fileName(), Section.UPLOAD),
                file.fileName(),
                PATH + '/' + file.id(),
                phase(visit, view.phase()),
                view.problem(),
                isUnderWay,
                view.progress(),
                phase(visit, view.phase())
                        + (isUnderWay ? " " + view.progress() / 25 * 25 + " %" : ""),
                about(visit, file),
                view.isApplied() || isUnderWay ? List.of() : columns(file, view.columns()),
                Columns.FILLABLE.stream().map(f -> Option.of(f.key(), f.key())).toList(),
                figures(visit, tally),
                reasons(visit, tally),
                tally.samples().stream().map(sample -> row(visit, sample)).toList(),
                canApply && (view.isApplied() || tally.taken() > 0),
                view.isApplied()
                        ? texts.of("upload.go_on")
                        : texts.of("upload.apply", visit.formats().count(tally.taken())),
                uploads.result(file).isPresent() && !isUnderWay
                        ? PATH + '/' + file.id() + "/result.csv"
                        : "");
    }

    private static List<Detail> about(Visit visit, Upload file) {
        var texts = visit.texts();
        var about = new ArrayList<Detail>();
        about.add(
                Detail.plain(
                        texts.of("word.sender"),
                        file.sender().isEmpty()
                                ? texts.of("upload.any_sender")
                                : new Names(visit.catalog()).sender(file.sender())));
        about.add(
                Detail.plain(
                        texts.of("upload.received"),
                        visit.formats().when(file.receivedAt()).text()));
        if (file.isAgain()) {
            about.add(Detail.plain(texts.of("upload.again"), texts.of("upload.again_yes")));
        }
        return about;
    }

    private static List<UploadPage.Column> columns(Upload file, Columns columns) {
        return IntStream.range(0, columns.names().size())
                .mapToObj(i ->
                        new UploadPage.Column(
                                "column-" + i,
                                columns.names().get(i),
                                examples(file, i),
                                columns.fields().get(i)))
                .toList();
    }

    private static String examples(Upload file, int column) {
        return file.firstRows().stream()
                .filter(row -> row.size() > column && !row.get(column).isBlank())
                .map(row -> row.get(column).strip())
                .map(text ->
                        text.length() <= EXAMPLE_CHARS_MAX
                                ? text
                                : text.substring(0, EXAMPLE_CHARS_MAX) + "…")
                .distinct()
                .collect(java.util.stream.Collectors.joining(" · "));
    }

    private static List<UploadPage.Figure> figures(Visit visit, Tally tally) {
        var texts = visit.texts();
        var formats = visit.formats();
        var figures = new ArrayList<UploadPage.Figure>();
        figures.add(new UploadPage.Figure(texts.of("upload.rows"), formats.count(tally.rows())));
        figures.add(
                new UploadPage.Figure(texts.of("upload.before"), formats.count(tally.before())));
        figures.add(
                new UploadPage.Figure(texts.of("upload.unread"), formats.count(tally.unread())));
        tally.payouts()
                .forEach((currency, micros) ->
                        figures.add(
                                new UploadPage.Figure(
                                        texts.of("upload.payouts"),
                                        formats.cash(new Money(micros, currency)).text()
                                                + ' '
                                                + currency)));
        return figures;
    }

    private static List<UploadPage.Reason> reasons(Visit visit, Tally tally) {
        return tally.reasons().entrySet().stream()
                .sorted((one, other) -> Long.compare(other.getValue(), one.getValue()))
                .map(entry -> {
                    var reason = entry.getKey();
                    return new UploadPage.Reason(
                            reason.decision().word(),
                            visit.texts().of("word." + reason.decision().word()),
                            reason.code(),
                            visit.formats().count(entry.getValue()),
                            reason.message(),
                            reason.advice());
                })
                .toList();
    }

    private static UploadPage.Row row(Visit visit, Sample sample) {
        var line = visit.formats().count(sample.line());
        var outcome = sample.outcome();
        if (outcome == null) {
            return new UploadPage.Row(
                    line,
                    "refused",
                    visit.texts().of("upload.unread"),
                    "",
                    sample.trouble(),
                    "",
                    Cash.NONE,
                    false);
        }
        var decision = outcome.reason().decision().word();
        return new UploadPage.Row(
                line,
                decision,
                visit.texts().of("word." + decision),
                outcome.reason().code(),
                outcome.message(),
                outcome.clickId(),
                visit.formats().cash(outcome.payout()),
                sample.isBefore());
    }
}
