package io.stepyard.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the repository carries: small files, nothing that ties it to one machine or registry, scripts that stop at the first error. */
final class TidyRules {

    private static final long MAX_BYTES = 256 * 1024L;

    /** Words are split, so that this file does not break its own rule. */
    private static final Map<String, Pattern> FORBIDDEN = Map.of("a registry's address",
            Pattern.compile("repo1?\\.maven\\.(apache\\.)?org" + "|registry\\.npm" + "js\\.org|files\\.python"
                    + "hosted\\.org|proxy\\.golang" + "\\.org|deb\\.deb" + "ian\\.org|repo\\.spring" + "\\.io"),
            "a list of registries", Pattern.compile("<(plugin)?" + "repositor(y|ies)>", Pattern.CASE_INSENSITIVE),
            "a path of one machine", Pattern.compile("(?<![\\w.$}/*-])/(work|root|home/\\w+|Users)" + "/\\w"),
            "a work item's number", Pattern.compile("\\b(issue|ticket)s? #?\\d+\\b", Pattern.CASE_INSENSITIVE));
    private static final Pattern STOPS_AT_ERRORS = Pattern.compile("^set -[a-z]*e|^# no set -e: \\w.*",
            Pattern.MULTILINE);
    private static final Pattern RELEASE = Pattern
            .compile("## \\[(Unreleased|\\d+\\.\\d+\\.\\d+)](?: - (\\d{4}-\\d{2}-\\d{2}))?");
    private static final Set<String> KINDS_OF_CHANGE = Set.of("### Added", "### Changed", "### Deprecated",
            "### Removed", "### Fixed", "### Security");

    static final Rule FILES_ARE_SMALL = new Rule("no file is larger than 256 kB", code -> code.files()
            .stream()
            .filter(file -> size(file) > MAX_BYTES)
            .map(file -> code.relative(file) + ": found " + size(file) + " bytes; expected at most " + MAX_BYTES)
            .toList());

    static final Rule NOTHING_TIES_TO_A_MACHINE = new Rule("no file names a registry, a machine's path or a work item",
            TidyRules::forbiddenWords);

    static final Rule SCRIPTS_STOP_AT_ERRORS = new Rule("every shell script stops at the first error",
            code -> code.files()
                    .stream()
                    .filter(TidyRules::isShell)
                    .filter(file -> !STOPS_AT_ERRORS.matcher(Codebase.text(file)).find())
                    .map(file -> code.relative(file)
                            + ": expected a line 'set -eu' (or stricter), or '# no set -e: ' and the reason")
                    .toList());

    static final Rule THE_CHANGELOG_KEEPS_ITS_FORM = new Rule("CHANGELOG.md keeps its form",
            TidyRules::changelogFaults);

    static final Rule VERSIONS_LIVE_IN_THE_ROOT = new Rule("versions of libraries and plugins live in the root POM",
            TidyRules::strayVersions);

    static final Rule ARCHITECTURE_TESTS_COME_LAST = new Rule("the architecture tests are the last module", code -> {
        List<String> names = code.modules().stream().map(Codebase.CompiledModule::name).toList();
        return names.getLast().equals("architecture-tests")
                ? List.of()
                : List.of("pom.xml: found " + names.getLast()
                        + " as the last module; expected architecture-tests, which reads what the others compiled");
    });

    static final List<Rule> ALL = List.of(FILES_ARE_SMALL, NOTHING_TIES_TO_A_MACHINE, SCRIPTS_STOP_AT_ERRORS,
            THE_CHANGELOG_KEEPS_ITS_FORM, VERSIONS_LIVE_IN_THE_ROOT,
            ARCHITECTURE_TESTS_COME_LAST);

    private TidyRules() {}

    private static List<String> forbiddenWords(Codebase code) {
        List<String> violations = new ArrayList<>();
        for (Path file : code.files()) {
            String text = textOrNothing(file);
            FORBIDDEN.forEach((what, pattern) -> pattern.matcher(text)
                    .results()
                    .forEach(found -> violations
                            .add(code.relative(file) + ":" + text.substring(0, found.start()).lines().count()
                                    + ": found " + what + ", '" + found.group() + "'")));
        }
        return violations;
    }

    private static List<String> changelogFaults(Codebase code) {
        Path changelog = code.root().resolve("CHANGELOG.md");
        if (!Files.isRegularFile(changelog)) {
            return List.of("CHANGELOG.md: expected one at the root");
        }
        List<String> lines = Codebase.text(changelog).lines().toList();
        List<String> violations = new ArrayList<>();
        if (!lines.getFirst().equals("# Changelog")) {
            violations.add("CHANGELOG.md: found first line '" + lines.getFirst() + "'; expected '# Changelog'");
        }
        List<String> releases = lines.stream().filter(line -> line.startsWith("## ")).toList();
        if (releases.isEmpty() || !releases.getFirst().equals("## [Unreleased]")) {
            violations.add("CHANGELOG.md: expected '## [Unreleased]' as the first release");
        }
        releases.stream()
                .filter(release -> !RELEASE.matcher(release).matches())
                .forEach(release -> violations
                        .add("CHANGELOG.md: found '" + release + "'; expected '## [1.2.3] - 2026-01-31'"));
        lines.stream()
                .filter(line -> line.startsWith("### ") && !KINDS_OF_CHANGE.contains(line))
                .forEach(line -> violations.add("CHANGELOG.md: found '" + line + "'; expected one of "
                        + KINDS_OF_CHANGE.stream().sorted().toList()));
        return violations;
    }

    private static List<String> strayVersions(Codebase code) {
        Set<String> managed = Pom.read(code.root().resolve("pom.xml"))
                .artifacts("plugin")
                .stream()
                .filter(plugin -> !plugin.version().isEmpty())
                .map(Pom.Artifact::artifactId)
                .collect(Collectors.toCollection(HashSet::new));
        List<String> violations = new ArrayList<>();
        for (Codebase.CompiledModule module : code.modules()) {
            Pom pom = Pom.read(module.directory().resolve("pom.xml"));
            String where = code.relative(pom.file());
            pom.artifacts("plugin")
                    .stream()
                    .filter(plugin -> !plugin.version().isEmpty() || !managed.contains(plugin.artifactId()))
                    .forEach(plugin -> violations.add(where + ": plugin " + plugin.artifactId()
                            + " expected to take its version from the root's pluginManagement"));
            pom.artifacts("dependency")
                    .stream()
                    .filter(dependency -> !dependency.version().isEmpty()
                            && !dependency.version().equals("${project.version}"))
                    .forEach(dependency -> violations
                            .add(where + ": dependency " + dependency.artifactId() + " found version "
                                    + dependency.version() + "; expected it in the root's dependencyManagement"));
        }
        return violations;
    }

    private static boolean isShell(Path file) {
        String name = file.getFileName().toString();
        boolean script = !name.contains(".") && textOrNothing(file).lines().findFirst()
                .filter(line -> line.matches("#!.*\\b(ba|da)?sh\\b.*")).isPresent();
        return name.endsWith(".sh") || script;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to read the size of " + file, e);
        }
    }

    /** The text of a file; a binary file has none. */
    private static String textOrNothing(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException binary) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to read " + file, e);
        }
    }
}
