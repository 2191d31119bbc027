package io.stepyard.stepfunctions.testing;

import io.stepyard.stepfunctions.ExecutionDescription;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Json;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An execution of the test's engine, read anew with each question: it goes on while the test lets time pass. */
public final class TestExecution {
    private final Supplier<StepFunctionsEngine> engine;
    private final String arn;

    TestExecution(Supplier<StepFunctionsEngine> engine, String arn) {
        this.engine = engine;
        this.arn = arn;
    }

    /** Its ARN. */
    public String arn() {
        return arn;
    }

    /** How it stands. */
    public ExecutionStatus status() {
        return description().summary().status();
    }

    /** Its output; refuses with {@link IllegalStateException} where it has none. */
    public JsonNode output() {
        ExecutionDescription now = description();
        if (now.output() == null) {
            throw new IllegalStateException("the execution " + now.summary().name() + " has no output: it is "
                    + now.summary().status() + (now.error() == null ? "" : " with error " + now.error()));
        }
        return Json.parse(now.output());
    }

    /** The error name, or null. */
    public @Nullable String error() {
        return description().error();
    }

    /** The cause, or null. */
    public @Nullable String cause() {
        return description().cause();
    }

    /** Its events so far, oldest first. */
    public List<HistoryEvent> history() {
        return engine.get().history(arn);
    }

    /** The names of the states it entered, in order; a state that is entered twice is there twice. */
    public List<String> enteredStates() {
        return history().stream().filter(event -> event.type().entersState())
                .map(event -> Objects.requireNonNull(event.details().text(Detail.NAME))).toList();
    }

    private ExecutionDescription description() {
        return engine.get().describeExecution(arn);
    }

    @Override
    public String toString() {
        return "TestExecution[" + description().summary().name() + " " + status() + "]";
    }
}
