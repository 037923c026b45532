package matchback.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What a shop must have to run the client.
class ShapeTest {
    private static final int JAVA_17 = 61;

    private static Path classes() throws Exception {
        return Path.of(Matchback.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void every_class_runs_on_java_17() throws Exception {
        // given
        var versions = new ArrayList<Integer>();

        // when
        try (var files = Files.walk(classes())) {
            for (var file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                versions.add(version(file));
            }
        }

        // then
        assertThat(versions).hasSizeGreaterThan(15).containsOnly(JAVA_17);
    }

    private static int version(Path file) throws IOException {
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }

    @Test
    void it_needs_nothing_but_the_jdk() throws Exception {
        // given: the compiler holds the one, Maven the other
        var module = Files.readString(Path.of("src/main/java/module-info.java"));
        var pom = Files.readString(Path.of("pom.xml"));

        // when
        var needs =
                Pattern.compile("requires (?!static)(.*);")
                        .matcher(module)
                        .results()
                        .map(r -> r.group(1))
                        .toList();
        var scopes =
                Pattern.compile("<dependency>.*?</dependency>", Pattern.DOTALL)
                        .matcher(pom)
                        .results()
                        .map(r -> r.group().replaceAll("(?s).*<scope>(.*)</scope>.*", "$1"))
                        .toList();

        // then
        assertThat(needs).containsExactly("java.net.http");
        assertThat(scopes).isNotEmpty().containsOnly("provided", "test");
    }
}
