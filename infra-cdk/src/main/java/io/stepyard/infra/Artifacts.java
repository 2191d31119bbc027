package io.stepyard.infra;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files that the stack is made from; all must be there.
 *
 * @param queueRequestZip
 *            code of the queue request function
 * @param schedulerZip
 *            code of the scheduler function
 * @param adapterZip
 *            code of the cluster adapter function
 * @param definition
 *            the shipped state machine, Amazon States Language
 * @param tables
 *            shapes of the tables, JSON, shared with the store that uses them
 */
public record Artifacts(Path queueRequestZip, Path schedulerZip, Path adapterZip, Path definition, Path tables) {

    private static final String VERSION = "0.1.0-SNAPSHOT";

    public Artifacts {
        requireFile("queueRequestZip", queueRequestZip);
        requireFile("schedulerZip", schedulerZip);
        requireFile("adapterZip", adapterZip);
        requireFile("definition", definition);
        requireFile("tables", tables);
    }

    /** What a build leaves in a checkout. */
    public static Artifacts of(Path checkout) {
        return new Artifacts(zip(checkout, "job-queue-request-lambda"), zip(checkout, "job-scheduler-lambda"),
                zip(checkout, "cluster-adapter-lambda"),
                definition(checkout), tables(checkout));
    }

    static Path definition(Path checkout) {
        return checkout.resolve("job-manager-asl/src/main/resources/io/stepyard/asl/job-manager.asl.json");
    }

    static Path tables(Path checkout) {
        return checkout.resolve("store-dynamodb/src/main/resources/io/stepyard/store/dynamodb/tables.json");
    }

    static Path zip(Path checkout, String module) {
        return checkout.resolve(module + "/target/" + module + "-" + VERSION + "-lambda.zip");
    }

    private static void requireFile(String setting, Path file) {
        BadSettings.require(Files.isRegularFile(file), setting, file, "a file there; mvn package builds it");
    }
}
