package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.language.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private final Map<String, JsonNode> tags = new LinkedHashMap<>();
    private final Set<String> texts = new LinkedHashSet<>();
    private long firstPosition = Long.MAX_VALUE;
    private long sequence;
    private byte @Nullable [] secret;

    Catalog(Journal journal) {
        this.journal = journal;
    }

    private void change(ObjectNode record) {
        // Numbered, so that the same change made twice stays two changes.
        String text = Json.text(record.put("sequence", ++sequence));
        apply(text);
        texts.add(text);
        firstPosition = Math.min(firstPosition, journal.append(Records.catalog(text)));
    }

    /** Applies a change. */
    void apply(String text) {
        JsonNode record = Json.parse(text);
        String arn = record.path("arn").asString("");
        switch (record.path("change").asString()) {
            case "secret" -> secret = Base64.getDecoder().decode(record.path("secret").asString());
            case "created" -> {
                StateMachine machine = known(arn);
                machine.created(record.path("type").asString(), record.path("millis").asLong());
                addRevision(machine, record);
                machines.put(arn, machine);
                deleted.remove(arn);
            }
            case "updated" -> addRevision(known(arn), record);
            case "deleted" -> {
                StateMachine machine = known(arn);
                machine.delete();
                machines.remove(arn);
                deleted.put(arn, machine);
            }
            case "versionPublished" -> known(arn).versions().publish(record.path("number").asInt(),
                    record.path("revision").asInt(),
                    record.path("description").asString(""), Instant.ofEpochMilli(record.path("millis").asLong()));
            case "versionDeleted" -> known(arn).versions().deleteVersion(record.path("number").asInt());
            case "aliasPut" -> known(arn).versions().put(aliasOf(record));
            case "aliasDeleted" -> known(arn).versions().deleteAlias(record.path("name").asString());
            case "tagged" -> tags.put(arn, record.path("tags"));
            case "activityCreated" -> activities.put(arn, new ActivityDescription(arn, record.path("name").asString(),
                    Instant.ofEpochMilli(record.path("millis").asLong())));
            case "activityDeleted" -> activities.remove(arn);
            case "forgotten" -> forget(record);
            default -> throw new IllegalStateException("the journal has a change of an unknown kind: " + text);
        }
    }

    /** A record that was written again changes nothing. */
    private static void addRevision(StateMachine machine, JsonNode record) {
        if (!machine.hasRevision(record.path("revisionId").asString())) {
            machine.add(revision(record));
        }
    }

    private static StateMachine.Revision revision(JsonNode record) {
        return new StateMachine.Revision(record.path("revisionId").asString(), record.path("definition").asString(),
                record.path("roleArn").asString(), record.path("millis").asLong());
    }

    private static Versions.Alias aliasOf(JsonNode record) {
        Map<Integer, Integer> routes = new LinkedHashMap<>();
        record.path("routes").forEachEntry((number, weight) -> routes.put(Integer.valueOf(number), weight.asInt()));
        return new Versions.Alias(record.path("name").asString(), record.path("description").asString(""), routes,
                Instant.ofEpochMilli(record.path("created").asLong()),
                Instant.ofEpochMilli(record.path("updated").asLong()));
    }

    Versions.Version publish(StateMachine machine, String description, long millis) {
        change(Json.object().put("change", "versionPublished").put("arn", machine.arn())
                .put("number", machine.versions().nextNumber()).put("revision", machine.currentNumber())
                .put("description", description).put("millis", millis));
        return machine.versions().versions().getFirst();
    }

    void deleteVersion(StateMachine machine, int number) {
        change(Json.object().put("change", "versionDeleted").put("arn", machine.arn()).put("number", number));
    }

    void putAlias(StateMachine machine, Versions.Alias alias) {
        ObjectNode record = Json.object().put("change", "aliasPut").put("arn", machine.arn()).put("name", alias.name())
                .put("description", alias.description()).put("created", alias.creationDate().toEpochMilli())
                .put("updated", alias.updateDate().toEpochMilli());
        ObjectNode routes = record.putObject("routes");
        alias.routes().forEach((number, weight) -> routes.put(Integer.toString(number), weight));
        change(record);
    }

    void deleteAlias(StateMachine machine, String name) {
        change(Json.object().put("change", "aliasDeleted").put("arn", machine.arn()).put("name", name));
    }

    /** The tags of a machine or an activity, by key. */
    JsonNode tags(String arn) {
        return tags.getOrDefault(arn, Json.object());
    }

    void tag(String arn, JsonNode all) {
        change(Json.object().put("change", "tagged").put("arn", arn).set("tags", all));
    }

    /**
     * What an ARN with a version or alias at its end names.
     *
     * @param version
     *            null where the qualifier is an alias
     */
    record Qualified(StateMachine machine, String qualifier, Versions.@Nullable Version version) {}

    /** The machine of a qualified ARN, or null where there is none. */
    @Nullable
    Qualified qualified(String arn) {
        int colon = arn.lastIndexOf(':');
        StateMachine machine = colon < 0 ? null : machines.get(arn.substring(0, colon));
        if (machine == null) {
            return null;
        }
        String qualifier = arn.substring(colon + 1);
        return new Qualified(machine, qualifier,
                qualifier.matches("\\d{1,9}") ? machine.versions().version(Integer.parseInt(qualifier)) : null);
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

    /** A machine that exists or existed, or whose record is yet to come because it was written again. */
    StateMachine known(String arn) {
        StateMachine machine = findEvenDeleted(arn);
        if (machine == null) {
            machine = new StateMachine(arn, Arns.executionName(arn), "STANDARD", 0);
            deleted.put(arn, machine);
        }
        return machine;
    }

    /** Writes all changes again where the first of them stands before a position. */
    void rewrite(long end) {
        if (firstPosition < end) {
            firstPosition = Long.MAX_VALUE;
            for (String text : texts) {
                firstPosition = Math.min(firstPosition, journal.append(Records.catalog(text)));
            }
        }
    }

    /**
     * Forgets deleted machines of which no execution is left, and deleted activities: what made them need not be written again. The
     * journal is told, because a machine that is made anew under the name counts its revisions from the start.
     */
    void forgetDeleted() {
        List<String> unused = deleted.values().stream().filter(machine -> machine.executions().isEmpty())
                .map(StateMachine::arn).toList();
        if (!unused.isEmpty()) {
            ObjectNode record = Json.object().put("change", "forgotten").put("sequence", ++sequence);
            unused.forEach(record.putArray("arns")::add);
            journal.append(Records.catalog(Json.text(record)));
            forget(record);
        }
        if (texts.size() > activities.size() + machines.size()) {
            texts.removeIf(text -> text.contains("\"activity") && !isKnown(Json.parse(text).path("arn").asString("")));
        }
    }

    private void forget(JsonNode record) {
        record.path("arns").forEach(arn -> deleted.remove(arn.asString()));
        texts.removeIf(text -> {
            JsonNode change = Json.parse(text);
            String arn = change.path("arn").asString("");
            boolean unknown = !arn.isEmpty() && !isKnown(arn);
            return unknown || change.path("change").asString("").equals("forgotten");
        });
        tags.keySet().removeIf(arn -> !isKnown(arn));
    }

    private boolean isKnown(String arn) {
        return machines.containsKey(arn) || deleted.containsKey(arn) || activities.containsKey(arn);
    }

    /** Takes a change from the journal. */
    void replay(long position, String text) {
        firstPosition = Math.min(firstPosition, position);
        if (texts.add(text)) {
            sequence = Math.max(sequence, Json.parse(text).path("sequence").asLong());
            apply(text);
        }
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
