package io.stepyard.stepfunctions.fuzz;

import io.stepyard.stepfunctions.language.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What is right, for the {@link Mutator} to spoil. */
final class Corpus {
    static final List<JsonNode> DEFINITIONS = List.of(
            """
                    {"StartAt":"P","States":{"P":{"Type":"Pass","InputPath":"$.a","Parameters":{"x.$":"$.b","y":{"z.$":"$$.Execution.Name"}},
                    "ResultPath":"$.r","OutputPath":"$","Next":"C"},"C":{"Type":"Choice","Choices":[{"And":[{"Variable":"$.n","NumericGreaterThan":1},
                    {"Not":{"Variable":"$.s","StringMatches":"a*b"}}],"Next":"S"},{"Variable":"$.t","TimestampLessThanPath":"$.u","Next":"F"}],"Default":"W"},
                    "W":{"Type":"Wait","SecondsPath":"$.w","Next":"S"},"S":{"Type":"Succeed"},"F":{"Type":"Fail","ErrorPath":"$.s","Cause":"c"}}}""",
            """
                    {"StartAt":"T","TimeoutSeconds":100,"States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f",
                    "Payload.$":"$"},"ResultSelector":{"v.$":"$.Payload"},"ResultPath":"$.t","TimeoutSecondsPath":"$.w","Retry":[{"ErrorEquals":["E"],"IntervalSeconds":1,
                    "MaxAttempts":2,"BackoffRate":1.5,"MaxDelaySeconds":5,"JitterStrategy":"FULL"}],"Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.e","Next":"P"}],"Next":"P"},
                    "P":{"Type":"Pass","Parameters":{"a.$":"States.Array($.a, States.Format('{}-{}', $.s, $.n))","b.$":"States.ArrayPartition($.list, 2)",
                    "c.$":"States.Hash($.s, 'SHA-256')","d.$":"States.MathAdd($.n, -1)","e.$":"States.StringSplit($.s, ',')"},"End":true}}}""",
            """
                    {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.list","MaxConcurrency":2,"ItemSelector":{"i.$":"$$.Map.Item.Index","v.$":"$$.Map.Item.Value"},
                    "ItemProcessor":{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","End":true}}},
                    "Catch":[{"ErrorEquals":["States.TaskFailed"],"Next":"X"}],"Next":"X"},"X":{"Type":"Parallel","Branches":[{"StartAt":"A","States":{"A":{"Type":"Pass",
                    "Assign":{"v.$":"$"},"End":true}}},{"StartAt":"B","States":{"B":{"Type":"Wait","Seconds":2,"End":true}}}],"ResultSelector":{"r.$":"$[0]"},"End":true}}}""",
            """
                    {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.list","ToleratedFailurePercentage":50,"ItemBatcher":{"MaxItemsPerBatch":2,"BatchInput":{"x":1}},
                    "Label":"L","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}""",
            """
                    {"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Pass","Assign":{"x":"{% $states.input.n + 1 %}","y":{"z":"{% $sum($states.input.list) %}"}},
                    "Output":{"v":"{% $map($states.input.list, function($v,$i){$v*$i}) %}","u":"{% $uppercase($states.input.s) %}"},"Next":"C"},
                    "C":{"Type":"Choice","Choices":[{"Condition":"{% $x > 3 and $exists($states.input.v) %}","Assign":{"k":"{% $x %}"},"Next":"T"}],"Default":"W"},
                    "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Arguments":{"FunctionName":"f","Payload":"{% $states.input %}"},"TimeoutSeconds":"{% $x %}",
                    "Output":"{% $states.result.Payload %}","Catch":[{"ErrorEquals":["States.ALL"],"Output":"{% $states.errorOutput.Error %}","Next":"W"}],"Next":"W"},
                    "W":{"Type":"Wait","Seconds":"{% $x %}","Next":"M"},"M":{"Type":"Map","Items":"{% [1..3] %}","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass",
                    "Output":"{% $parse('[1]') ~> $partition(1) %}","End":true}}},"End":true}}}""",
            """
                    {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl":"q","MessageBody":{"t.$":"$$.Task.Token"}},
                    "HeartbeatSeconds":5,"TimeoutSeconds":20,"Catch":[{"ErrorEquals":["States.HeartbeatTimeout"],"Next":"N"}],"Next":"N"},
                    "N":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2","Parameters":{"StateMachineArn":"arn:aws:states:us-east-1:000000000000:stateMachine:m","Input":{"a.$":"$.a"}},
                    "TimeoutSeconds":9,"End":true}}}""")
            .stream().map(Json::parse).toList();

