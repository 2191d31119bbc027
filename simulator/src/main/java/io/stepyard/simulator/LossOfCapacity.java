package io.stepyard.simulator;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Core-seconds that stood idle although waiting jobs could have used them: at each moment min(idle, asked for). */
final class LossOfCapacity {

    private LossOfCapacity() {}

    static double of(Outcome outcome, long cores) {
        int count = outcome.trace().jobs().size();
        Integer[] started = IntStream.range(0, count).filter(index -> outcome.started(index)).boxed()
                .toArray(Integer[]::new);
        long[][] changes = new long[started.length * 3][];
        int at = 0;
        for (int index : started) {
            TraceJob job = outcome.trace().jobs().get(index);
            long start = outcome.startSeconds(index);
            changes[at++] = new long[]{job.submitSeconds(), job.cpuMillicores(), 0};
            changes[at++] = new long[]{start, -job.cpuMillicores(), -job.cpuMillicores()};
            changes[at++] = new long[]{start + job.runSeconds(), 0, job.cpuMillicores()};
        }
        Arrays.sort(changes, Comparator.comparingLong(change -> change[0]));
        double lost = 0;
        long asked = 0;
        long idle = cores * 1000;
        long last = changes.length == 0 ? 0 : changes[0][0];
        for (long[] change : changes) {
            lost += (double) Math.max(0, Math.min(idle, asked)) * (change[0] - last);
            asked += change[1];
            idle += change[2];
            last = change[0];
        }
        return lost / 1000;
    }
}
