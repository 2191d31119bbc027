#!/bin/sh
# Creates the tables and the state machine of the stack on an AWS that runs here (LocalStack of docker-compose.yml, or moto_server), as the
# CDK describes them. Run `mvn package` at the root first; needs node, the AWS CLI and jq.
#   docker compose up -d && build/local-aws.sh [ENDPOINT]        ENDPOINT defaults to http://127.0.0.1:4566
# What exists already is left as it is. The functions' code is not uploaded: the state machine names the functions, who serves them is your choice.
set -eu

endpoint=${1:-http://127.0.0.1:4566}
root=$(cd "$(dirname "$0")/.." && pwd)
region=us-east-1
out="$root/infra-cdk/target/local-aws"

for tool in node aws jq; do
    command -v "$tool" > /dev/null || { echo "local-aws: expected $tool on the PATH" >&2; exit 2; }
done
case $endpoint in
    http://127.0.0.1:*|http://localhost:*) ;;
    *) echo "local-aws: found endpoint $endpoint; expected one on this machine, such as http://127.0.0.1:4566" >&2; exit 2 ;;
esac

# An emulator takes any credentials; real ones stay out of it.
export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=$region AWS_PAGER=""
unset AWS_PROFILE AWS_SESSION_TOKEN || true
emulator() {
    aws --endpoint-url "$endpoint" --cli-connect-timeout 5 "$@"
}

echo "local-aws: synthesising the stack"
rm -rf "$out"
mkdir -p "$out"
(cd "$root" && CDK_OUTDIR="$out" mvn -q -B -o -pl infra-cdk toolchains:select-jdk-toolchain@default exec:exec@synth) > "$out/log" 2>&1 || {
    cat "$out/log" >&2
    exit 1
}
template="$out/Stepyard.template.json"

jq -c '.Resources[] | select(.Type == "AWS::DynamoDB::Table") | .Properties
       | {TableName, AttributeDefinitions, KeySchema, BillingMode} + (if .GlobalSecondaryIndexes then {GlobalSecondaryIndexes} else {} end)' "$template" > "$out/tables"
while read -r table; do
    name=$(printf '%s' "$table" | jq -r .TableName)
    if emulator dynamodb describe-table --table-name "$name" > /dev/null 2>&1; then
        echo "local-aws: table $name is there"
    else
        emulator dynamodb create-table --cli-input-json "$table" > /dev/null
        emulator dynamodb wait table-exists --table-name "$name"
        echo "local-aws: table $name created"
    fi
done < "$out/tables"

account=$(emulator sts get-caller-identity --query Account --output text)
name=$(jq -r '.Resources[] | select(.Type == "AWS::StepFunctions::StateMachine") | .Properties.StateMachineName' "$template")
prefix=${name%-job-manager}
jq -r --arg functions "arn:aws:lambda:$region:$account:function:$prefix" '
    .Resources[] | select(.Type == "AWS::StepFunctions::StateMachine") | .Properties.DefinitionString
    | gsub("\\$\\{JobQueueRequestFunction\\}"; $functions + "-queue-request") | gsub("\\$\\{ClusterAdapterFunction\\}"; $functions + "-adapter")' \
    "$template" > "$out/definition.json"
arn="arn:aws:states:$region:$account:stateMachine:$name"
if emulator stepfunctions describe-state-machine --state-machine-arn "$arn" > /dev/null 2>&1; then
    echo "local-aws: state machine $name is there"
else
    emulator stepfunctions create-state-machine --name "$name" --type STANDARD --role-arn "arn:aws:iam::$account:role/$prefix-job-manager" \
        --definition "file://$out/definition.json" > /dev/null
    echo "local-aws: state machine $name created"
fi
echo "local-aws: ready at $endpoint, region $region; state machine $arn"
