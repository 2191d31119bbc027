package io.stepyard.scheduler;

/** The closed set of reasons, configuration faults first: what somebody must mend ranks above what time will mend. */
public enum ReasonCode {
    NO_CLUSTERS("CONFIGURATION"), CLUSTER_NOT_ALLOWED("CONFIGURATION"), LABELS("CONFIGURATION"), TOO_LARGE(
            "CONFIGURATION"), DRAINED("CLUSTER"), UNREACHABLE("CLUSTER"), NO_METRICS(
                    "CLUSTER"), EXCLUDED("CLUSTER"), RESOURCES("CAPACITY"), PRIORITY("CAPACITY"), NOT_EXAMINED("QUEUE");

    private final String category;

    ReasonCode(String category) {
        this.category = category;
    }

    public String category() {
        return category;
    }
}
