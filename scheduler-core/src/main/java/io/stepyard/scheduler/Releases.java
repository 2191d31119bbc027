package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a cluster gets back and when, if every running job uses its whole time limit. */
final class Releases {

    private final Instant[] at;
    private final Resources[] returned;

    /** @param running the running jobs of one cluster, in any order */
    Releases(List<RunningJob> running) {
        List<RunningJob> byEnd = running.stream()
                .sorted(Comparator.comparing(RunningJob::expectedEnd).thenComparing(RunningJob::jobId)).toList();
        at = new Instant[byEnd.size()];
        returned = new Resources[byEnd.size()];
        Resources sum = Resources.NONE;
        for (int index = 0; index < at.length; index++) {
            sum = sum.plus(byEnd.get(index).resources());
            at[index] = byEnd.get(index).expectedEnd();
            returned[index] = sum;
        }
    }

    /** The first moment at which {@code asked} fits beside what is free already; empty when known ends do not suffice. */
    Optional<Instant> firstFit(Resources free, Resources asked) {
        int low = 0;
        int high = at.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (asked.fitsWithin(free.plus(returned[middle]))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == at.length ? Optional.empty() : Optional.of(at[low]);
    }
}
