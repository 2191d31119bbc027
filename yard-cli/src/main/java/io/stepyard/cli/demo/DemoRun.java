package io.stepyard.cli.demo;

import io.stepyard.cli.api.ApiRefusal;
import io.stepyard.cli.api.ApiUnreachable;
import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.api.JobDetail;
import io.stepyard.cli.api.JobSummary;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.submit.JobFile;
import io.stepyard.cli.submit.Submitter;
import io.stepyard.core.job.JobReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Submits the examples at their times and follows them to their end. */
final class DemoRun {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration PATIENCE_WITH_SILENCE = Duration.ofSeconds(20);
    private static final int QUEUE_LIMIT = 1000;

    private final Surroundings around;
    private final JobApiClient api;
    private final Submitter submitter;
    private final Map<Manifest.Entry, JobFile> files = new HashMap<>();
    private final List<DemoJob> jobs = new ArrayList<>();

    DemoRun(Manifest manifest, Path directory, Surroundings around, JobApiClient api, Submitter submitter) {
        this.around = around;
        this.api = api;
        this.submitter = submitter;
        JobReader reader = new JobReader();
        for (Manifest.Entry entry : manifest.jobs()) {
            JobFile file = JobFile.read(entry.file(), directory, reader);
            files.put(entry, file);
            jobs.add(DemoJob.planned(entry, file.name()));
        }
    }

    /**
     * Returns when every job is over or the time is.
     *
     * @param onLook told the jobs and the time since the begin after each look
     */
    List<DemoJob> follow(Duration limit, BiConsumer<List<DemoJob>, Duration> onLook) {
        Instant begin = around.clock().instant();
        Instant lastAnswer = begin;
        while (true) {
            Duration elapsed = Duration.between(begin, around.clock().instant());
            submitWhatIsDue(elapsed);
            try {
                look();
                lastAnswer = around.clock().instant();
            } catch (ApiUnreachable silent) {
                if (Duration.between(lastAnswer, around.clock().instant()).compareTo(PATIENCE_WITH_SILENCE) >= 0) {
                    throw silent;
                }
            }
            onLook.accept(jobs, elapsed);
            if (jobs.stream().allMatch(DemoJob::isOver) || elapsed.compareTo(limit) >= 0
                    || Thread.currentThread().isInterrupted()) {
                return List.copyOf(jobs);
            }
            around.pause().pause(BETWEEN_LOOKS);
        }
    }

    private void submitWhatIsDue(Duration elapsed) {
        jobs.replaceAll(job -> job.isPlanned() && job.entry().delay().compareTo(elapsed) <= 0 ? submit(job) : job);
    }

    private DemoJob submit(DemoJob job) {
        JobFile file = files.get(job.entry());
        if (file == null || !file.isValid()) {
            return file == null ? job : job.refused(file.faults());
        }
        return job.submitted(submitter.submit(file, null).jobId());
    }

    /** One question for all that live; one more for each job that has left the queue since the last look. */
    private void look() {
        Map<String, JobSummary> lines = new HashMap<>();
        api.queue(QUEUE_LIMIT).items().forEach(line -> lines.put(line.jobId(), line));
        jobs.replaceAll(job -> look(job, lines));
    }

    private DemoJob look(DemoJob job, Map<String, JobSummary> lines) {
        String jobId = job.jobId();
        if (job.isOver() || jobId == null) {
            return job;
        }
        JobSummary line = lines.get(jobId);
        if (line != null) {
            return job.seen(line);
        }
        JobDetail detail = detail(jobId);
        return detail != null && detail.state().isFinal() ? job.ended(detail) : job;
    }

    /** Null while the job manager has not put it into the queue yet. */
    private @Nullable JobDetail detail(String jobId) {
        try {
            return api.job(jobId);
        } catch (ApiRefusal refusal) {
            if (refusal.isNotFound()) {
                return null;
            }
            throw refusal;
        }
    }
}
