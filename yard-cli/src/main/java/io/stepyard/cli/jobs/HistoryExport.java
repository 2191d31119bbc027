package io.stepyard.cli.jobs;

import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.cli.text.Json;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes all jobs that have ended as JSON lines, page by page, newest first: what {@code yard simulate --trace} reads. */
final class HistoryExport {

    private static final int PAGE = 1000;
    private static final JsonMapper ONE_LINE = JsonMapper.builder().build();

    private final Surroundings around;
    private final boolean json;

    HistoryExport(Surroundings around, boolean json) {
        this.around = around;
        this.json = json;
    }

    int write(JobApiClient api, String file) {
        if (file.equals("-")) {
            lines(api, around.out());
            return ExitCode.OK;
        }
        Path target = around.directory().resolve(file);
        try (Writer writer = Files.newBufferedWriter(target)) {
            tell(lines(api, writer), file);
            return ExitCode.OK;
        } catch (IOException unwritable) {
            throw new YardFailure(ExitCode.REFUSED, "cannot write " + target + ": " + unwritable, unwritable);
        }
    }

    private long lines(JobApiClient api, Writer writer) {
        long count = 0;
        String cursor = null;
        do {
            JsonNode page = api.endedJobs(PAGE, cursor);
            for (JsonNode job : page.path("items")) {
                try {
                    writer.write(ONE_LINE.writeValueAsString(job) + "\n");
                } catch (IOException full) {
                    throw new YardFailure(ExitCode.REFUSED, "cannot write job " + (count + 1) + ": " + full, full);
                }
                count++;
            }
            cursor = next(page);
        } while (cursor != null);
        return count;
    }

    private static @Nullable String next(JsonNode page) {
        JsonNode cursor = page.path("nextCursor");
        return cursor.isString() ? cursor.stringValue() : null;
    }

    private void tell(long count, String file) {
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("file", file);
            fields.put("jobs", count);
            Json.print(around.out(), fields);
        } else {
            around.out().println("Wrote " + count + " jobs to " + file + ". Next: yard simulate --trace " + file
                    + " --clusters FILE --policy source,easy,default");
        }
    }
}
