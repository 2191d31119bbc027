package io.stepyard.model.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepyard.model.resource.MemorySize;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code run} of the job JSON: {@code kind} says which of the other fields are there. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunDocument(String kind, @Nullable Object command, @Nullable String workingDirectory,
        @Nullable String script, @Nullable String application, @Nullable String mainClass,
        @Nullable List<String> arguments, @Nullable Map<String, String> conf, @Nullable Size driver,
        @Nullable Size executor, @Nullable Integer executors, @Nullable String partition, @Nullable String account,
        @Nullable String qos, @Nullable String queue, @Nullable String applicationType, @Nullable String image,
        @Nullable String namespace) {

    /** Size of a Spark driver or executor. */
    public record Size(int cores, String memory) {

        RunSpec.Spark.Size toSpec() {
            return new RunSpec.Spark.Size(cores, MemorySize.parseMib(memory).orElseThrow(
                    () -> new IllegalArgumentException("Expected a memory size, but found '" + memory + "'")));
        }

        static Size of(RunSpec.Spark.Size size) {
            return new Size(size.cores(), size.memoryMib() + "MiB");
        }
    }

    private static RunDocument empty(String kind) {
        return new RunDocument(kind, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null);
    }

    RunSpec toSpec() {
        return switch (kind) {
            case RunSpec.Command.KIND -> new RunSpec.Command(words(command), workingDirectory);
            case RunSpec.Script.KIND -> new RunSpec.Script(there(script, "script"), workingDirectory);
            case RunSpec.Spark.KIND -> new RunSpec.Spark(there(application, "application"), mainClass,
                    orEmpty(arguments), conf == null ? Map.of() : conf, there(driver, "driver").toSpec(),
                    there(executor, "executor").toSpec(), executors == null ? 1 : executors);
            case RunSpec.Slurm.KIND ->
                new RunSpec.Slurm(there(script, "script"), partition, account, qos, workingDirectory);
            case RunSpec.Yarn.KIND ->
                new RunSpec.Yarn(String.valueOf(there(command, "command")), queue, applicationType);
            case RunSpec.Kubernetes.KIND -> new RunSpec.Kubernetes(there(image, "image"),
                    command == null ? List.of() : words(command), orEmpty(arguments), namespace);
            default -> throw new IllegalArgumentException("Expected a known kind of run, but found '" + kind + "'");
        };
    }

    static RunDocument of(RunSpec run) {
        RunDocument empty = empty(run.kind());
        return switch (run) {
            case RunSpec.Command it -> empty.with(it.command(), it.workingDirectory(), null);
            case RunSpec.Script it -> empty.with(null, it.workingDirectory(), it.script());
            case RunSpec.Spark it -> new RunDocument(it.kind(), null, null, null, it.application(), it.mainClass(),
                    it.arguments(), it.conf(), Size.of(it.driver()), Size.of(it.executor()), it.executors(), null,
                    null, null, null, null, null, null);
            case RunSpec.Slurm it -> new RunDocument(it.kind(), null, it.workingDirectory(), it.script(), null, null,
                    null, null, null, null, null, it.partition(), it.account(), it.qos(), null, null, null, null);
            case RunSpec.Yarn it -> new RunDocument(it.kind(), it.command(), null, null, null, null, null, null, null,
                    null, null, null, null, null, it.queue(), it.applicationType(), null, null);
            case RunSpec.Kubernetes it -> new RunDocument(it.kind(), it.command(), null, null, null, null,
                    it.arguments(), null, null, null, null, null, null, null, null, null, it.image(),
                    it.namespace());
        };
    }

    private RunDocument with(@Nullable List<String> words, @Nullable String directory, @Nullable String text) {
        return new RunDocument(kind, words, directory, text, application, mainClass, arguments, conf, driver,
                executor, executors, partition, account, qos, queue, applicationType, image, namespace);
    }

    private static List<String> words(@Nullable Object command) {
        return command instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }

    private static List<String> orEmpty(@Nullable List<String> words) {
        return words == null ? List.of() : words;
    }

    private <T> T there(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("Expected a run of kind " + kind + " to have " + field);
        }
        return value;
    }
}
