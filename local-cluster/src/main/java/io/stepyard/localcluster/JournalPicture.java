package io.stepyard.localcluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What a journal says that is written anew: everything that counts now, and nothing of how it came about. */
final class JournalPicture {

    private JournalPicture() {}

    static List<JournalRecord> of(JournalRecord.Head head, EndedRuns ended, Collection<LiveRun> live,
            ClosedKeys closed) {
        List<JournalRecord> picture = new ArrayList<>(ended.size() + 3 * live.size() + closed.size() + 1);
        picture.add(head);
        closed.all().forEach(key -> picture.add(new JournalRecord.Closed(key)));
        ended.all().forEach(run -> picture.add(run.toRecord()));
        for (LiveRun run : live) {
            picture.add(new JournalRecord.Accepted(run.number, run.acceptedAt, run.request));
            if (run.startedAt != null) {
                picture.add(new JournalRecord.Started(run.number, run.startedAt));
            }
            if (run.ending != null) {
                picture.add(new JournalRecord.Ending(run.number, run.ending));
            }
        }
        // Ends that are on their way to disk stand before the new picture in the queue and would be lost with the old file.
        live.stream().map(run -> run.end).filter(Objects::nonNull)
                .sorted(Comparator.comparingLong(JournalRecord.Ended::sequence)).forEach(picture::add);
        return picture;
    }
}
