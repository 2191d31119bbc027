package io.stepyard.local;

import io.stepyard.clusters.ChangeFeed;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.job.ObserveAttempt;
import io.stepyard.core.job.RetryLater;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from one cluster which attempts have ended and records their ends at once, so that what they held is free again. Only
 * for speed: every execution looks at its own job as well, and finds the end when nobody is here.
 */
final class ClusterMonitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterMonitor.class);
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String cluster;
    private final ClusterStore clusters;
    private final JobStore jobs;
    private final ChangeFeed feed;
    private final ObserveAttempt observe;
    private final EndNews news;
    private final Thread thread;
    private final ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);

    ClusterMonitor(String cluster, ClusterStore clusters, JobStore jobs, ChangeFeed feed, ObserveAttempt observe,
            EndNews news) {
        this.cluster = cluster;
        this.clusters = clusters;
        this.jobs = jobs;
        this.feed = feed;
        this.observe = observe;
        this.news = news;
        this.thread = Thread.ofPlatform().name("monitor-" + cluster).daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        // From the beginning of the feed: ends that came while the runtime was away are heard of now.
        long since = 0;
        try {
            while (closing.getCount() > 0) {
                try {
                    since = listen(since);
                } catch (ClusterUnavailable | StoreUnavailable unavailable) {
                    LOG.debug("Cluster {} is not heard: {}", cluster, unavailable.getMessage());
                    pause();
                } catch (RuntimeException failed) {
                    LOG.warn("The monitor of cluster {} failed and goes on", cluster, failed);
                    pause();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() throws InterruptedException {
        closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private long listen(long since) throws InterruptedException {
        Optional<ClusterRecord> record = clusters.cluster(cluster);
        if (record.isEmpty()) {
            pause();
            return since;
        }
        ChangeFeed.Changes changes = feed.changes(record.get(), since, WAIT);
        if (changes.truncated()) {
            jobs.liveRuns().stream()
                    .filter(run -> run.liveAttempt().map(a -> a.cluster().equals(cluster)).orElse(false))
                    .forEach(run -> looks.execute(() -> record(run, () -> observe.look(run))));
        }
        changes.ended().forEach(ended -> jobOf(ended.key()).filter(run -> isLive(run, ended.key()))
                .ifPresent(run -> looks.execute(() -> record(run,
                        () -> observe.heard(run, ended.clusterJobId(), ended.observation())))));
        return changes.next();
    }

    private Optional<JobRun> jobOf(String key) {
        int dot = key.lastIndexOf('.');
        return dot < 1 ? Optional.empty() : jobs.run(key.substring(0, dot));
    }

    private static boolean isLive(JobRun run, String key) {
        return run.liveAttempt().map(attempt -> Attempt.key(run.jobId(), attempt.number()).equals(key)).orElse(false);
    }

    private void record(JobRun run, Runnable step) {
        try {
            step.run();
            news.ended(run.jobId());
        } catch (RetryLater | StoreUnavailable later) {
            LOG.debug("The end of job {} is left to its execution: {}", run.jobId(), later.getMessage());
        }
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        looks.close();
    }
}
