package io.stepyard.stepfunctions.history;

import java.util.Locale;

/**
 * The fields an event's details may have. The ordinal is written to disk: append only, never reorder.
 */
public enum Detail {
    INPUT(Kind.TEXT), OUTPUT(Kind.TEXT), NAME(Kind.TEXT), ROLE_ARN(Kind.TEXT), RESOURCE(Kind.TEXT), RESOURCE_TYPE(
            Kind.TEXT), REGION(Kind.TEXT), PARAMETERS(Kind.TEXT), TIMEOUT_IN_SECONDS(Kind.NUMBER), HEARTBEAT_IN_SECONDS(
                    Kind.NUMBER), ERROR(Kind.TEXT), CAUSE(Kind.TEXT), STATE(Kind.TEXT), LOCATION(Kind.TEXT), INDEX(
                            Kind.NUMBER), LENGTH(Kind.NUMBER), MAP_RUN_ARN(Kind.TEXT), WORKER_NAME(
                                    Kind.TEXT), ASSIGNED_VARIABLES(Kind.TEXTS), TASK_CREDENTIALS(
                                            Kind.TEXTS), REDRIVE_COUNT(Kind.NUMBER), STATE_MACHINE_ALIAS_ARN(
                                                    Kind.TEXT), STATE_MACHINE_VERSION_ARN(Kind.TEXT),

    /** Kept in the journal and never shown: retries that were set when this event was written, by the entry of their state. */
    RETRIES(Kind.TEXTS),

    /** Kept in the journal and never shown: the limits of a map run where it starts, its size where it ends. */
    MAP_RUN_FIGURES(Kind.TEXTS);

    /** How a field's value is held: {@code String}, {@code Long} or {@code Map<String, String>}. */
    public enum Kind {
        TEXT, NUMBER, TEXTS
    }

    private final Kind kind;
    private final String jsonName;

    Detail(Kind kind) {
        this.kind = kind;
        StringBuilder out = new StringBuilder();
        for (String word : name().toLowerCase(Locale.ROOT).split("_", -1)) {
            out.append(out.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        this.jsonName = out.toString();
    }

    /** How the value is held. */
    public Kind kind() {
        return kind;
    }

    /** Whether the API shows it. */
    public boolean isShown() {
        return this != RETRIES && this != MAP_RUN_FIGURES;
    }

    /** The name in the API, for example {@code timeoutInSeconds}. */
    public String jsonName() {
        return jsonName;
    }
}
