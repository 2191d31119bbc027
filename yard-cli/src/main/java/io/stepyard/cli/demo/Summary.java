package io.stepyard.cli.demo;

import io.stepyard.cli.api.ClusterView;
import io.stepyard.cli.api.FailureView;
import io.stepyard.cli.api.JobDetail;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.text.Sizes;
import io.stepyard.cli.text.Table;
import io.stepyard.cli.text.Text;
import io.stepyard.cli.text.Times;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the demo says at its end. */
final class Summary {

    private static final int CHART_WIDTH = 60;

    private final List<DemoJob> jobs;
    private final List<ClusterView> clusters;

    Summary(List<DemoJob> jobs, List<ClusterView> clusters) {
        this.jobs = List.copyOf(jobs);
        this.clusters = List.copyOf(clusters);
    }

    /** Every problem of every job, with the job's name before it. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        jobs.forEach(job -> Verdict.problems(job, jobs).forEach(problem -> problems.add(job.name() + ": " + problem)));
        return problems;
    }

    void print(PrintWriter out, Surroundings.Screen screen) {
        Table table = new Table("NAME", "TENANT", ">PRIO", ">CPU", ">MEM", ">WAIT", "CLUSTER", ">RUN", ">ATTEMPTS",
                "OUTCOME", "AS EXPECTED");
        jobs.forEach(job -> table.row(row(job)));
        out.println();
        table.lines(0).forEach(out::println);
        charts(out, screen.unicode());
        out.println();
        jobs.stream().filter(job -> job.entry().expect().overtakes() > 0).forEach(job -> overtaking(job, out));
        jobs.stream().filter(DemoJob::isRefused).forEach(job -> out.println(job.name() + " was refused before anything "
                + "was queued, with " + job.faults().size() + " faults: "
                + job.faults().stream().map(fault -> fault.pointer()).collect(Collectors.joining(" "))));
        jobs.forEach(job -> error(job, out));
    }

    private String[] row(DemoJob job) {
        JobDetail end = job.end();
        List<String> problems = Verdict.problems(job, jobs);
        String verdict = problems.isEmpty() ? "yes" : "NO: " + String.join("; ", problems);
        if (end == null) {
            return new String[]{job.name(), "", "", "", "", "", "", "", "", job.state(), verdict};
        }
        return new String[]{job.name(), end.tenant(), Integer.toString(end.priority()), Sizes.cpu(end.cpuMillicores()),
                Sizes.memory(end.memoryMib()), job.waitTime().map(Times::seconds).orElse("-"),
                Objects.requireNonNullElse(end.cluster(), "-"), job.runTime().map(Times::seconds).orElse("-"),
                Integer.toString(end.attemptsMade()), job.state(), verdict};
    }

    private void overtaking(DemoJob job, PrintWriter out) {
        List<DemoJob> overtaken = Verdict.overtaken(job, jobs);
        JobDetail end = job.end();
        String names = overtaken.stream().map(DemoJob::name).limit(5).collect(Collectors.joining(", "));
        out.println(job.name() + (end == null ? "" : " (priority " + end.priority() + ")") + " came "
                + Times.seconds(job.entry().delay()) + " late and overtook " + overtaken.size() + " waiting jobs"
                + (overtaken.isEmpty() ? "" : ": " + names + (overtaken.size() > 5 ? ", …" : "")));
    }

    private static void error(DemoJob job, PrintWriter out) {
        JobDetail end = job.end();
        FailureView failure = end == null ? null : end.wholeFailure();
        if (failure != null) {
            String output = Text.printable(Objects.requireNonNullElse(failure.errorOutput(), "")).strip();
            out.println(job.name() + " failed: " + failure.message()
                    + (output.isEmpty() ? "" : ", and said: " + output.lines().reduce((one, two) -> two).orElse("")));
        }
    }

    /** From the first submission to the last end; nothing when no job ran. */
    private void charts(PrintWriter out, boolean unicode) {
        List<JobDetail> ended = ended();
        Instant from = jobs.stream().flatMap(job -> job.submittedAt().stream()).min(Instant::compareTo).orElse(null);
        Instant to = ended.stream().map(JobDetail::endedAt).filter(Objects::nonNull).map(Objects::requireNonNull)
                .max(Instant::compareTo).orElse(null);
        if (from == null || to == null) {
            return;
        }
        out.println();
        out.println("Reserved over time, " + Times.seconds(Duration.between(from, to)) + " from left to right");
        for (ClusterView cluster : clusters) {
            if (cluster.capacity() != null) {
                double[] cpu = Utilisation.shares(cluster.name(), ended, JobDetail::cpuMillicores,
                        cluster.capacity().cpuMillicores(), from, to, CHART_WIDTH);
                double[] memory = Utilisation.shares(cluster.name(), ended, JobDetail::memoryMib,
                        cluster.capacity().memoryMib(), from, to, CHART_WIDTH);
                out.printf("  %-10s cpu    |%s| %s of %s cores%n", cluster.name(), Utilisation.bar(cpu, unicode),
                        Utilisation.mean(cpu), Sizes.cpu(cluster.capacity().cpuMillicores()));
                out.printf("  %-10s memory |%s| %s of %s%n", "", Utilisation.bar(memory, unicode),
                        Utilisation.mean(memory), Sizes.memory(cluster.capacity().memoryMib()));
            }
        }
    }

    /** The same for programs. */
    Map<String, Object> document() {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (DemoJob job : jobs) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", job.entry().file());
            line.put("jobId", job.jobId());
            line.put("state", job.state());
            line.put("waitSeconds", job.waitTime().map(wait -> wait.toMillis() / 1000.0).orElse(null));
            line.put("runSeconds", job.runTime().map(run -> run.toMillis() / 1000.0).orElse(null));
            line.put("cluster", job.end() == null ? null : job.end().cluster());
            line.put("attempts", job.end() == null ? 0 : job.end().attemptsMade());
            line.put("overtook", Verdict.overtaken(job, jobs).stream().map(DemoJob::jobId).toList());
            line.put("problems", Verdict.problems(job, jobs));
            lines.add(line);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("jobs", lines);
        document.put("asExpected", problems().isEmpty());
        return document;
    }

    private List<JobDetail> ended() {
        List<JobDetail> ended = new ArrayList<>();
        for (DemoJob job : jobs) {
            JobDetail end = job.end();
            if (end != null) {
                ended.add(end);
            }
        }
        return ended;
    }
}
