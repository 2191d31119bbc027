package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.language.ChoiceRule;
import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.EvaluationContext;
import io.stepyard.stepfunctions.language.JsonataExpression;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Goes to the state of the first rule that holds. */
final class ChoiceState extends State {
    private final List<Option> options;
    private final @Nullable String otherwise;

    /** A condition, and where it leads. */
    sealed interface Option {
        /** Whether it holds. */
        boolean holds(Frame frame, JsonNode input, int index);

        /** The state it leads to. */
        String next();

        /** The option's own Output and Assign; those of the state where it has none. */
        DataFlow flow();
    }

    /** A JSONPath rule. */
    record RuleOption(ChoiceRule rule, String next, DataFlow flow) implements Option {
        @Override
        public boolean holds(Frame frame, JsonNode input, int index) {
            EvaluationContext context = frame.context(input);
            return rule.matches(context);
        }
    }

    /** A JSONata condition. */
    record ConditionOption(JsonataExpression condition, String next, DataFlow flow) implements Option {
        @Override
        public boolean holds(Frame frame, JsonNode input, int index) {
            return condition.evaluate(frame.scope(null, null), "Choices[" + index + "]/Condition", "boolean")
                    .asBoolean();
        }
    }

    /** A JSONata condition that is fixed. */
    record FixedOption(boolean condition, String next, DataFlow flow) implements Option {
        @Override
        public boolean holds(Frame frame, JsonNode input, int index) {
            return condition;
        }
    }

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
        for (int i = 0; i < options.size(); i++) {
            Option option = options.get(i);
            if (option.holds(frame, input, i)) {
                return exit(frame, option.flow(), option.next());
            }
        }
        if (otherwise == null) {
            throw new StateFailure(ErrorNames.NO_CHOICE_MATCHED,
                    frame.explained("Failed to transition out of the state. "
                            + "The state's choice rules did not match and it has no Default."));
        }
        return exit(frame, flow(), otherwise);
    }

    private static Transition exit(Frame frame, DataFlow flow, String next) {
        return new Transition.Exit(flow.passed(frame), next, flow.assigned(frame, null));
    }
}
