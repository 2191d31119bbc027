package io.stepyard.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What AWS Lambda gets: small, and without what only the HTTP services need. A build that stopped before packaging has no zips to look at. */
final class ZipRules {

    private static final long MAX_BYTES = 20 * 1024 * 1024L;
    private static final Pattern FOR_SERVICES_ONLY = Pattern
            .compile("lib/(spring|tomcat|micrometer|prometheus|resilience4j-(spring|micrometer)).*");
    private static final Pattern ENTRY = Pattern.compile("lib/|lib/[^/]+\\.jar|logback\\.xml");

    static final Rule ZIPS_ARE_SMALL = new Rule("the zip of a function has at most 20 MB", code -> zips(code).stream()
            .filter(zip -> size(zip) > MAX_BYTES)
            .map(zip -> code.relative(zip) + ": found " + size(zip) + " bytes; expected at most " + MAX_BYTES)
            .toList());

    static final Rule ZIPS_HOLD_ONLY_WHAT_LAMBDA_NEEDS = new Rule(
            "the zip of a function holds jars that AWS Lambda needs, and how to log", ZipRules::strayEntries);

    static final List<Rule> ALL = List.of(ZIPS_ARE_SMALL, ZIPS_HOLD_ONLY_WHAT_LAMBDA_NEEDS);

    private ZipRules() {}

    private static List<String> strayEntries(Codebase code) {
        List<String> violations = new ArrayList<>();
        for (Path zip : zips(code)) {
            List<String> entries = entries(zip);
            entries.stream()
                    .filter(entry -> FOR_SERVICES_ONLY.matcher(entry).matches() || !ENTRY.matcher(entry).matches())
                    .forEach(entry -> violations
                            .add(code.relative(zip) + ": found " + entry + ", which AWS Lambda does not need"));
            // Without the settings or without the library, the log is either empty or full of requests with task tokens.
            if (!entries.contains("logback.xml")
                    || entries.stream().noneMatch(entry -> entry.startsWith("lib/logback-classic-"))) {
                violations.add(code.relative(zip) + ": expected logback.xml and lib/logback-classic-*.jar");
            }
        }
        return violations;
    }

    private static List<Path> zips(Codebase code) {
        return code.modules().stream().map(module -> module.directory().resolve("target")).filter(Files::isDirectory)
                .flatMap(ZipRules::zipsIn).sorted().toList();
    }

    private static Stream<Path> zipsIn(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-lambda.zip")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to list " + target, e);
        }
    }

    private static List<String> entries(Path zip) {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().map(ZipEntry::getName).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Expected a zip at " + zip, e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to read the size of " + file, e);
        }
    }
}
