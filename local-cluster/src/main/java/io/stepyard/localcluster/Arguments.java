package io.stepyard.localcluster;

import io.stepyard.model.resource.MemorySize;
import io.stepyard.model.resource.Resources;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads the command line of a cluster process. */
final class Arguments {

    static final String USAGE = "usage: --name NAME --cpu CORES --memory SIZE --state-dir DIR [--port 8091] [--label k=v]... [--retention N]";

    private static final int DEFAULT_PORT = 8091;

    private Arguments() {}

    /** @throws IllegalArgumentException saying what was found and what is expected */
    static LocalCluster.Config parse(List<String> words) {
        String name = "";
        long cpuMillicores = 0;
        long memoryMib = 0;
        int port = DEFAULT_PORT;
        int retention = LocalCluster.DEFAULT_RETENTION;
        Path stateDir = null;
        TreeMap<String, String> labels = new TreeMap<>();
        Iterator<String> next = split(words).iterator();
        while (next.hasNext()) {
            String option = next.next();
            switch (option) {
                case "--name" -> name = value(option, next);
                case "--cpu" -> cpuMillicores = millicores(value(option, next));
                case "--memory" -> memoryMib = mebibytes(value(option, next));
                case "--port" -> port = number(option, value(option, next));
                case "--retention" -> retention = number(option, value(option, next));
                case "--state-dir" -> stateDir = Path.of(value(option, next));
                case "--label" -> label(value(option, next), labels);
                default ->
                    throw new IllegalArgumentException("Expected an option, but found '" + option + "'; " + USAGE);
            }
        }
        if (name.isEmpty() || cpuMillicores <= 0 || memoryMib <= 0) {
            throw new IllegalArgumentException(
                    "Expected --name, --cpu and --memory, each with a value above nothing, but "
                            + "found name '" + name + "', " + cpuMillicores + " millicores and " + memoryMib + " MiB; "
                            + USAGE);
        }
        if (stateDir == null) {
            throw new IllegalArgumentException("Expected --state-dir, but found none; " + USAGE);
        }
        return LocalCluster.Config.of(name, new Resources(cpuMillicores, memoryMib), port, stateDir).labelled(labels)
                .keeping(retention);
    }

    /** {@code --name=value} is {@code --name value}. */
    private static List<String> split(List<String> words) {
        List<String> parts = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (word.startsWith("--") && equals > 2) {
                parts.add(word.substring(0, equals));
                parts.add(word.substring(equals + 1));
            } else {
                parts.add(word);
            }
        }
        return parts;
    }

    private static String value(String option, Iterator<String> next) {
        if (!next.hasNext()) {
            throw new IllegalArgumentException("Expected a value after " + option + ", but found none; " + USAGE);
        }
        return next.next();
    }

    private static long millicores(String text) {
        try {
            return new BigDecimal(text).movePointRight(3).longValueExact();
        } catch (NumberFormatException | ArithmeticException malformed) {
            throw new IllegalArgumentException(
                    "--cpu: expected cores with at most 3 decimals, but found '" + text + "'",
                    malformed);
        }
    }

    private static long mebibytes(String text) {
        OptionalLong mib = MemorySize.parseMib(text);
        return mib.orElseThrow(
                () -> new IllegalArgumentException("--memory: expected a size such as 8GiB, but found '" + text + "'"));
    }

    private static int number(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(option + ": expected a whole number, but found '" + text + "'",
                    malformed);
        }
    }

    private static void label(String text, Map<String, String> labels) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("--label: expected name=value, but found '" + text + "'");
        }
        labels.put(text.substring(0, equals), text.substring(equals + 1));
    }
}
