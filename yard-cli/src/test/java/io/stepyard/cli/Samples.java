package io.stepyard.cli;

/** Answers of the job API in the form of its contract. */
public final class Samples {

    private Samples() {}

    public static final String RUNNING = line("sort-1", "sort", "finance", "RUNNING", """
            ,"startedAt":"2026-11-21T10:14:30Z","cluster":"zurich","attemptsMade":1""");

    public static final String WAITING = line("pi-1", "pi", "research", "QUEUED",
            ",\"cluster\":null,\"attemptsMade\":0,\"reason\":\"zurich: 1 of 2 cores free\"");

    public static String line(String jobId, String name, String tenant, String state, String more) {
        return """
                {"jobId":"%s","name":"%s","tenant":"%s","priority":1000,"state":"%s","cpuMillicores":1500,"memoryMib":1536,
                 "timeLimitSeconds":600,"submittedAt":"2026-11-21T10:10:00Z","queuedAt":"2026-11-21T10:10:01Z"%s}"""
                .formatted(jobId, name, tenant, state, more.isEmpty() ? ",\"attemptsMade\":0" : more);
    }

    /** A job that has ended; {@code more} may add a failure. */
    public static String ended(String jobId, String state, String more) {
        return line(jobId, "job", "default", state,
                """
                        ,"startedAt":"2026-11-21T10:11:00Z","endedAt":"2026-11-21T10:11:04Z","cluster":"geneva","attemptsMade":1,
                        "attempts":[{"number":1,"cluster":"geneva","state":"%s","startedAt":"2026-11-21T10:11:00Z",
                        "endedAt":"2026-11-21T10:11:04Z","clusterJobId":"run-7"}],"reasons":[]%s"""
                        .formatted(state, more));
    }
}
