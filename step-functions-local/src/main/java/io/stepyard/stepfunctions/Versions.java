package io.stepyard.stepfunctions;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The published versions of a state machine and the aliases that point to them. Belongs to the interpreter's thread. */
final class Versions {
    private final TreeMap<Integer, Version> versions = new TreeMap<>();
    private final Map<String, Alias> aliases = new LinkedHashMap<>();
    private int lastNumber;

    /**
     * A version: a revision that never changes.
     *
     * @param number
     *            from 1
     * @param revision
     *            the place of its revision
     * @param description
     *            free text
     * @param creationDate
     *            when it was published
     */
    record Version(int number, int revision, String description, Instant creationDate) {}

    /**
     * An alias.
     *
     * @param routes
     *            version numbers with their weights, which add up to 100
     */
    record Alias(String name, String description, Map<Integer, Integer> routes, Instant creationDate,
            Instant updateDate) {
        Alias {
            routes = Map.copyOf(routes);
        }
    }

    int nextNumber() {
        return lastNumber + 1;
    }

    void publish(int number, int revision, String description, Instant now) {
        lastNumber = Math.max(lastNumber, number);
        versions.put(number, new Version(number, revision, description, now));
    }

    /** The version of a revision that was published already, or null. */
    @Nullable
    Version ofRevision(int revision) {
        return versions.values().stream().filter(version -> version.revision() == revision).findFirst().orElse(null);
    }

    @Nullable
    Version version(int number) {
        return versions.get(number);
    }

    void deleteVersion(int number) {
        versions.remove(number);
    }

    /** Newest first. */
    List<Version> versions() {
        return List.copyOf(versions.descendingMap().values());
    }

    void put(Alias alias) {
        aliases.put(alias.name(), alias);
    }

    @Nullable
    Alias alias(String name) {
        return aliases.get(name);
    }

    void deleteAlias(String name) {
        aliases.remove(name);
    }

    List<Alias> aliases() {
        return List.copyOf(aliases.values());
    }

    /** The names of the aliases that point to a version. */
    List<String> aliasesOf(int version) {
        return aliases.values().stream().filter(alias -> alias.routes().containsKey(version)).map(Alias::name)
                .toList();
    }
}
