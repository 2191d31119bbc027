package io.stepyard.local;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one cluster process alive: when it dies, another is started on the same state, after a pause that grows with each try. */
final class ClusterKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterKeeper.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STEADY_AFTER = Duration.ofMinutes(1);

    private final ClusterPlan plan;
    private final RuntimeDirectory directory;
    private final ClusterLauncher launcher;
    private final HttpClient http;
    private final Consumer<ClusterProcess> whenUp;
    private final Thread thread;
    private volatile @Nullable ClusterProcess process;
    private volatile boolean closing;

    /** @param whenUp hears of each process once it answers, also of the first */
    ClusterKeeper(ClusterPlan plan, RuntimeDirectory directory, ClusterLauncher launcher, HttpClient http,
            Consumer<ClusterProcess> whenUp) {
        this.plan = plan;
        this.directory = directory;
        this.launcher = launcher;
        this.http = http;
        this.whenUp = whenUp;
        this.thread = Thread.ofVirtual().name("keeper-" + plan.name()).unstarted(this::keep);
    }

    /** Returns when the cluster answers. */
    void start() throws StartException, InterruptedException {
        up();
        thread.start();
    }

    String name() {
        return plan.name();
    }

    ClusterProcess process() {
        ClusterProcess current = process;
        if (current == null) {
            throw new IllegalStateException("cluster " + plan.name() + " has not started");
        }
        return current;
    }

    private void up() throws StartException, InterruptedException {
        ClusterProcess started = ClusterProcess.adoptOrStart(plan, directory, launcher, http);
        process = started;
        LOG.info("{} {}", started.isAdopted() ? "Adopted" : "Started", started);
        whenUp.accept(started);
    }

    private void keep() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!closing) {
                long since = System.nanoTime();
                process().awaitEnd();
                if (closing) {
                    return;
                }
                boolean steady = System.nanoTime() - since > STEADY_AFTER.toNanos();
                pause = steady ? FIRST_PAUSE : pause;
                LOG.warn("Cluster {} has died; it is started again in {} ms", plan.name(), pause.toMillis());
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                tryUp();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryUp() throws InterruptedException {
        try {
            up();
        } catch (StartException refused) {
            LOG.warn("Cluster {} does not come back yet: {}", plan.name(), refused.getMessage());
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        ClusterProcess current = process;
        if (current == null) {
            return;
        }
        try {
            thread.join();
            current.stop();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
