package io.stepyard.stepfunctions.validation;

import io.stepyard.stepfunctions.language.JsonataExpression;
import io.stepyard.stepfunctions.language.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** What the rules of a Choice state may look like. */
final class ChoiceRules {
    private static final Set<String> BESIDES = Set.of("Variable", "Next", "Assign", "Comment", "Output");
    private static final Set<String> COMBINING = Set.of("And", "Or", "Not");

    private final BiConsumer<String, String> found;

    ChoiceRules(BiConsumer<String, String> found) {
        this.found = found;
    }

    void check(JsonNode state, boolean jsonata, String location) {
        JsonNode choices = state.path("Choices");
        for (int i = 0; choices.isArray() && i < choices.size(); i++) {
            String where = location + "/Choices[" + i + "]";
            if (!choices.get(i).isObject()) {
                found.accept("Expected value of type Object", where);
            } else if (jsonata) {
                condition(choices.get(i), where);
            } else {
                rule(choices.get(i), true, where);
            }
        }
    }

    private void condition(JsonNode rule, String where) {
        JsonNode condition = rule.get("Condition");
        if (condition == null) {
            found.accept("These fields are required: [Condition]", where);
        } else if (!condition.isBoolean() && !JsonataExpression.isExpression(condition)) {
            found.accept("Expected a JSONata expression or a Boolean", where + "/Condition");
        }
    }

    private void rule(JsonNode rule, boolean outermost, String where) {
        if (!rule.isObject()) {
            found.accept("Expected value of type Object", where);
            return;
        }
        if (!outermost && rule.has("Next")) {
            found.accept("Field is not supported", where + "/Next");
        }
        List<String> operators = new ArrayList<>();
        rule.propertyNames().stream().filter(name -> !BESIDES.contains(name)).forEach(operators::add);
        if (operators.size() != 1) {
            found.accept("One and only one comparison, And, Or or Not is required, found " + operators, where);
            return;
        }
        String operator = operators.getFirst();
        String at = where + "/" + operator;
        JsonNode operand = rule.get(operator);
        if (COMBINING.contains(operator)) {
            combined(operator, operand, at);
        } else if (!fits(operator, operand)) {
            found.accept("Value does not fit the operator", at);
        }
    }

    private void combined(String operator, JsonNode operand, String at) {
        if (operator.equals("Not")) {
            rule(operand, false, at);
        } else if (!operand.isArray() || operand.isEmpty()) {
            found.accept(operand.isArray() ? "Value cannot be empty" : "Expected value of type Array", at);
        } else {
            for (int i = 0; i < operand.size(); i++) {
                rule(operand.get(i), false, at + "[" + i + "]");
            }
        }
    }

    private static boolean fits(String operator, JsonNode operand) {
        if (operator.endsWith("Path") || operator.startsWith("String")) {
            return operand.isString();
        }
        if (operator.startsWith("Numeric")) {
            return operand.isNumber();
        }
        return operator.startsWith("Timestamp")
                ? operand.isString() && Timestamps.parse(operand.asString()) != null
                : operand.isBoolean();
    }
}
