package io.stepyard.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The shipped state machine with its placeholders.
 *
 * @param text
 *            Amazon States Language with <code>${Name}</code> where a deployment puts a value
 */
record Definition(String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    static Definition read(Path file) {
        try {
            return new Definition(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Expected the state machine's definition at " + file, e);
        }
    }

    /** Names that still want a value. */
    Set<String> placeholders() {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Puts in what is known at synthesis; the rest stays.
     *
     * @throws BadSettings
     *             when a value has no placeholder
     */
    Definition with(Map<String, String> values) {
        Set<String> wanted = placeholders();
        values.keySet().stream().filter(Predicate.not(wanted::contains)).findFirst().ifPresent(name -> {
            throw new BadSettings("value for ${" + name + "}", "no such placeholder in the definition",
                    "one of " + wanted);
        });
        return new Definition(PLACEHOLDER.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), group(found)))));
    }

    /** @throws BadSettings unless exactly these placeholders are left */
    Definition requireOnly(Set<String> names) {
        BadSettings.require(placeholders().equals(names), "placeholders of the definition", placeholders(),
                "exactly those that are bound, " + new TreeSet<>(names));
        return this;
    }

    private static String group(MatchResult found) {
        return found.group();
    }
}
