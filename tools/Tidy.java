import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// Checks what the compiler and the formatter do not: sizes, banned calls, reasons, dead links.
///
/// Runs as `java tools/Tidy.java` in the root of the checkout, on everything git tracks or would
/// track. Prints one line for each finding and exits with 1 when there is one.
final class Tidy {

    private static final int MAIN_LINES_MAX = 500;
    private static final int TEST_LINES_MAX = 800;
    private static final int METHOD_LINES_MAX = 60;
    private static final int PARAMETERS_MAX = 7;
    private static final int RECORD_COMPONENTS_MAX = 20;
    private static final int NESTING_MAX = 4;

    private static final String CLOCK = "take an InstantSource and ask it";
    private static final String CHANCE = "take a RandomGenerator";
    private static final String WAIT = "wait for the event, or schedule it";

    /// What must not be called, with what to do instead. A call is known by the last two names in
    /// it, so that it is also found fully qualified, as a method reference and as a static import.
    private static final Map<String, String> BANNED =
            Map.ofEntries(
                    Map.entry("Instant.now", CLOCK),
                    Map.entry("LocalDate.now", CLOCK),
                    Map.entry("LocalDateTime.now", CLOCK),
                    Map.entry("OffsetDateTime.now", CLOCK),
                    Map.entry("ZonedDateTime.now", CLOCK),
                    Map.entry("System.currentTimeMillis", CLOCK),
                    Map.entry("UUID.randomUUID", "take an IdSource"),
                    Map.entry("new Random", CHANCE),
                    Map.entry("ThreadLocalRandom.current", CHANCE),
                    Map.entry("Math.random", CHANCE),
                    Map.entry("Thread.sleep", WAIT),
                    Map.entry("NANOSECONDS.sleep", WAIT),
                    Map.entry("MICROSECONDS.sleep", WAIT),
                    Map.entry("MILLISECONDS.sleep", WAIT),
                    Map.entry("SECONDS.sleep", WAIT),
                    Map.entry("MINUTES.sleep", WAIT));

    /// Where the real clock and real chance live.
    private static final List<String> FREE = List.of("server/", "bench/", "tools/");

