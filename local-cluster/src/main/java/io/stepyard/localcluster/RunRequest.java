package io.stepyard.localcluster;

import io.stepyard.model.resource.Resources;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run, under the key that makes asking twice harmless.
 *
 * @param timeLimitSeconds longest run time, 1 or more
 * @param command program and arguments, never read by a shell
 * @param workingDirectory absolute path, or null for a fresh directory
 */
record RunRequest(String key, String jobId, int attempt, long cpuMillicores, long memoryMib, long timeLimitSeconds,
        List<String> command, @Nullable String workingDirectory, Map<String, String> environment) {

    RunRequest {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    Resources resources() {
        return new Resources(cpuMillicores, memoryMib);
    }
}
