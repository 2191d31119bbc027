package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * JSONata and variables. Source: "Transforming data with JSONata" and "Passing data between states with variables" of the AWS
 * developer guide; the JSONata 2.0.6 documentation for functions that AWS takes as they are.
 */
class JsonataTest {
    private final EngineFixture fixture = new EngineFixture();

    private String evaluate(String expression, String input) {
        return fixture
                .run("""
                        {"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Pass","Output":"{%% %s %%}","End":true}}}"""
                        .formatted(expression.replace("\\", "\\\\").replace("\"", "\\\"")), input)
                .toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"$partition([1,2,3,4,5], 2)|[[1,2],[3,4],[5]]",
            "$range(0, 3, 1)|[0,1,2,3]", "$range(10, 0, -5)|[10,5,0]",
            "$hash('abc', 'SHA-1')|\"a9993e364706816aba3e25717850c26c9cd0d89d\"",
            "$parse('{\"a\": [1, 2]}').a|[1,2]", "$sum([1,2,3.5])|6.5", "$states.input.a.b|1",
            "$string({'x':1})|\"{\\\"x\\\":1}\"",
            "$split('a b', ' ')|[\"a\",\"b\"]", "$map([1,2], function($v) { $v * 2 })|[2,4]",
            "$reduce([1,2,3], function($i, $j) { $i + $j })|6", "$merge([{'a':1},{'b':2}])|{\"a\":1,\"b\":2}",
            "$base64encode('hi')|\"aGk=\"", "$formatNumber(1234.5, '#,##0.00')|\"1,234.50\"",
            "[1..3]|[1,2,3]", "$exists($states.input.nothing)|false", "$count([])|0", "$round(2.5)|2",
            "$number('12')|12",
            "$substringBefore('ab-cd', '-')|\"ab\"", "$sort([3,1,2])|[1,2,3]", "$states.input.list[n=2].v|\"two\"",
            "$fromMillis(0)|\"1970-01-01T00:00:00.000Z\"", "$toMillis('1970-01-01T00:00:01Z')|1000",
            "$distinct([1,1,2])|[1,2]", "$lookup({'k':5}, 'k')|5", "$not(true)|false", "$type([])|\"array\"",
            "$states.context.Execution.Name|\"e\"", "$uppercase('ä')|\"Ä\"", "$pad('x', -3, '0')|\"00x\""})
    void shouldEvaluateWhatAwsDocuments(String expression, String expected) {
        assertThat(evaluate(expression, "{\"a\":{\"b\":1},\"list\":[{\"n\":1,\"v\":\"one\"},{\"n\":2,\"v\":\"two\"}]}"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"$eval('1')", "$nothing", "$parse('{')", "$hash('a', 'SHA-3')", "1 + 'a'",
            "$states.input.absent", "$range(0, 5, 0)", "$error('mine')"})
    void shouldFailWithQueryEvaluationError(String expression) {
        assertThat(evaluate(expression, "{}")).contains("FAILED States.QueryEvaluationError");
    }

    @Test
    void shouldDrawRandomNumbersAndUuids() {
        assertThat(Double.parseDouble(evaluate("$random()", "{}"))).isBetween(0.0, 1.0);
        assertThat(evaluate("$random(7) = $random(7)", "{}")).isEqualTo("true");
        assertThat(evaluate("$uuid()", "{}")).matches("\"[0-9a-f-]{36}\"");
    }

    @Test
    void shouldAssignAllVariablesFromTheValuesBefore() {
        assertThat(fixture
                .run("""
                        {"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":1,"y":2},"Next":"B"},
                        "B":{"Type":"Pass","Assign":{"x":"{% $y %}","y":"{% $x %}"},"Output":"{% $x %}","Next":"C"},
                        "C":{"Type":"Pass","Output":{"before":"{% $states.input %}","x":"{% $x %}","y":"{% $y %}"},"End":true}}}""",
                        "{}")
                .toString()).isEqualTo("{\"before\":1,\"x\":2,\"y\":1}");
    }

    @Test
    void shouldLetInnerScopesReadOuterVariablesAndKeepTheirOwn() {
        assertThat(fixture
                .run("""
                        {"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"outer":1},"Next":"M"},
                        "M":{"Type":"Map","Items":[10,20],"ItemProcessor":{"StartAt":"I","States":{
                        "I":{"Type":"Pass","Assign":{"inner":"{% $states.input + $outer %}"},"Next":"J"},
                        "J":{"Type":"Pass","Output":"{% $inner %}","End":true}}},"Next":"Z"},
                        "Z":{"Type":"Pass","Output":{"r":"{% $states.input %}","leaked":"{% $exists($inner) %}"},"End":true}}}""",
                        "{}")
                .toString()).isEqualTo("{\"r\":[11,21],\"leaked\":false}");
    }

    @Test
    void shouldReadVariablesInJsonPathStatesOfTheSameMachine() {
        assertThat(fixture
                .run("""
                        {"StartAt":"A","States":{"A":{"Type":"Pass","QueryLanguage":"JSONata","Assign":{"v":{"w":[1,2]}},"Next":"B"},
                        "B":{"Type":"Pass","Parameters":{"second.$":"$v.w[1]","all.$":"$v"},"End":true}}}""",
                        "{}")
                .toString())
                .isEqualTo("{\"second\":2,\"all\":{\"w\":[1,2]}}");
    }

    @Test
    void shouldGiveTheErrorOutputToCatchersAndTheResultToOutputs() {
        fixture.functions.register("f", (payload, context) -> {
            throw new io.stepyard.stepfunctions.function.FunctionException("E", "why");
        });
        assertThat(fixture
                .run("""
                        {"QueryLanguage":"JSONata","StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f",
                        "Arguments":{"a":1},"Catch":[{"ErrorEquals":["States.ALL"],"Assign":{"e":"{% $states.errorOutput.Error %}"},
                        "Output":"{% $states.input.in %}","Next":"C"}],"Next":"C"},
                        "C":{"Type":"Succeed","Output":{"e":"{% $e %}","in":"{% $states.input %}"}}}}""",
                        "{\"in\":5}")
                .toString())
                .isEqualTo("{\"e\":\"E\",\"in\":5}");
    }
}
