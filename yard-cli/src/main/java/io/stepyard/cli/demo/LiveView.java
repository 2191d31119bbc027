package io.stepyard.cli.demo;

import io.stepyard.cli.api.JobSummary;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.text.Sizes;
import io.stepyard.cli.text.Table;
import io.stepyard.cli.text.Times;
import io.stepyard.model.lifecycle.JobState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows the jobs while they live: a table that is drawn over on a terminal, a line for each change elsewhere. */
final class LiveView {

    private static final int BAR_WIDTH = 30;
    private static final int LINES_BESIDE_THE_JOBS = 4;
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintWriter out;
    private final Surroundings.Screen screen;
    private final InstantSource clock;
    private final Map<String, String> told = new HashMap<>();
    private int drawn;

    LiveView(PrintWriter out, Surroundings.Screen screen, InstantSource clock) {
        this.out = out;
        this.screen = screen;
        this.clock = clock;
    }

    void show(List<DemoJob> jobs, Duration elapsed) {
        if (screen.interactive()) {
            draw(jobs, elapsed);
        } else {
            jobs.forEach(job -> tellChange(job, elapsed));
        }
        out.flush();
    }

    private void draw(List<DemoJob> jobs, Duration elapsed) {
        List<String> lines = new ArrayList<>(table(visible(jobs), clock.instant()).lines(screen.columns() - 1));
        lines.add("");
        String progress = progress(jobs, elapsed);
        lines.add(progress.substring(0, Math.min(progress.length(), screen.columns() - 1)));
        if (drawn > 0) {
            out.printf("\u001b[%dA", drawn);
        }
        lines.forEach(line -> out.print(line + CLEAR_TO_END_OF_LINE + "\n"));
        out.print(CLEAR_BELOW);
        drawn = lines.size();
    }

    /** What does not fit the screen is left out from the end of the order: running, waiting, ended, planned. */
    private List<DemoJob> visible(List<DemoJob> jobs) {
        int room = Math.max(3, screen.rows() - LINES_BESIDE_THE_JOBS);
        if (jobs.size() <= room) {
            return jobs;
        }
        return jobs.stream().sorted(Comparator.comparingInt(LiveView::rank)).limit(room).toList();
    }

    private static int rank(DemoJob job) {
        return job.isOver() ? 2 : job.isPlanned() ? 3 : job.isRunning() ? 0 : 1;
    }

    private static Table table(List<DemoJob> jobs, Instant now) {
        Table table = new Table("NAME", "TENANT", ">PRIO", ">CPU", ">MEM", "STATE", ">TIME", "CLUSTER(REASON)");
        jobs.forEach(job -> table.row(row(job, now)));
        return table;
    }

    private static String[] row(DemoJob job, Instant now) {
        JobSummary live = job.live();
        if (live == null) {
            return new String[]{job.name(), "", "", "", "", job.state(), "", job.place()};
        }
        String time = job.runTime().map(Times::clock)
                .orElse(job.isRunning() ? Times.between(live.startedAt(), now) : "");
        return new String[]{job.name(), live.tenant(), Integer.toString(live.priority()),
                Sizes.cpu(live.cpuMillicores()), Sizes.memory(live.memoryMib()), job.state(), time, job.place()};
    }

    private String progress(List<DemoJob> jobs, Duration elapsed) {
        long over = jobs.stream().filter(DemoJob::isOver).count();
        long running = jobs.stream().filter(DemoJob::isRunning).count();
        int filled = (int) (BAR_WIDTH * over / Math.max(1, jobs.size()));
        String bar = (screen.unicode() ? "█" : "#").repeat(filled) + (screen.unicode() ? "░" : "-").repeat(BAR_WIDTH
                - filled);
        return bar + " " + over + " of " + jobs.size() + " ended, " + running + " run, " + Times.seconds(elapsed);
    }

    private void tellChange(DemoJob job, Duration elapsed) {
        boolean waits = !job.isOver() && !job.isRunning();
        String now = job.state() + (waits ? "" : job.place().isEmpty() ? "" : " on " + job.place());
        String before = told.put(job.entry().file(), now);
        if (!now.equals(before) && !job.isPlanned() && isWorthALine(job)) {
            out.printf("%8s  %-24s %s%n", Times.seconds(elapsed), job.name(), now);
        }
    }

    /** States that last a moment only would double the number of lines. */
    private static boolean isWorthALine(DemoJob job) {
        return !job.state().equals(JobState.GRANTED.name()) && !job.state().equals(JobState.STARTING.name());
    }
}
