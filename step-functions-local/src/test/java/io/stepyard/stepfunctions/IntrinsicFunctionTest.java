package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** All 18 intrinsic functions. Source: "Intrinsic functions for JSONPath states" of the AWS developer guide. */
class IntrinsicFunctionTest {
    private final EngineFixture fixture = new EngineFixture();

    private JsonNode evaluate(String call, String input) {
        return fixture.run("""
                {"StartAt":"P","States":{"P":{"Type":"Pass","Parameters":{"r.$":"%s"},"End":true}}}"""
                .formatted(call.replace("\\", "\\\\").replace("\"", "\\\"")), input);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "States.Array($.a, 2, 'x', null, true)|{\"a\":1}|[1,2,\"x\",null,true]",
            "States.Array()|{}|[]",
            "States.ArrayPartition($.a, 4)|{\"a\":[1,2,3,4,5,6,7,8,9]}|[[1,2,3,4],[5,6,7,8],[9]]",
            "States.ArrayContains($.a, $.v)|{\"a\":[1,2,{\"x\":3}],\"v\":{\"x\":3}}|true",
            "States.ArrayContains($.a, 4)|{\"a\":[1,2]}|false",
            "States.ArrayRange(1, 9, 2)|{}|[1,3,5,7,9]", "States.ArrayRange(5, 1, -2)|{}|[5,3,1]",
            "States.ArrayGetItem($.a, $.i)|{\"a\":[1,2,3],\"i\":2}|3",
            "States.ArrayLength($.a)|{\"a\":[1,2,3]}|3",
            "States.ArrayUnique($.a)|{\"a\":[1,2,3,3,3,4,{\"x\":1},{\"x\":1}]}|[1,2,3,4,{\"x\":1}]",
            "States.Base64Encode($.t)|{\"t\":\"Data to encode\"}|\"RGF0YSB0byBlbmNvZGU=\"",
            "States.Base64Decode($.t)|{\"t\":\"RGVjb2RlZCBkYXRh\"}|\"Decoded data\"",
            "States.Hash($.t, 'SHA-1')|{\"t\":\"input data\"}|\"aaff4a450a104cd177d28d18d74485e8cae074b7\"",
            "States.Hash($.t, 'MD5')|{\"t\":\"abc\"}|\"900150983cd24fb0d6963f7d28e17f72\"",
            "States.Hash($.t, 'SHA-256')|{\"t\":\"abc\"}|\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"",
            "States.JsonMerge($.a, $.b, false)|{\"a\":{\"a\":{\"a1\":1,\"a2\":2},\"b\":2},\"b\":{\"a\":{\"a3\":1},\"c\":3}}|{\"a\":{\"a3\":1},\"b\":2,\"c\":3}",
            "States.StringToJson($.t)|{\"t\":\"{\\\"foo\\\":[1]}\"}|{\"foo\":[1]}",
            "States.JsonToString($.t)|{\"t\":{\"foo\":\"bar\"}}|\"{\\\"foo\\\":\\\"bar\\\"}\"",
            "States.MathAdd($.a, -1)|{\"a\":111}|110",
            "States.StringSplit($.t, ',')|{\"t\":\"1,2,3\"}|[\"1\",\"2\",\"3\"]",
            "States.StringSplit($.t, '.+,=')|{\"t\":\"This.is+a,test=string\"}|[\"This\",\"is\",\"a\",\"test\",\"string\"]",
            "States.Format('Hello, {} {}', $.n, 1)|{\"n\":\"Ada\"}|\"Hello, Ada 1\"",
            "States.Format('a \\{ \\} \\' {}', 'x')|{}|\"a { } ' x\"",
            "States.Format('{}', States.Format('{}-{}', 1, States.ArrayLength($.a)))|{\"a\":[1]}|\"1-1\""})
    void shouldGiveWhatTheGuideShows(String call, String input, String expected) {
        assertThat(evaluate(call, input).path("r").toString()).isEqualTo(expected);
    }

    @Test
    void shouldDrawNumbersWithinBoundsAndRepeatablyFromASeed() {
        for (int i = 0; i < 50; i++) {
            assertThat(evaluate("States.MathRandom(3, 6)", "{}").path("r").asInt()).isBetween(3, 5);
        }
        assertThat(evaluate("States.MathRandom(1, 1000000, 7)", "{}"))
                .isEqualTo(evaluate("States.MathRandom(1, 1000000, 7)", "{}"));
    }

    @Test
    void shouldMakeVersionFourUuids() {
        assertThat(evaluate("States.UUID()", "{}").path("r").asString())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
                .isNotEqualTo(evaluate("States.UUID()", "{}").path("r").asString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"States.ArrayGetItem($.a, 5)|{\"a\":[1]}",
            "States.ArrayLength($.a)|{\"a\":1}", "States.ArrayPartition($.a, 0)|{\"a\":[1]}",
            "States.Base64Decode($.a)|{\"a\":\"%%\"}", "States.Hash($.a, 'SHA-3')|{\"a\":\"x\"}",
            "States.JsonMerge($.a, $.a, true)|{\"a\":{}}", "States.StringToJson($.a)|{\"a\":\"{\"}",
            "States.MathAdd($.a, 1)|{\"a\":\"x\"}", "States.Format('{} {}', 1)|{}", "States.ArrayRange(1, 9, 0)|{}",
            "States.ArrayRange(1, 2000, 1)|{}"})
    void shouldFailWithIntrinsicFailureWhereArgumentsDoNotFit(String call, String input) {
        assertThat(evaluate(call, input).asString()).isEqualTo("FAILED States.IntrinsicFailure");
    }
}
