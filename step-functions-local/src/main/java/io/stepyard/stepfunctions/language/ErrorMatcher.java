package io.stepyard.stepfunctions.language;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The ErrorEquals of a retrier or catcher. */
public record ErrorMatcher(List<String> names) {
    public ErrorMatcher {
        names = List.copyOf(names);
    }

    static ErrorMatcher parse(JsonNode entry) {
        List<String> names = new ArrayList<>();
        entry.path("ErrorEquals").forEach(name -> names.add(name.asString()));
        return new ErrorMatcher(names);
    }

    /**
     * Whether an error is among the names. States.ALL takes everything but States.Runtime; States.TaskFailed everything
     * but States.Timeout and States.Runtime; a heartbeat that did not come goes by either name.
     */
    public boolean matches(String error, boolean heartbeat) {
        if (error.equals(ErrorNames.RUNTIME)) {
            return false;
        }
        for (String name : names) {
            boolean hit = switch (name) {
                case ErrorNames.ALL -> true;
                case ErrorNames.TASK_FAILED -> !error.equals(ErrorNames.TIMEOUT)
                        && !error.equals(ErrorNames.DATA_LIMIT_EXCEEDED);
                case ErrorNames.HEARTBEAT_TIMEOUT -> heartbeat || error.equals(name);
                default -> name.equals(error);
            };
            if (hit) {
                return true;
            }
        }
        return false;
    }
}
