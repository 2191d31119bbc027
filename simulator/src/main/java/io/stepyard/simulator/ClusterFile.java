package io.stepyard.simulator;

import io.stepyard.model.resource.MemorySize;
import io.stepyard.scheduler.ClusterSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the clusters of a simulation: JSON of the form
 * {@code {"clusters":[{"name":"zurich","cpu":16,"memory":"64GiB","labels":{"zone":"eu"}}]}}, or a table of machines whose
 * columns are number, name, nodes, processors of a node, speed, and memory of a node in KiB.
 */
public final class ClusterFile {

    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private static final int MACHINE_COLUMNS = 6;
    private static final long MOST_CORES = 1_000_000_000;
    private static final long MOST_KIB = 1L << 50;

    private ClusterFile() {}

    /**
     * @throws InputFault naming file and line when the file is neither form
     * @throws IOException when the file cannot be read
     */
    public static List<ClusterSnapshot> read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String text = Files.readString(file);
        List<ClusterSnapshot> clusters = text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")
                ? json(name, text)
                : machines(name, text);
        Set<String> seen = new HashSet<>();
        for (ClusterSnapshot cluster : clusters) {
            if (!seen.add(cluster.name())) {
                throw new InputFault(name + ": expected each cluster once, but found " + cluster.name() + " twice");
            }
        }
        if (clusters.isEmpty()) {
            throw new InputFault(name + ": expected at least one cluster, but found none");
        }
        return clusters;
    }

    private static List<ClusterSnapshot> json(String file, String text) {
        JsonNode root;
        Map<String, Integer> lines = new HashMap<>();
        try {
            root = JSON.readTree(text);
            try (JsonParser parser = JSON.createParser(text)) {
                while (parser.nextToken() != null) {
                    lines.putIfAbsent(parser.streamReadContext().pathAsPointer().toString(),
                            parser.currentTokenLocation().getLineNr());
                }
            }
        } catch (JacksonException notJson) {
            InputFault fault = InputFault.at(file, notJson.getLocation() == null
                    ? 1
                    : notJson.getLocation().getLineNr(), "expected JSON, but " + notJson.getOriginalMessage());
            fault.initCause(notJson);
            throw fault;
        }
        // The file that the local runtime starts its clusters from is the bare array.
        JsonNode list = root.isArray() ? root : root.get("clusters");
        if (list == null || !list.isArray()) {
            throw new InputFault(file + ":1: expected an array at /clusters, but found "
                    + (list == null ? "nothing" : list.getNodeType()));
        }
        List<ClusterSnapshot> clusters = new ArrayList<>();
        for (int index = 0; index < list.size(); index++) {
            String pointer = "/clusters/" + index;
            clusters.add(cluster(field -> file + ":" + lines.getOrDefault(pointer + field,
                    lines.getOrDefault(pointer, 1)) + ": " + pointer + field, list.get(index)));
        }
        return clusters;
    }

    private static ClusterSnapshot cluster(UnaryOperator<String> where, JsonNode node) {
        JsonNode name = node.get("name");
        JsonNode cpu = node.get("cpu");
        JsonNode memory = node.get("memory");
        if (name == null || !name.isString() || name.asString().isBlank()) {
            throw new InputFault(where.apply("/name") + ": expected a name, but found " + name);
        }
        if (cpu == null || !cpu.isNumber() || !(cpu.asDouble() > 0 && cpu.asDouble() <= MOST_CORES)) {
            throw new InputFault(
                    where.apply("/cpu") + ": expected cores above 0 and at most " + MOST_CORES + ", but found " + cpu);
        }
        OptionalLong mib = memory == null || !memory.isString()
                ? OptionalLong.empty()
                : MemorySize.parseMib(memory.asString());
        if (mib.isEmpty()) {
            throw new InputFault(where.apply("/memory") + ": expected a size such as 64GiB, but found " + memory);
        }
        Map<String, String> labels = new TreeMap<>();
        JsonNode given = node.get("labels");
        if (given != null) {
            if (!given.isObject() || given.properties().stream().anyMatch(entry -> !entry.getValue().isString())) {
                throw new InputFault(where.apply("/labels") + ": expected names with texts, but found " + given);
            }
            given.properties().forEach(entry -> labels.put(entry.getKey(), entry.getValue().asString()));
        }
        return Clusters.cluster(name.asString(), Math.round(cpu.asDouble() * 1000), mib.getAsLong(), labels);
    }

    private static List<ClusterSnapshot> machines(String file, String text) {
        List<ClusterSnapshot> clusters = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (line.isEmpty() || line.startsWith(";") || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\\s+");
            if (columns.length < MACHINE_COLUMNS) {
                throw InputFault.at(file, index + 1, "expected JSON or " + MACHINE_COLUMNS
                        + " columns (number, name, nodes, processors, speed, KiB), but found '" + line + "'");
            }
            try {
                long nodes = Long.parseLong(columns[2]);
                long processors = Long.parseLong(columns[3]);
                long kib = Long.parseLong(columns[5]);
                if (nodes < 1 || processors < 1 || kib < 1 || nodes > MOST_CORES / processors
                        || kib > MOST_KIB / nodes) {
                    throw InputFault.at(file, index + 1, "expected nodes, processors and KiB above 0 and at most "
                            + MOST_CORES + " processors in all, but found '" + line + "'");
                }
                clusters.add(Clusters.cluster(columns[1], nodes * processors * 1000,
                        nodes * (kib / 1024), Map.of("cluster", columns[1])));
            } catch (NumberFormatException notANumber) {
                InputFault fault = InputFault.at(file, index + 1,
                        "expected numbers of nodes, processors and KiB, but found '" + line + "'");
                fault.initCause(notANumber);
                throw fault;
            }
        }
        return clusters;
    }
}
