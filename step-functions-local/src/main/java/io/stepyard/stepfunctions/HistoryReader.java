package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.ByteReader;
import io.stepyard.stepfunctions.history.HistoryCodec;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.journal.Journal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Reads histories from the journal. Safe for use by many threads. */
record HistoryReader(Journal journal) {

    /** The events of an execution whose last batch stands here. */
    List<HistoryEvent> whole(long lastPosition) {
        ArrayDeque<List<HistoryEvent>> batches = new ArrayDeque<>();
        for (long position = lastPosition; position >= 0;) {
            ByteReader in = new ByteReader(journal.read(position));
            in.get();
            position = Records.head(in).previousPosition();
            batches.addFirst(HistoryCodec.read(in));
        }
        List<HistoryEvent> events = new ArrayList<>();
        batches.forEach(events::addAll);
        return events;
    }

    /** The events of one batch. */
    List<HistoryEvent> batch(long position) {
        ByteReader in = new ByteReader(journal.read(position));
        in.get();
        Records.head(in);
        return HistoryCodec.read(in);
    }
}
