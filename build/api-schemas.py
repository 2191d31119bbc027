"""Makes what the engine knows of AWS APIs from the models that AWS publishes with its SDKs (Apache-2.0).

    python3 build/api-schemas.py MODELS_JAR step-functions-local/src/main/resources/io/stepyard/stepfunctions

MODELS_JAR is com.amazonaws:aws-java-sdk-models:1.12.793; what it does not have comes from an installed botocore.
Writes validation/responses/SERVICE.json, against which TestState checks mocks, with the field names that Step Functions
shows, and server/requests.json, against which the server checks requests. Each is {"operations": {name: shape},
"shapes": {name: shape}}; a shape is {"type", "members", "required", "member", "value", "enum", "min", "max", "pattern",
"sensitive"}, each only where it applies.
"""
import json
import re
import sys
import zipfile
from pathlib import Path

import botocore.loaders

# The name in a Resource ARN, and the name of the API's model.
SERVICES = {
    'athena': 'athena', 'batch': 'batch', 'dynamodb': 'dynamodb', 'ecs': 'ecs', 'eventbridge': 'events',
    'kinesis': 'kinesis', 'kms': 'kms', 'lambda': 'lambda', 'rdsdata': 'rds-data', 's3': 's3',
    'scheduler': 'scheduler', 'secretsmanager': 'secretsmanager', 'sfn': 'stepfunctions', 'sns': 'sns',
    'sqs': 'sqs', 'sts': 'sts',
}
# The order in which the service lists these values in its messages.
ENUM_ORDER = {'ExecutionStatus': ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING']}
WORDS = re.compile('((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))')


def shown(name):
    """A field's name as Step Functions shows it: MD5OfBody is Md5OfBody there."""
    return ''.join(word[:1].upper() + word[1:] for word in WORDS.sub(r'_\1', name).lower().split('_') if word)


def compact(shape, name_of):
    out = {'type': shape['type']}
    if 'members' in shape:
        out['members'] = {name_of(name): member['shape'] for name, member in shape['members'].items()}
        if shape.get('required'):
            out['required'] = [name_of(name) for name in shape['required']]
    if 'member' in shape:
        out['member'] = shape['member']['shape']
    if 'value' in shape:
        out['value'] = shape['value']['shape']
    for field in ('enum', 'min', 'max', 'pattern', 'document', 'sensitive'):
        if field in shape:
            out[field] = shape[field]
    return out


def schema(model, side, operation_name, name_of):
    operations, shapes, open_names = {}, {}, []
    for name, operation in model['operations'].items():
        if side in operation:
            operations[operation_name(name)] = operation[side]['shape']
            open_names.append(operation[side]['shape'])
    while open_names:
        name = open_names.pop()
        if name not in shapes:
            shape = shapes[name] = compact(model['shapes'][name], name_of)
            if name in ENUM_ORDER:
                shape['enum'] = ENUM_ORDER[name]
            open_names.extend(shape.get('members', {}).values())
            open_names.extend(shape[field] for field in ('member', 'value') if field in shape)
    return {'operations': operations, 'shapes': dict(sorted(shapes.items()))}


def write(target, value):
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(value, separators=(',', ':')) + '\n')


def model_of(jar, service):
    found = [name for name in jar.namelist()
             if re.fullmatch('models/' + re.escape(service) + r'-\d{4}-\d\d-\d\d-model\.json', name)]
    return json.loads(jar.read(found[-1])) if found else botocore.loaders.Loader().load_service_model(service, 'service-2')


def main():
    jar = zipfile.ZipFile(sys.argv[1])
    target = Path(sys.argv[2])
    for name, service in SERVICES.items():
        write(target / 'validation/responses' / (name + '.json'),
              schema(model_of(jar, service), 'output',
                     lambda text: text[0].lower() + text[1:], shown))
    write(target / 'server/requests.json',
          schema(botocore.loaders.Loader().load_service_model('stepfunctions', 'service-2'), 'input',
                 lambda text: text, lambda text: text))


main()
