package io.stepyard.local;

import io.stepyard.model.resource.MemorySize;
import io.stepyard.model.resource.Resources;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the file that {@code --clusters} names: a JSON array of {@code {"name","cpu","memory","port","labels"}}. */
final class ClustersFile {

    private static final int MAX_CLUSTERS = 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private record Entry(@Nullable String name, @Nullable BigDecimal cpu, @Nullable String memory,
            @Nullable Integer port, @Nullable Map<String, String> labels) {}

    private ClustersFile() {}

    /** @throws IllegalArgumentException saying where, what was found and what is expected */
    static List<ClusterPlan> read(Path file) {
        try {
            return plans(JSON.readValue(Files.readString(file), Entry[].class));
        } catch (NoSuchFileException absent) {
            throw new IllegalArgumentException("--clusters: there is no file " + file, absent);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("--clusters: " + file + " cannot be read: " + unreadable, unreadable);
        } catch (JacksonException | IllegalArgumentException malformed) {
            boolean isJson = malformed instanceof JacksonException;
            String found = malformed instanceof JacksonException json
                    ? json.getOriginalMessage()
                    : malformed.getMessage();
            String line = isJson && ((JacksonException) malformed).getLocation() != null
                    ? ":" + Math.max(1, ((JacksonException) malformed).getLocation().getLineNr())
                    : "";
            throw new IllegalArgumentException("--clusters: " + file + line
                    + ": expected a JSON array of {\"name\",\"cpu\",\"memory\",\"port\",\"labels\"}; " + found,
                    malformed);
        }
    }

    private static List<ClusterPlan> plans(Entry[] entries) {
        if (entries.length == 0 || entries.length > MAX_CLUSTERS) {
            throw new IllegalArgumentException(
                    "expected 1 to " + MAX_CLUSTERS + " clusters, but found " + entries.length);
        }
        Set<String> names = new HashSet<>();
        List<ClusterPlan> plans = new ArrayList<>();
        for (Entry entry : entries) {
            ClusterPlan plan = plan(entry);
            if (!names.add(plan.name())) {
                throw new IllegalArgumentException("expected each name once, but found '" + plan.name() + "' again");
            }
            plans.add(plan);
        }
        return List.copyOf(plans);
    }

    private static ClusterPlan plan(Entry entry) {
        String name = entry.name() == null ? "" : entry.name();
        String memory = entry.memory() == null ? "" : entry.memory();
        long memoryMib = MemorySize.parseMib(memory).orElseThrow(() -> new IllegalArgumentException(
                "cluster '" + name + "': expected memory such as 8GiB, but found '" + memory + "'"));
        return new ClusterPlan(name, new Resources(millicores(name, entry.cpu()), memoryMib),
                entry.port() == null ? 0 : entry.port(), entry.labels() == null ? new HashMap<>() : entry.labels());
    }

    private static long millicores(String name, @Nullable BigDecimal cpu) {
        try {
            return cpu == null ? 0 : cpu.movePointRight(3).longValueExact();
        } catch (ArithmeticException tooFine) {
            throw new IllegalArgumentException(
                    "cluster '" + name + "': expected cpu in cores with at most 3 decimals, but found " + cpu,
                    tooFine);
        }
    }
}