    static final List<JsonNode> INPUTS = List.of(
            "{\"a\":{\"b\":[1,{\"c\":null}]},\"n\":3,\"s\":\"a,b\",\"t\":\"2026-01-01T00:00:00Z\",\"u\":\"2026-01-02T00:00:00Z\",\"w\":2,\"list\":[1,2,3,4]}",
            "{\"a\":\"x\",\"b\":false,\"n\":-1.5,\"s\":\"\",\"list\":[]}", "[1,\"two\",{\"three\":3}]", "{}").stream()
            .map(Json::parse)
            .toList();

    /** Requests by operation. */
    static final List<Sample> REQUESTS = List.of(
            new Sample("CreateStateMachine",
                    "{\"name\":\"n\",\"definition\":\"{}\",\"roleArn\":\"r\",\"type\":\"STANDARD\",\"tags\":[{\"key\":\"k\",\"value\":\"v\"}]}"),
            new Sample("UpdateStateMachine", "{\"stateMachineArn\":\"ARN\",\"definition\":\"{}\"}"),
            new Sample("DescribeStateMachine", "{\"stateMachineArn\":\"ARNx\"}"),
            new Sample("DeleteStateMachine",
                    "{\"stateMachineArn\":\"arn:aws:states:us-east-1:000000000000:stateMachine:other\"}"),
            new Sample("ListStateMachines", "{\"maxResults\":3,\"nextToken\":\"t\"}"),
            new Sample("StartExecution", "{\"stateMachineArn\":\"ARN\",\"name\":\"n\",\"input\":\"{\"}"),
            new Sample("StartSyncExecution", "{\"stateMachineArn\":\"ARN\",\"input\":\"{}\"}"),
            new Sample("DescribeExecution",
                    "{\"executionArn\":\"arn:aws:states:us-east-1:000000000000:execution:m:e\"}"),
            new Sample("GetExecutionHistory",
                    "{\"executionArn\":\"arn:aws:states:us-east-1:000000000000:execution:m:open\",\"maxResults\":2,\"reverseOrder\":true}"),
            new Sample("ListExecutions", "{\"stateMachineArn\":\"ARN\",\"statusFilter\":\"RUNNING\",\"maxResults\":5}"),
            new Sample("StopExecution",
                    "{\"executionArn\":\"arn:aws:states:us-east-1:000000000000:execution:m:e\",\"error\":\"e\",\"cause\":\"c\"}"),
            new Sample("RedriveExecution",
                    "{\"executionArn\":\"arn:aws:states:us-east-1:000000000000:execution:m:e\"}"),
            new Sample("SendTaskSuccess", "{\"taskToken\":\"t\",\"output\":\"{}\"}"),
            new Sample("SendTaskFailure", "{\"taskToken\":\"t\",\"error\":\"e\",\"cause\":\"c\"}"),
            new Sample("SendTaskHeartbeat", "{\"taskToken\":\"t\"}"),
            new Sample("CreateActivity", "{\"name\":\"a b\"}"),
            new Sample("DescribeActivity", "{\"activityArn\":\"arn:aws:states:us-east-1:000000000000:activity:a\"}"),
            new Sample("ValidateStateMachineDefinition",
                    "{\"definition\":\"{}\",\"type\":\"EXPRESS\",\"maxResults\":1}"),
            new Sample("TestState",
                    "{\"definition\":\"{\\\"Type\\\":\\\"Pass\\\",\\\"End\\\":true}\",\"input\":\"{}\",\"inspectionLevel\":\"TRACE\",\"roleArn\":\"r\"}"),
            new Sample("PublishStateMachineVersion", "{\"stateMachineArn\":\"ARNx\",\"description\":\"d\"}"),
            new Sample("CreateStateMachineAlias",
                    "{\"name\":\"l\",\"routingConfiguration\":[{\"stateMachineVersionArn\":\"ARN:1\",\"weight\":100}]}"),
            new Sample("ListStateMachineVersions", "{\"stateMachineArn\":\"ARN\"}"),
            new Sample("TagResource", "{\"resourceArn\":\"ARNx\",\"tags\":[{\"key\":\"k\",\"value\":\"v\"}]}"),
            new Sample("ListTagsForResource", "{\"resourceArn\":\"ARN\"}"),
            new Sample("NoSuchOperation", "{}"));

    /** One operation and a body it knows. */
    record Sample(String operation, String body) {
        JsonNode tree() {
            return Json.parse(body.replace("ARN", "arn:aws:states:us-east-1:000000000000:stateMachine:m"));
        }
    }

    private Corpus() {}
}
