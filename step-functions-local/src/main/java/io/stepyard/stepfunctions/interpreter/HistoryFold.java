package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Restores the frames of an execution from its history, event by event. */
final class HistoryFold {
    private final Execution execution;
    private final Map<Frame, List<HistoryEvent>> open = new LinkedHashMap<>();
    private final Map<Long, Frame> tips = new LinkedHashMap<>();

    HistoryFold(Execution execution, Frame root) {
        this.execution = execution;
        tips.put(0L, root);
    }

    /** Takes the next event. */
    void apply(HistoryEvent event) {
        switch (event.type()) {
            case EXECUTION_STARTED -> execution.input(text(event, Detail.INPUT));
            case EXECUTION_SUCCEEDED, EXECUTION_FAILED, EXECUTION_ABORTED, EXECUTION_TIMED_OUT -> open.clear();
            default -> applyToFrame(event);
        }
    }

    private void applyToFrame(HistoryEvent event) {
        Frame frame = tips.remove(event.previousEventId());
        if (frame == null) {
            throw new IllegalStateException("event " + event.id() + " follows event " + event.previousEventId()
                    + ", which ends no open chain of states");
        }
        frame.lastEventId(event.id());
        tips.put(event.id(), frame);
        if (event.type().entersState()) {
            String input = text(event, Detail.INPUT);
            State state = frame.states().named(text(event, Detail.NAME));
            frame.entered(state, Json.parse(input), input, event.id(), event.timestampMillis());
            open.put(frame, new ArrayList<>());
        } else if (event.type().exitsState()) {
            event.details().texts(Detail.ASSIGNED_VARIABLES)
                    .forEach((name, value) -> frame.assign(Map.of(name, Json.parse(value))));
        } else {
            open.computeIfAbsent(frame, absent -> new ArrayList<>()).add(event);
        }
    }

    private static String text(HistoryEvent event, Detail field) {
        String text = event.details().text(field);
        if (text == null) {
            throw new IllegalStateException("event " + event.id() + " has no " + field.jsonName());
        }
        return text;
    }

    /** The chains of states that wait, each with its events since it entered its state. */
    Map<Frame, List<HistoryEvent>> open() {
        return open;
    }
}
