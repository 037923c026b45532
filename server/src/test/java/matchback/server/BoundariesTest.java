package matchback.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The arrows between modules, and what stays where. Maven holds the first half already; this holds
/// it also where a library came in by another's hand.
class BoundariesTest {
    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(place ->
                            !place.contains("test-classes") && !place.contains("-tests.jar"))
                    .importPackages("matchback");

    /// All that the server is made of; the client runs in other people's processes.
    private static final JavaClasses SERVERS =
            OURS.that(DescribedPredicate.not(resideInAPackage("matchback.client..")));

    /// Who may see whom, besides itself.
    private static final Map<String, List<String>> SEES =
            Map.of(
                    "simulation", List.of(),
                    "model", List.of(),
                    "ledger", List.of("model"),
                    "attribute", List.of("model", "ledger"),
                    "ingest", List.of("model", "ledger"),
                    "deliver", List.of("model", "ledger"),
                    "report", List.of("model", "ledger"),
                    "validate", List.of("model", "ledger"),
                    "store", List.of("model", "ledger", "report"),
                    "console", List.of("model", "ledger", "report"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulation",
                "model",
                "ledger",
                "attribute",
                "ingest",
                "deliver",
                "report",
                "validate",
                "store",
                "console"
            })
    void a_module_sees_only_what_the_design_allows(String module) {
        var hidden = new ArrayList<>(SEES.keySet());
        hidden.remove(module);
        hidden.removeAll(SEES.getOrDefault(module, List.of()));
        hidden.add("server");
        var packages =
                hidden.stream().map(name -> "matchback." + name + "..").toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("matchback." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(SERVERS);
    }

    @Test
    void the_client_is_no_part_of_the_server_and_sees_nothing_of_it() {
        noClasses()
                .that()
                .resideOutsideOfPackage("matchback.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("matchback.client..")
                .check(OURS);
        classes()
                .that()
                .resideInAPackage("matchback.client..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "matchback.client..",
                        "java..",
                        "javax..",
                        "jakarta.servlet..",
                        "org.jspecify..")
                .check(OURS);
    }

    @Test
    void the_model_needs_nothing_but_the_base() {
        classes()
                .that()
                .resideInAPackage("matchback.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "matchback.model..",
                        "java.lang..",
                        "java.io..",
                        "java.math..",
                        "java.net..",
                        "java.nio..",
                        "java.security..",
                        "java.text..",
                        "java.time..",
                        "java.util..",
                        "javax.crypto..",
                        "org.jspecify..")
                .check(SERVERS);
    }

    @Test
    void the_rules_know_no_engine_no_network_and_no_file() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "matchback.attribute..", "matchback.model..", "matchback.ledger..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..",
                        "io.netty..",
                        "java.net.http..",
                        "java.nio.file..",
                        "java.sql..",
                        "org.rocksdb..",
                        "org.duckdb..")
                .check(SERVERS);
    }

    @Test
    void only_the_store_sees_a_driver() {
        noClasses()
                .that()
                .resideOutsideOfPackage("matchback.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.rocksdb..", "org.duckdb..")
                .check(SERVERS);
    }

    @Test
    void only_the_server_reads_the_environment() {
        noClasses()
                .that()
                .resideOutsideOfPackages("matchback.server..", "matchback.bench..")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(SERVERS);
    }

    @Test
    void no_stage_sends_http_but_deliver() {
        noClasses()
                .that()
                .resideOutsideOfPackages("matchback.deliver..", "matchback.server..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vertx.core.http.HttpClient")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(SERVERS);
    }

    @Test
    void modules_have_no_cycles() {
        slices().matching("matchback.(*)..").should().beFreeOfCycles().check(SERVERS);
    }
}
