package io.stepyard.stepfunctions.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSONPath choice rule: a comparison, or And, Or, Not over rules. */
public sealed interface ChoiceRule {

    /** Whether the rule holds. */
    boolean matches(EvaluationContext context);

    /** Parses a rule; throws {@link IllegalArgumentException} where it is none. */
    static ChoiceRule parse(JsonNode rule) {
        if (rule.has("And")) {
            return new And(parseAll(rule.get("And")));
        }
        if (rule.has("Or")) {
            return new Or(parseAll(rule.get("Or")));
        }
        if (rule.has("Not")) {
            return new Not(parse(rule.get("Not")));
        }
        for (Map.Entry<String, JsonNode> field : rule.properties()) {
            ChoiceOperator operator = ChoiceOperator.named(field.getKey());
            if (operator != null) {
                return Comparison.parse(rule, operator, field.getKey().endsWith("Path"), field.getValue());
            }
        }
        throw new IllegalArgumentException("a choice rule needs a comparison, And, Or or Not");
    }

    private static List<ChoiceRule> parseAll(JsonNode rules) {
        List<ChoiceRule> parsed = new ArrayList<>();
        rules.forEach(rule -> parsed.add(parse(rule)));
        return parsed;
    }

    /** All of them. */
    record And(List<ChoiceRule> rules) implements ChoiceRule {
        public And {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean matches(EvaluationContext context) {
            for (ChoiceRule rule : rules) {
                if (!rule.matches(context)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Any of them. */
    record Or(List<ChoiceRule> rules) implements ChoiceRule {
        public Or {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean matches(EvaluationContext context) {
            for (ChoiceRule rule : rules) {
                if (rule.matches(context)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The opposite. */
    record Not(ChoiceRule rule) implements ChoiceRule {
        @Override
        public boolean matches(EvaluationContext context) {
            return !rule.matches(context);
        }
    }

    /** One operator on one variable; the other side is a value or a path. */
    record Comparison(JsonPathExpression variable, ChoiceOperator operator, @Nullable JsonNode value,
            @Nullable JsonPathExpression valuePath) implements ChoiceRule {

        static Comparison parse(JsonNode rule, ChoiceOperator operator, boolean byPath, JsonNode value) {
            JsonNode variable = rule.get("Variable");
            if (variable == null || !variable.isString()) {
                throw new IllegalArgumentException("a comparison needs a Variable");
            }
            return new Comparison(JsonPathExpression.parse(variable.asString()), operator, byPath ? null : value,
                    byPath ? JsonPathExpression.parse(value.asString()) : null);
        }

        @Override
        public boolean matches(EvaluationContext context) {
            JsonNode left = variable.find(context);
            if (operator == ChoiceOperator.IS_PRESENT) {
                return (left != null) == right(context).asBoolean();
            }
            if (left == null) {
                throw invalid(variable);
            }
            return operator.holds(left, right(context));
        }

        private JsonNode right(EvaluationContext context) {
            if (value != null) {
                return value;
            }
            if (valuePath == null) {
                throw new IllegalStateException("neither value nor path for " + operator);
            }
            JsonNode found = valuePath.find(context);
            if (found == null) {
                throw invalid(valuePath);
            }
            return found;
        }

        private static EvaluationException invalid(JsonPathExpression path) {
            return EvaluationException.runtime("Invalid path '" + path.text()
                    + "': The choice state's condition path references an invalid value.");
        }
    }
}
