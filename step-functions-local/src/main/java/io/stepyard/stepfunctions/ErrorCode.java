package io.stepyard.stepfunctions;

/** Why the API refuses a call, by the name AWS gives it. */
public enum ErrorCode {
    ActivityDoesNotExist, ConflictException, ExecutionAlreadyExists, ExecutionDoesNotExist, ExecutionNotRedrivable, InvalidArn, InvalidDefinition, InvalidExecutionInput, InvalidLoggingConfiguration, InvalidName, InvalidOutput, InvalidToken, ResourceNotFound, SerializationException, StateMachineAlreadyExists, StateMachineDeleting, StateMachineDoesNotExist, StateMachineTypeNotSupported, TaskDoesNotExist, TaskTimedOut, UnknownOperationException, ValidationException
}