    private static final Set<String> TEXT =
            Set.of(
                    "java",
                    "md",
                    "xml",
                    "yml",
                    "yaml",
                    "jte",
                    "js",
                    "css",
                    "html",
                    "sql",
                    "json",
                    "properties",
                    "toml",
                    "sh",
                    "txt",
                    "conf",
                    "service",
                    "config",
                    "");

    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.:/~}-])/(?:work|root|home|Users)/[\\w.]");
    private static final Pattern OPEN_END = Pattern.compile("\\b(?:TODO|FIXME)\\b(?!.*#\\d)");
    private static final Pattern LINK =
            Pattern.compile(
                    "\\]\\(<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\)|^\\[[^\\]]+\\]:\\s+(\\S+)");
    private static final Pattern POINTER =
            Pattern.compile("`([\\w.-]+(?:/[\\w.-]+)+\\.(?:java|md|sql|jte|xml))`");
    private static final Pattern ELSEWHERE = Pattern.compile("^(?:[a-z][a-z0-9+.-]*:|#|//).*");

    private final TreeSet<Finding> findings = new TreeSet<>();

    private record Finding(String file, long line, String message) implements Comparable<Finding> {
        @Override
        public int compareTo(Finding other) {
            int byFile = file.compareTo(other.file);
            int byLine = byFile != 0 ? byFile : Long.compare(line, other.line);
            return byLine != 0 ? byLine : message.compareTo(other.message);
        }
    }

    static void main() throws IOException, InterruptedException {
        var tidy = new Tidy();
        var files = trackedFiles();
        for (Path file : files) {
            tidy.checkText(file);
        }
        tidy.checkJava(files.stream().filter(file -> extension(file).equals("java")).toList());
        for (var finding : tidy.findings) {
            System.out.printf("%s:%d: %s%n", finding.file, finding.line, finding.message);
        }
        System.out.printf("Tidy: %d files, %d findings%n", files.size(), tidy.findings.size());
        if (!tidy.findings.isEmpty()) {
            System.exit(1);
        }
    }

    /// Files that are new and not yet added count too, or they would be found only after the
    /// commit.
    private static List<Path> trackedFiles() throws IOException, InterruptedException {
        var git =
                new ProcessBuilder("git", "ls-files", "-z", "-co", "--exclude-standard")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (git.waitFor() != 0) {
            throw new IOException("git ls-files failed; Tidy runs in a git checkout");
        }
        return new TreeSet<>(List.of(names.split("\0")))
                .stream().map(Path::of).filter(Files::isRegularFile).toList();
    }

    private static String extension(Path file) {
        var name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 1 ? "" : name.substring(dot + 1);
    }

    private void checkText(Path file) throws IOException {
        if (!TEXT.contains(extension(file))) {
            return;
        }
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        var lines = text.lines().toList();
        var isMarkdown = extension(file).equals("md");
        for (int i = 0; i < lines.size(); i++) {
            if (MACHINE_PATH.matcher(lines.get(i)).find()) {
                report(file, i + 1, "absolute path of one machine");
            }
            if (!isMarkdown
                    && !file.endsWith("Tidy.java")
                    && OPEN_END.matcher(lines.get(i)).find()) {
                report(file, i + 1, "an open end without the number of its issue, like #12");
            }
        }
        if (isMarkdown) {
            checkLinks(file, lines);
        }
    }

    private void checkLinks(Path file, List<String> lines) {
        var isCode = false;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.strip().startsWith("```")) {
                isCode = !isCode;
            }
            if (isCode) {
                continue;
            }
            var links = LINK.matcher(line);
            while (links.find()) {
                checkLink(file, i + 1, links.group(1) == null ? links.group(2) : links.group(1));
            }
            var pointers = POINTER.matcher(line);
            while (pointers.find()) {
                checkPointer(file, i + 1, pointers.group(1));
            }
        }
    }

    private void checkLink(Path file, int line, String link) {
        if (ELSEWHERE.matcher(link).matches()) {
            return;
        }
        var target = link.replaceFirst("[#?].*", "").replace("%20", " ");
        var found =
                target.startsWith("/")
                        ? Path.of(target.substring(1))
                        : file.resolveSibling(target).normalize();
        if (!target.isEmpty() && !Files.exists(found.toString().isEmpty() ? Path.of(".") : found)) {
            report(file, line, "dead link: " + link);
        }
    }

    /// A path in backticks on the pages that lead through the code is a promise too.
    private void checkPointer(Path file, int line, String pointer) {
        var leads = Set.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md");
        if (leads.contains(file.toString()) && !Files.exists(Path.of(pointer))) {
            report(file, line, "points at nothing: " + pointer);
        }
    }

    private void checkJava(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        try (var manager =
                compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
            var sources = manager.getJavaFileObjectsFromPaths(files);
            var options = List.of("-proc:none");
            var task =
                    (JavacTask) compiler.getTask(null, manager, problems, options, null, sources);
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                var file = Path.of(unit.getSourceFile().getName());
                checkFileLength(file, unit);
                new Scanner(file, unit, positions).scan(unit, null);
            }
        }
        for (var problem : problems.getDiagnostics()) {
            if (problem.getKind() == Diagnostic.Kind.ERROR && problem.getSource() != null) {
                var file = Path.of(problem.getSource().getName());
                report(
                        file,
                        problem.getLineNumber(),
                        "cannot be parsed: " + problem.getMessage(null));
            }
        }
    }

    private void checkFileLength(Path file, CompilationUnitTree unit) throws IOException {
        long lines = unit.getSourceFile().getCharContent(true).toString().lines().count();
        int linesMax = file.toString().contains("src/test/") ? TEST_LINES_MAX : MAIN_LINES_MAX;
        if (lines > linesMax) {
            report(file, 1, "file of %d lines, at most %d".formatted(lines, linesMax));
        }
    }

    private void report(Path file, long line, String message) {
        findings.add(new Finding(file.toString().replace('\\', '/'), line, message));
    }

    /// Walks through one source file. Nothing is resolved, so names are compared as written.
    private final class Scanner extends TreePathScanner<Void, Void> {

        private final Path file;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> lines;
        private final boolean isFree;
        private int nesting;

        private Scanner(Path file, CompilationUnitTree unit, SourcePositions positions)
                throws IOException {
            this.file = file;
            this.unit = unit;
            this.positions = positions;
            this.lines = unit.getSourceFile().getCharContent(true).toString().lines().toList();
            this.isFree = FREE.stream().anyMatch(file.toString()::startsWith);
        }

        @Override
        public Void visitClass(ClassTree tree, Void unused) {
            if (tree.getKind() == Tree.Kind.RECORD) {
                var components = components(tree);
                if (components.size() > RECORD_COMPONENTS_MAX) {
                    note(
                            tree,
                            "record of %d components, at most %d"
                                    .formatted(components.size(), RECORD_COMPONENTS_MAX));
                }
            }
            return unnested(() -> super.visitClass(tree, unused));
        }

        /// A record has no other fields of its instances than its components.
        private static List<VariableTree> components(ClassTree record) {
            var components = new ArrayList<VariableTree>();
            for (var member : record.getMembers()) {
                if (member instanceof VariableTree field
                        && !field.getModifiers().getFlags().contains(Modifier.STATIC)) {
                    components.add(field);
                }
            }
            return components;
        }

        @Override
        public Void visitMethod(MethodTree tree, Void unused) {
            long length = endLine(tree) - line(tree) + 1;
            if (length > METHOD_LINES_MAX) {
                note(tree, "method of %d lines, at most %d".formatted(length, METHOD_LINES_MAX));
            }
            var isOfRecord =
                    getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD
                            && tree.getReturnType() == null;
            // The record's components are checked already, and its constructor repeats them.
            if (!isOfRecord && tree.getParameters().size() > PARAMETERS_MAX) {
                note(
                        tree,
                        "%d parameters, at most %d"
                                .formatted(tree.getParameters().size(), PARAMETERS_MAX));
            }
            return unnested(() -> super.visitMethod(tree, unused));
        }

        @Override
        public Void visitAnnotation(AnnotationTree tree, Void unused) {
            if (lastNames(tree.getAnnotationType()).endsWith("SuppressWarnings")) {
                int at = (int) line(tree) - 1;
                var above = at == 0 ? "" : lines.get(at - 1).strip();
                var end = lines.get((int) endLine(tree) - 1);
                if (!end.contains("//") && !above.startsWith("//") && !above.endsWith("*/")) {
                    note(tree, "@SuppressWarnings without a reason on this line or the one above");
                }
            }
            return super.visitAnnotation(tree, unused);
        }

        @Override
        public Void visitImport(ImportTree tree, Void unused) {
            if (tree.isStatic() && tree.getQualifiedIdentifier() instanceof ExpressionTree name) {
                ban(tree, lastNames(name));
            }
            // Not into the name: an import alone calls nothing.
            return null;
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
            ban(tree, lastNames(tree));
            return super.visitMemberSelect(tree, unused);
        }

        @Override
        public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
            var owner = lastName(tree.getQualifierExpression());
            ban(
                    tree,
                    tree.getMode() == MemberReferenceTree.ReferenceMode.NEW
                            ? "new " + owner
                            : owner + "." + tree.getName());
            return super.visitMemberReference(tree, unused);
        }

        @Override
        public Void visitNewClass(NewClassTree tree, Void unused) {
            ban(tree, "new " + lastName(tree.getIdentifier()));
            return super.visitNewClass(tree, unused);
        }

        private void ban(Tree tree, String name) {
            var instead = BANNED.get(name);
            if (instead != null && !isFree) {
                note(tree, "%s is banned here: %s".formatted(name, instead));
            }
        }

        private static String lastNames(Tree tree) {
            return tree instanceof MemberSelectTree select
                    ? lastName(select.getExpression()) + "." + select.getIdentifier()
                    : lastName(tree);
        }

        private static String lastName(Tree tree) {
            return switch (tree) {
                case IdentifierTree identifier -> identifier.getName().toString();
                case MemberSelectTree select -> select.getIdentifier().toString();
                default -> "";
            };
        }

        @Override
        public Void visitIf(IfTree tree, Void unused) {
            var isElseIf =
                    getCurrentPath().getParentPath().getLeaf() instanceof IfTree outer
                            && outer.getElseStatement() == tree;
            return isElseIf
                    ? super.visitIf(tree, unused)
                    : nested(tree, () -> super.visitIf(tree, unused));
        }

        @Override
        public Void visitForLoop(ForLoopTree tree, Void unused) {
            return nested(tree, () -> super.visitForLoop(tree, unused));
        }

        @Override
        public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void unused) {
            return nested(tree, () -> super.visitEnhancedForLoop(tree, unused));
        }

        @Override
        public Void visitWhileLoop(WhileLoopTree tree, Void unused) {
            return nested(tree, () -> super.visitWhileLoop(tree, unused));
        }

        @Override
        public Void visitDoWhileLoop(DoWhileLoopTree tree, Void unused) {
            return nested(tree, () -> super.visitDoWhileLoop(tree, unused));
        }

        @Override
        public Void visitTry(TryTree tree, Void unused) {
            return nested(tree, () -> super.visitTry(tree, unused));
        }

        @Override
        public Void visitSwitch(SwitchTree tree, Void unused) {
            return nested(tree, () -> super.visitSwitch(tree, unused));
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree tree, Void unused) {
            return nested(tree, () -> super.visitSwitchExpression(tree, unused));
        }

        @Override
        public Void visitSynchronized(SynchronizedTree tree, Void unused) {
            return nested(tree, () -> super.visitSynchronized(tree, unused));
        }

        private Void nested(Tree tree, Runnable visit) {
            nesting++;
            if (nesting == NESTING_MAX + 1) {
                note(tree, "nested more than %d deep".formatted(NESTING_MAX));
            }
            visit.run();
            nesting--;
            return null;
        }

        private Void unnested(Runnable visit) {
            int outer = nesting;
            nesting = 0;
            visit.run();
            nesting = outer;
            return null;
        }

        private long line(Tree tree) {
            return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
        }

        private long endLine(Tree tree) {
            long end = positions.getEndPosition(unit, tree);
            return end < 0 ? line(tree) : unit.getLineMap().getLineNumber(end);
        }

        private void note(Tree tree, String message) {
            report(file, line(tree), message);
        }
    }
}
