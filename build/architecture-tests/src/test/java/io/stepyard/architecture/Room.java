package io.stepyard.architecture;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One room of docs/ARCHITECTURE.md: its layer, the rooms below it that it may import and the technologies it may touch.
 *
 * @param name
 *            the module's directory name
 * @param layer
 *            0 (vocabulary) to 6 (infrastructure)
 * @param mayImport
 *            names of other rooms
 * @param technologies
 *            technologies that are banned elsewhere
 */
record Room(String name, int layer, Set<String> mayImport, Set<Technology> technologies) {

    Room {
        mayImport = Set.copyOf(mayImport);
        technologies = Set.copyOf(technologies);
    }

    private static final Set<String> LAYER_0 = Set.of("common-model");
    private static final Set<String> LAYERS_0_1 = and(LAYER_0, "scheduler-core");
    private static final Set<String> LAYERS_0_2 = and(LAYERS_0_1, "job-core");
    private static final Set<String> LAYER_3_WITHOUT_AWS = Set.of("store-embedded", "cluster-adapters",
            "step-functions-local", "job-manager-asl", "local-cluster");
    private static final Set<String> LAYERS_0_3 = and(and(LAYERS_0_2, LAYER_3_WITHOUT_AWS), "store-dynamodb",
            "workflow-stepfunctions");
    /** The functions of layer 4 share one host. */
    private static final Set<String> WITH_HOST = and(LAYERS_0_3, "function-host");
    private static final Set<String> LAYERS_0_4 = and(WITH_HOST, "job-queue-request-lambda", "job-scheduler-lambda",
            "cluster-adapter-lambda", "job-api");

    /** Every room there may be, by name; a module that is not here has no door yet. */
    static final Map<String, Room> ALL = byName(
            new Room("common-model", 0, Set.of(), Set.of()),
            new Room("scheduler-core", 1, LAYER_0, Set.of()),
            new Room("job-core", 2, LAYERS_0_1, Set.of()),
            new Room("testing-contracts", 3, LAYERS_0_2, Set.of(Technology.TEST_LIBRARIES)),
            new Room("cluster-testing", 3, LAYERS_0_2, Set.of(Technology.TEST_LIBRARIES)),
            new Room("store-dynamodb", 3, LAYERS_0_2, Set.of(Technology.AWS_SDK)),
            new Room("workflow-stepfunctions", 3, LAYERS_0_2, Set.of(Technology.AWS_SDK)),
            new Room("store-embedded", 3, LAYERS_0_2, Set.of(Technology.H2)),
            new Room("cluster-adapters", 3, LAYERS_0_2, Set.of(Technology.RESILIENCE)),
            new Room("local-cluster", 3, LAYERS_0_2, Set.of()),
            new Room("step-functions-local", 3, Set.of(), Set.of(Technology.JSON_PATH, Technology.JSONATA)),
            new Room("step-functions-testing", 4, Set.of("step-functions-local"), Set.of(Technology.TEST_LIBRARIES)),
            new Room("job-manager-asl", 3, LAYER_0, Set.of()),
            new Room("function-host", 4, LAYERS_0_3, Technology.OF_FUNCTIONS),
            new Room("job-queue-request-lambda", 4, WITH_HOST, Technology.OF_FUNCTIONS),
            new Room("job-scheduler-lambda", 4, WITH_HOST, Technology.OF_FUNCTIONS),
            new Room("cluster-adapter-lambda", 4, WITH_HOST, Technology.OF_FUNCTIONS),
            new Room("job-api", 4, WITH_HOST, Technology.OF_SERVICES),
            new Room("local-runtime", 5, LAYERS_0_4, Technology.OF_RUNTIME),
            new Room("yard-cli", 5, and(LAYERS_0_2, "simulator"), Set.of(Technology.AWS_SDK, Technology.PICOCLI)),
            new Room("simulator", 5, and(LAYERS_0_2, LAYER_3_WITHOUT_AWS), Set.of()),
            new Room("benchmarks", 5, and(LAYERS_0_4, "simulator"), Technology.OF_RUNTIME),
            new Room("infra-cdk", 6, Set.of(), Set.of(Technology.CDK)),
            new Room("architecture-tests", 6, Set.of(), Set.of(Technology.TEST_LIBRARIES)));

    /** Rooms of layers 0 to 2: what they decide is a function of what they are told. */
    boolean isPure() {
        return layer <= 2;
    }

    private static Map<String, Room> byName(Room... rooms) {
        Map<String, Room> all = new LinkedHashMap<>();
        Arrays.stream(rooms).forEach(room -> all.put(room.name(), room));
        return Map.copyOf(all);
    }

    private static Set<String> and(Set<String> some, String... more) {
        return and(some, Set.of(more));
    }

    private static Set<String> and(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}
