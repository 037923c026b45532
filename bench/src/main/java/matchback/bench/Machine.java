package matchback.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What it ran on.
final class Machine {
    private Machine() {}

    /// @param data folder on the disk that is measured
    static Map<String, String> describe(Path data, Path nginx, Path wrk) throws IOException {
        var found = new LinkedHashMap<String, String>();
        found.put(
                "processors",
                Runtime.getRuntime().availableProcessors()
                        + " × "
                        + line("/proc/cpuinfo", "model name"));
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system) {
            found.put(
                    "memory",
                    String.format(
                            Locale.ROOT,
                            "%.1f GiB",
                            system.getTotalMemorySize() / (double) (1L << 30)));
        }
        found.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        found.put("disk", Files.getFileStore(data).type());
        found.put("java", Runtime.version() + ", " + System.getProperty("java.vendor"));
        found.put("nginx", Tools.run(java.util.List.of(nginx.toString(), "-v")).strip());
        found.put("wrk", wrk.toString());
        return found;
    }

    private static String line(String file, String name) throws IOException {
        var path = Path.of(file);
        if (!Files.isReadable(path)) {
            return System.getProperty("os.arch", "unknown");
        }
        return Files.readAllLines(path).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch", "unknown"));
    }
}
