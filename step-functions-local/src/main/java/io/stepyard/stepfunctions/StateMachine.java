package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.interpreter.StateMachineDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A state machine with its revisions and its executions. Belongs to the interpreter's thread. */
final class StateMachine {
    private final String arn;
    private final String name;
    private String type;
    private long creationMillis;
    private final List<Revision> revisions = new ArrayList<>();
    private final Map<String, ExecutionEntry> executionsByName = new HashMap<>();
    private final List<ExecutionEntry> executions = new ArrayList<>();
    private final Versions versions = new Versions();
    private boolean deleted;

    /** What a machine was at one time; executions keep the one they started with. */
    static final class Revision {
        private final String id;
        private final String definition;
        private final String roleArn;
        private final long millis;
        private @Nullable StateMachineDefinition parsed;

        Revision(String id, String definition, String roleArn, long millis) {
            this.id = id;
            this.definition = definition;
            this.roleArn = roleArn;
            this.millis = millis;
        }

        String id() {
            return id;
        }

        String definition() {
            return definition;
        }

        String roleArn() {
            return roleArn;
        }

        StateMachineDefinition parsed() {
            if (parsed == null) {
                parsed = StateMachineDefinition.parse(definition);
            }
            return parsed;
        }
    }

    StateMachine(String arn, String name, String type, long creationMillis) {
        this.arn = arn;
        this.name = name;
        this.type = type;
        this.creationMillis = creationMillis;
    }

    String arn() {
        return arn;
    }

    String name() {
        return name;
    }

    String type() {
        return type;
    }

    void add(Revision revision) {
        revisions.add(revision);
    }

    Revision current() {
        return revisions.getLast();
    }

    int currentNumber() {
        return revisions.size() - 1;
    }

    Revision revision(int number) {
        return revisions.get(number);
    }

    Versions versions() {
        return versions;
    }

    boolean deleted() {
        return deleted;
    }

    void delete() {
        deleted = true;
    }

    /** It is made, or made anew after it was deleted: revisions go on counting. */
    void created(String newType, long millis) {
        type = newType;
        creationMillis = millis;
        deleted = false;
    }

    boolean hasRevision(String id) {
        return revisions.stream().anyMatch(revision -> revision.id().equals(id));
    }

    void add(ExecutionEntry entry) {
        executionsByName.put(entry.name(), entry);
        executions.add(entry);
    }

    void forget(Set<ExecutionEntry> forgotten) {
        executions.removeIf(forgotten::contains);
        executionsByName.values().removeIf(forgotten::contains);
    }

    @Nullable
    ExecutionEntry execution(String executionName) {
        return executionsByName.get(executionName);
    }

    /** In the order they started. */
    List<ExecutionEntry> executions() {
        return executions;
    }

    StateMachineDescription describe() {
        Revision revision = current();
        return new StateMachineDescription(arn, name, type, revision.definition, revision.roleArn,
                Instant.ofEpochMilli(creationMillis), Instant.ofEpochMilli(revision.millis), revision.id);
    }
}
