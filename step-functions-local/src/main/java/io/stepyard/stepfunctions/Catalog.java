package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.language.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The state machines. Every change is a JSON record in the journal; the same method applies it now and after a restart. */
final class Catalog {
    private static final int SECRET_BYTES = 32;

    private final Journal journal;
    private final Map<String, StateMachine> machines = new LinkedHashMap<>();
    private final Map<String, StateMachine> deleted = new LinkedHashMap<>();
    private final Map<String, ActivityDescription> activities = new LinkedHashMap<>();
    private byte @Nullable [] secret;

    Catalog(Journal journal) {
        this.journal = journal;
    }

    private void change(ObjectNode record) {
        String text = Json.text(record);
        apply(text);
        journal.append(Records.catalog(text));
    }

    /** Applies a change. */
    void apply(String text) {
        JsonNode record = Json.parse(text);
        String arn = record.path("arn").asString("");
        switch (record.path("change").asString()) {
            case "secret" -> secret = Base64.getDecoder().decode(record.path("secret").asString());
            case "created" -> {
                StateMachine machine = new StateMachine(arn, record.path("name").asString(),
                        record.path("type").asString(), record.path("millis").asLong());
                machine.add(revision(record));
                machines.put(arn, machine);
                deleted.remove(arn);
            }
            case "updated" -> known(arn).add(revision(record));
            case "deleted" -> {
                StateMachine machine = known(arn);
                machine.delete();
                machines.remove(arn);
                deleted.put(arn, machine);
            }
            case "activityCreated" -> activities.put(arn, new ActivityDescription(arn, record.path("name").asString(),
                    Instant.ofEpochMilli(record.path("millis").asLong())));
            case "activityDeleted" -> activities.remove(arn);
            default -> throw new IllegalStateException("the journal has a change of an unknown kind: " + text);
        }
    }

    private static StateMachine.Revision revision(JsonNode record) {
        return new StateMachine.Revision(record.path("revisionId").asString(), record.path("definition").asString(),
                record.path("roleArn").asString(), record.path("millis").asLong());
    }

    /** The key of the task tokens; drawn at the first start. */
    byte[] secret(RandomGenerator random) {
        if (secret == null) {
            byte[] drawn = new byte[SECRET_BYTES];
            random.nextBytes(drawn);
            change(Json.object().put("change", "secret").put("secret", Base64.getEncoder().encodeToString(drawn)));
            secret = drawn;
        }
        return secret;
    }

    @Nullable
    ActivityDescription activity(String arn) {
        return activities.get(arn);
    }

    List<ActivityDescription> activities() {
        return List.copyOf(activities.values());
    }

    /** Makes an activity, or answers the one there is. */
    ActivityDescription createActivity(String arn, String name, long millis) {
        if (!activities.containsKey(arn)) {
            change(Json.object().put("change", "activityCreated").put("arn", arn).put("name", name).put("millis",
                    millis));
        }
        return Objects.requireNonNull(activities.get(arn));
    }

    void deleteActivity(String arn) {
        if (activities.containsKey(arn)) {
            change(Json.object().put("change", "activityDeleted").put("arn", arn));
        }
    }

    /** A machine that exists; refuses with StateMachineDoesNotExist otherwise. */
    StateMachine required(String arn) {
        Arns.check(arn);
        StateMachine machine = machines.get(arn);
        if (machine == null) {
            throw new StepFunctionsException(ErrorCode.StateMachineDoesNotExist,
                    "State Machine Does Not Exist: '" + arn + "'");
        }
        return machine;
    }

    /** A machine that exists, or null. */
    @Nullable
    StateMachine find(String arn) {
        return machines.get(arn);
    }

    /** A machine that exists or existed: its executions are still there. */
    @Nullable
    StateMachine findEvenDeleted(String arn) {
        StateMachine machine = machines.get(arn);
        return machine != null ? machine : deleted.get(arn);
    }

    StateMachine known(String arn) {
        StateMachine machine = findEvenDeleted(arn);
        if (machine == null) {
            throw new IllegalStateException("the journal names a state machine that was never created: " + arn);
        }
        return machine;
    }

    List<StateMachine> machines() {
        return List.copyOf(machines.values());
    }

    /** Creates a machine whose name is free. */
    StateMachine create(String arn, String name, String type, RevisionText text) {
        change(text.record("created").put("arn", arn).put("name", name).put("type", type));
        return known(arn);
    }

    /** Gives a machine a new revision. */
    void update(StateMachine machine, RevisionText text) {
        change(text.record("updated").put("arn", machine.arn()));
    }

    void delete(StateMachine machine) {
        change(Json.object().put("change", "deleted").put("arn", machine.arn()));
    }

    /** A new revision, whose definition was checked. */
    record RevisionText(String id, String definition, String roleArn, long millis) {
        private ObjectNode record(String change) {
            return Json.object().put("change", change).put("revisionId", id).put("definition", definition)
                    .put("roleArn", roleArn).put("millis", millis);
        }
    }
}
