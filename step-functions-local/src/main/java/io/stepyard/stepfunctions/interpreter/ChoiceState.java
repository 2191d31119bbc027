package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.language.ChoiceRule;
import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.EvaluationContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Goes to the state of the first rule that holds. */
final class ChoiceState extends State {
    private final List<Option> options;
    private final @Nullable String otherwise;

    /** A rule and where it leads. */
    record Option(ChoiceRule rule, String next) {}

    ChoiceState(StateHeader header, List<Option> options, @Nullable String otherwise) {
        super(header);
        this.options = List.copyOf(options);
        this.otherwise = otherwise;
    }

    @Override
    EventType enteredType() {
        return EventType.CHOICE_STATE_ENTERED;
    }

    @Override
    EventType exitedType() {
        return EventType.CHOICE_STATE_EXITED;
    }

    @Override
    Transition enter(Frame frame) {
        JsonNode input = flow().effectiveInput(frame);
        return new Transition.Exit(flow().output(frame, input), choose(frame, input), flow().assigned(frame, null));
    }

    private String choose(Frame frame, JsonNode input) {
        EvaluationContext context = frame.context(input);
        for (Option option : options) {
            if (option.rule().matches(context)) {
                return option.next();
            }
        }
        if (otherwise == null) {
            throw new StateFailure(ErrorNames.NO_CHOICE_MATCHED,
                    "No choice rule matched and no Default was specified for state '" + name() + "'");
        }
        return otherwise;
    }
}
