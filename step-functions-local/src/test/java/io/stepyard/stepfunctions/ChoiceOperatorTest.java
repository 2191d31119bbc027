package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * All 39 comparison operators. Source: "Choice state" of the AWS developer guide and the Amazon States Language
 * specification: values of another type compare false, And, Or and Not combine, the first rule that holds wins.
 */
class ChoiceOperatorTest {
    private final EngineFixture fixture = new EngineFixture();

    private String choose(String rule, String input) {
        return fixture.run("""
                {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{%s,"Next":"Y"}],"Default":"N"},
                "Y":{"Type":"Pass","Result":"yes","End":true},"N":{"Type":"Pass","Result":"no","End":true}}}"""
                .formatted(rule), input).asString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "StringEquals|\"a\"|\"a\"|\"b\"|1", "StringLessThan|\"b\"|\"a\"|\"b\"|1",
            "StringGreaterThan|\"b\"|\"c\"|\"b\"|1", "StringLessThanEquals|\"b\"|\"b\"|\"c\"|1",
            "StringGreaterThanEquals|\"b\"|\"b\"|\"a\"|1", "NumericEquals|1|1.0|2|\"1\"", "NumericLessThan|2|1|2|\"1\"",
            "NumericGreaterThan|2|2.5|2|\"3\"", "NumericLessThanEquals|2|2|3|\"1\"",
            "NumericGreaterThanEquals|2|2|1|\"3\"",
            "BooleanEquals|true|true|false|\"true\"",
            "TimestampEquals|\"2026-01-01T00:00:00Z\"|\"2026-01-01T01:00:00+01:00\"|\"2026-01-01T00:00:01Z\"|1",
            "TimestampLessThan|\"2026-01-01T00:00:00Z\"|\"2025-12-31T23:59:59Z\"|\"2026-01-01T00:00:00Z\"|\"x\"",
            "TimestampGreaterThan|\"2026-01-01T00:00:00Z\"|\"2026-01-01T00:00:01Z\"|\"2026-01-01T00:00:00Z\"|\"x\"",
            "TimestampLessThanEquals|\"2026-01-01T00:00:00Z\"|\"2026-01-01T00:00:00Z\"|\"2026-01-01T00:00:00.001Z\"|1",
            "TimestampGreaterThanEquals|\"2026-01-01T00:00:00Z\"|\"2026-01-01T00:00:00Z\"|\"2025-12-31T23:59:59.999Z\"|1"})
    void shouldCompareWithAValueAndWithWhatAPathPointsAt(String operator, String operand, String holds, String fails,
            String otherType) {
        String byValue = "\"Variable\":\"$.v\",\"%s\":%s".formatted(operator, operand);
        String byPath = "\"Variable\":\"$.v\",\"%sPath\":\"$.o\"".formatted(operator);
        for (String rule : new String[]{byValue, byPath}) {
            assertThat(choose(rule, input(holds, operand))).as(rule + " holds for " + holds).isEqualTo("yes");
            assertThat(choose(rule, input(fails, operand))).as(rule + " fails for " + fails).isEqualTo("no");
            assertThat(choose(rule, input(otherType, operand))).as(rule + " fails for " + otherType).isEqualTo("no");
        }
    }

    private static String input(String value, String operand) {
        return "{\"v\":%s,\"o\":%s}".formatted(value, operand);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"IsNull|null|0", "IsString|\"s\"|1",
            "IsNumeric|1.5|\"1.5\"",
            "IsBoolean|false|\"false\"", "IsTimestamp|\"2026-01-01T00:00:00Z\"|\"2026-01-01\""})
    void shouldTellTypesApartBothWays(String operator, String holds, String fails) {
        String is = "\"Variable\":\"$.v\",\"%s\":true".formatted(operator);
        String isNot = "\"Variable\":\"$.v\",\"%s\":false".formatted(operator);
        assertThat(choose(is, input(holds, "0"))).isEqualTo("yes");
        assertThat(choose(is, input(fails, "0"))).isEqualTo("no");
        assertThat(choose(isNot, input(holds, "0"))).isEqualTo("no");
        assertThat(choose(isNot, input(fails, "0"))).isEqualTo("yes");
    }

    @Test
    void shouldTellWhetherAFieldIsThere() {
        assertThat(choose("\"Variable\":\"$.v\",\"IsPresent\":true", "{\"v\":null}")).isEqualTo("yes");
        assertThat(choose("\"Variable\":\"$.w\",\"IsPresent\":true", "{\"v\":null}")).isEqualTo("no");
        assertThat(choose("\"Variable\":\"$.w\",\"IsPresent\":false", "{\"v\":null}")).isEqualTo("yes");
    }

    @ParameterizedTest
    @CsvSource({"log-*.txt,log-1.txt,yes", "log-*.txt,log-.txt,yes", "log-*.txt,log.txt,no", "*,anything,yes",
            "a\\*b,a*b,yes", "a\\*b,axb,no", "zeta*.log,zetas.log,yes", "a.c,abc,no", "foo*.log,foo*.log.gz,no"})
    void shouldMatchPatternsWithStars(String pattern, String value, String expected) {
        String rule = "\"Variable\":\"$.v\",\"StringMatches\":\"%s\"".formatted(pattern.replace("\\", "\\\\\\\\"));
        assertThat(choose(rule.replace("\\\\\\\\", "\\\\"), "{\"v\":\"" + value + "\"}")).isEqualTo(expected);
    }

    @Test
    void shouldFailWhereTheVariableIsAbsent() {
        assertThat(choose("\"Variable\":\"$.w\",\"StringEquals\":\"a\"", "{}")).isEqualTo("FAILED States.Runtime");
    }

    @Test
    void shouldCombineRules() {
        String small = "{\"Variable\":\"$.v\",\"NumericLessThan\":5}";
        String large = "{\"Variable\":\"$.v\",\"NumericGreaterThan\":2}";
        assertThat(choose("\"And\":[%s,%s]".formatted(small, large), "{\"v\":3}")).isEqualTo("yes");
        assertThat(choose("\"And\":[%s,%s]".formatted(small, large), "{\"v\":6}")).isEqualTo("no");
        assertThat(choose("\"Or\":[%s,%s]".formatted(small, large), "{\"v\":6}")).isEqualTo("yes");
        assertThat(choose("\"Not\":{\"And\":[%s,{\"Not\":%s}]}".formatted(small, large), "{\"v\":1}")).isEqualTo("no");
    }

    @Test
    void shouldTakeTheFirstRuleThatHolds() {
        assertThat(fixture.run("""
                {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Variable":"$.v","IsNumeric":true,"Next":"A"},
                {"Variable":"$.v","NumericEquals":1,"Next":"B"}]},"A":{"Type":"Pass","Result":"first","End":true},
                "B":{"Type":"Pass","Result":"second","End":true}}}""", "{\"v\":1}").asString()).isEqualTo("first");
    }

    @Test
    void shouldFailWithNoChoiceMatchedWhereNothingHoldsAndThereIsNoDefault() {
        assertThat(fixture
                .run("""
                        {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Variable":"$.v","NumericEquals":1,"Next":"S"}]},
                        "S":{"Type":"Succeed"}}}""",
                        "{\"v\":2}")
                .asString()).isEqualTo("FAILED States.NoChoiceMatched");
    }
}
