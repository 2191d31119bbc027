package io.stepyard.cli.demo;

import io.stepyard.cli.api.AttemptView;
import io.stepyard.cli.api.JobDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** How full a cluster was over time, from the times of the attempts that ran on it. Pure. */
final class Utilisation {

    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
    private static final String PLAIN = " .:-=+*#@";

    private Utilisation() {}

    /**
     * Mean share of the capacity that was held in each of equally long parts of the time.
     *
     * @param amount what one job holds, in the unit of the capacity
     * @param parts number of parts, at least 1
     * @return shares; 1.0 is full
     */
    static double[] shares(String cluster, List<JobDetail> jobs, ToLongFunction<JobDetail> amount, long capacity,
            Instant from, Instant to, int parts) {
        double[] shares = new double[parts];
        double partMillis = (double) Math.max(1, Duration.between(from, to).toMillis()) / parts;
        for (JobDetail job : jobs) {
            for (AttemptView attempt : job.attempts()) {
                if (!attempt.cluster().equals(cluster) || attempt.startedAt() == null) {
                    continue;
                }
                double begin = Duration.between(from, attempt.startedAt()).toMillis();
                double end = Duration.between(from, Objects.requireNonNullElse(attempt.endedAt(), to)).toMillis();
                for (int part = 0; part < parts; part++) {
                    double overlap = Math.min(end, (part + 1) * partMillis) - Math.max(begin, part * partMillis);
                    shares[part] += Math.max(0, overlap) / partMillis * amount.applyAsLong(job) / capacity;
                }
            }
        }
        return shares;
    }

    /** One character for each share. */
    static String bar(double[] shares, boolean unicode) {
        String steps = unicode ? BLOCKS : PLAIN;
        StringBuilder bar = new StringBuilder();
        for (double share : shares) {
            int step = share <= 0 ? 0 : (int) Math.ceil(share * (steps.length() - 1) - 0.000_001);
            bar.append(steps.charAt(Math.clamp(step, 0, steps.length() - 1)));
        }
        return bar.toString();
    }

    /** The mean over the whole time: {@code 73 %}. */
    static String mean(double[] shares) {
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        return String.format(Locale.ROOT, "%2.0f %%", 100 * sum / shares.length);
    }
}
