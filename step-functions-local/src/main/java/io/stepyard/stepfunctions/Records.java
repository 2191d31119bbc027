package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.ByteReader;
import io.stepyard.stepfunctions.history.ByteWriter;
import io.stepyard.stepfunctions.history.HistoryCodec;
import io.stepyard.stepfunctions.history.HistoryEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the journal's records hold. */
@SuppressWarnings("EnumOrdinal")
final class Records {
    static final int CATALOG = 1;
    static final int EVENTS = 2;
    /** The last sign of life of a task. */
    static final int HEARTBEAT = 3;
    private static final int HAS_START = 1;
    private static final int WAS_REDRIVEN = 2;
    private static final int BYTES_GUESS = 1_024;

    private Records() {}

    /** A change of the catalog as JSON text. */
    static byte[] catalog(String json) {
        return new ByteWriter(json.length() + 8).put(CATALOG).putText(json).toByteArray();
    }

    /**
     * The head of a batch of events.
     *
     * @param executionNumber
     *            whose they are
     * @param previousPosition
     *            where the batch before it stands, or -1
     * @param statusAfter
     *            the execution's status after them
     * @param millis
     *            when they happened
     * @param redrives
     *            how often it had been redriven after them
     * @param start
     *            what the execution is, in its first batch
     */
    record Head(long executionNumber, long previousPosition, ExecutionStatus statusAfter, long millis, int redrives,
            @Nullable Start start) {}

    /** A sign of life of the task that an event scheduled. */
    record Heartbeat(long executionNumber, long eventId, long millis) {}

    static byte[] heartbeat(Heartbeat heartbeat) {
        return new ByteWriter(24).put(HEARTBEAT).putVar(heartbeat.executionNumber).putVar(heartbeat.eventId)
                .putVar(heartbeat.millis).toByteArray();
    }

    static Heartbeat heartbeat(ByteReader in) {
        return new Heartbeat(in.getVar(), in.getVar(), in.getVar());
    }

    /**
     * What an execution is.
     *
     * @param parent
     *            where it is the child of a distributed Map
     */
    record Start(String name, String stateMachineArn, int revision, long startMillis, @Nullable String traceHeader,
            @Nullable Parent parent) {}

    /** The item of a map run that a child execution works on. */
    record Parent(long number, long eventId, int index, String mapState) {}

    static byte[] events(Head head, List<HistoryEvent> events) {
        ByteWriter out = new ByteWriter(BYTES_GUESS);
        out.put(EVENTS).putVar(head.executionNumber).putSigned(head.previousPosition)
                .put(head.statusAfter.ordinal()).putVar(head.millis)
                .put((head.start == null ? 0 : HAS_START) | (head.redrives == 0 ? 0 : WAS_REDRIVEN));
        if (head.redrives != 0) {
            out.putVar(head.redrives);
        }
        Start start = head.start;
        if (start != null) {
            out.putText(start.name).putText(start.stateMachineArn).putVar(start.revision).putVar(start.startMillis)
                    .putText(start.traceHeader == null ? "" : start.traceHeader).put(start.parent == null ? 0 : 1);
            if (start.parent != null) {
                out.putVar(start.parent.number).putVar(start.parent.eventId).putVar(start.parent.index)
                        .putText(start.parent.mapState);
            }
        }
        HistoryCodec.write(out, events);
        return out.toByteArray();
    }

    static Head head(ByteReader in) {
        long number = in.getVar();
        long previous = in.getSigned();
        ExecutionStatus status = ExecutionStatus.values()[in.get()];
        long millis = in.getVar();
        int flags = in.get();
        int redrives = (flags & WAS_REDRIVEN) == 0 ? 0 : Math.toIntExact(in.getVar());
        Start start = null;
        if ((flags & HAS_START) != 0) {
            String name = in.getText();
            String machine = in.getText();
            int revision = Math.toIntExact(in.getVar());
            long startMillis = in.getVar();
            String trace = in.getText();
            Parent parent = in.get() == 0
                    ? null
                    : new Parent(in.getVar(), in.getVar(), Math.toIntExact(in.getVar()), in.getText());
            start = new Start(name, machine, revision, startMillis, trace.isEmpty() ? null : trace, parent);
        }
        return new Head(number, previous, status, millis, redrives, start);
    }
}
