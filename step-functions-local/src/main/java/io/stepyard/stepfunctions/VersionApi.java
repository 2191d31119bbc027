package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.language.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Versions, aliases and tags of an engine's state machines. May be called from any thread. */
public final class VersionApi {
    private static final String ALIAS_FORM = "^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$";
    private static final Pattern ALIAS = Pattern.compile(ALIAS_FORM);
    private static final int MOST_ROUTES = 2;

    private final EngineLoop loop;
    private final EngineCore core;

    VersionApi(EngineLoop loop, EngineCore core) {
        this.loop = loop;
        this.core = core;
    }

    /** Publishes the current revision; answers the version there is where it was published before. */
    public VersionDescription publish(String stateMachineArn, @Nullable String revisionId,
            @Nullable String description) {
        return loop.ask(() -> {
            StateMachine machine = core.catalog().required(stateMachineArn);
            if (revisionId != null && !revisionId.equals(machine.current().id())) {
                throw new StepFunctionsException(ErrorCode.ConflictException,
                        "Failed to publish the State Machine version for revision " + revisionId
                                + ". The current State Machine revision is " + machine.current().id() + ".");
            }
            Versions.Version existing = machine.versions().ofRevision(machine.currentNumber());
            return describe(machine, existing != null
                    ? existing
                    : core.catalog().publish(machine, description == null ? "" : description,
                            core.now().toEpochMilli()));
        });
    }

    private static VersionDescription describe(StateMachine machine, Versions.Version version) {
        return new VersionDescription(machine.arn() + ":" + version.number(), version.description(),
                version.creationDate());
    }

    /** The versions of a machine, newest first. */
    public List<VersionDescription> list(String stateMachineArn) {
        return loop.ask(() -> {
            StateMachine machine = core.catalog().required(stateMachineArn);
            return machine.versions().versions().stream().map(version -> describe(machine, version)).toList();
        });
    }

    /** Deletes a version; refused with ConflictException while an alias points to it. */
    public void delete(String versionArn) {
        Arns.check(versionArn);
        loop.ask(() -> {
            Catalog.Qualified qualified = core.catalog().qualified(versionArn);
            Versions.Version version = qualified == null ? null : qualified.version();
            if (qualified != null && version != null) {
                List<String> aliases = qualified.machine().versions().aliasesOf(version.number());
                if (!aliases.isEmpty()) {
                    throw new StepFunctionsException(ErrorCode.ConflictException,
                            "Version to be deleted must not be referenced by an alias. Current list of aliases "
                                    + "referencing this version: [" + String.join(", ", aliases) + "]");
                }
                core.catalog().deleteVersion(qualified.machine(), version.number());
            }
            return true;
        });
    }

    /** Makes an alias over one or two versions; answers the existing one where it is the same. */
    public AliasDescription createAlias(String name, @Nullable String description, Map<String, Integer> routes) {
        if (!ALIAS.matcher(name).matches() || name.length() > Arns.MAX_NAME_CHARS) {
            throw new StepFunctionsException(ErrorCode.ValidationException, "1 validation error detected: Value '"
                    + name
                    + "' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                    + ALIAS_FORM);
        }
        return loop.ask(() -> {
            StateMachine machine = machineOf(routes);
            Versions.Alias existing = machine.versions().alias(name);
            Map<Integer, Integer> numbers = numbers(machine, routes);
            if (existing == null) {
                core.catalog().putAlias(machine, alias(name, description, numbers, core.now(), core.now()));
            } else if (!existing.routes().equals(numbers)) {
                throw new StepFunctionsException(ErrorCode.ConflictException,
                        "Failed to create alias because an alias with the same name and a different routing "
                                + "configuration already exists.");
            }
            return describe(machine, required(machine, name));
        });
    }

    private static Versions.Alias alias(String name, @Nullable String description, Map<Integer, Integer> routes,
            Instant created, Instant updated) {
        return new Versions.Alias(name, description == null ? "" : description, routes, created, updated);
    }

    private StateMachine machineOf(Map<String, Integer> routes) {
        if (routes.isEmpty() || routes.size() > MOST_ROUTES) {
            throw new StepFunctionsException(ErrorCode.ValidationException,
                    "Routing configuration must contain one or two state machine versions. Received: "
                            + routes.keySet());
        }
        if (routes.values().stream().mapToInt(Integer::intValue).sum() != 100) {
            throw new StepFunctionsException(ErrorCode.ValidationException,
                    "Sum of routing configuration weights must equal 100. Received: " + routes.values());
        }
        Catalog.Qualified first = core.catalog().qualified(routes.keySet().iterator().next());
        if (first == null || first.version() == null) {
            throw new StepFunctionsException(ErrorCode.ValidationException,
                    "Routing configuration must contain state machine version ARNs. Received: " + routes.keySet());
        }
        return first.machine();
    }

    private Map<Integer, Integer> numbers(StateMachine machine, Map<String, Integer> routes) {
        Map<Integer, Integer> numbers = new LinkedHashMap<>();
        routes.forEach((arn, weight) -> {
            Catalog.Qualified route = core.catalog().qualified(arn);
            Versions.Version version = route == null || !route.machine().equals(machine) ? null : route.version();
            if (version == null) {
                throw new StepFunctionsException(ErrorCode.ResourceNotFound,
                        "Request references a resource that does not exist");
            }
            numbers.put(version.number(), weight);
        });
        return numbers;
    }

    private static Versions.Alias required(StateMachine machine, String name) {
        Versions.Alias alias = machine.versions().alias(name);
        if (alias == null) {
            throw new StepFunctionsException(ErrorCode.ResourceNotFound,
                    "Request references a resource that does not exist");
        }
        return alias;
    }

    private static AliasDescription describe(StateMachine machine, Versions.Alias alias) {
        Map<String, Integer> routes = new LinkedHashMap<>();
        alias.routes().forEach((number, weight) -> routes.put(machine.arn() + ":" + number, weight));
        return new AliasDescription(machine.arn() + ":" + alias.name(), alias.name(), alias.description(), routes,
                alias.creationDate(), alias.updateDate());
    }

    /** Points an alias to other versions; null leaves a part as it is. */
    public AliasDescription updateAlias(String aliasArn, @Nullable String description,
            @Nullable Map<String, Integer> routes) {
        return loop.ask(() -> {
            Catalog.Qualified found = qualifiedAlias(aliasArn);
            Versions.Alias old = required(found.machine(), found.qualifier());
            Map<Integer, Integer> numbers = routes == null ? old.routes() : numbers(machineOf(routes), routes);
            core.catalog().putAlias(found.machine(), alias(old.name(),
                    description == null ? old.description() : description, numbers, old.creationDate(), core.now()));
            return describe(found.machine(), required(found.machine(), old.name()));
        });
    }

    private Catalog.Qualified qualifiedAlias(String aliasArn) {
        Arns.check(aliasArn);
        Catalog.Qualified found = core.catalog().qualified(aliasArn);
        if (found == null || found.machine().versions().alias(found.qualifier()) == null) {
            throw new StepFunctionsException(ErrorCode.ResourceNotFound,
                    "Request references a resource that does not exist");
        }
        return found;
    }

    /** An alias. */
    public AliasDescription describeAlias(String aliasArn) {
        return loop.ask(() -> {
            Catalog.Qualified found = qualifiedAlias(aliasArn);
            return describe(found.machine(), required(found.machine(), found.qualifier()));
        });
    }

    /** The aliases of a machine. */
    public List<AliasDescription> listAliases(String stateMachineArn) {
        return loop.ask(() -> {
            StateMachine machine = core.catalog().required(stateMachineArn);
            return machine.versions().aliases().stream().map(alias -> describe(machine, alias)).toList();
        });
    }

    /** Deletes an alias. */
    public void deleteAlias(String aliasArn) {
        loop.ask(() -> {
            Catalog.Qualified found = qualifiedAlias(aliasArn);
            core.catalog().deleteAlias(found.machine(), found.qualifier());
            return true;
        });
    }

    /** The tags of a state machine or an activity. */
    public Map<String, String> tags(String resourceArn) {
        return loop.ask(() -> tagsOf(resourceArn));
    }

    private Map<String, String> tagsOf(String resourceArn) {
        Arns.check(resourceArn);
        if (core.catalog().find(resourceArn) == null && core.catalog().activity(resourceArn) == null) {
            throw new StepFunctionsException(ErrorCode.ResourceNotFound, "Resource not found: '" + resourceArn + "'");
        }
        Map<String, String> tags = new LinkedHashMap<>();
        core.catalog().tags(resourceArn).forEachEntry((key, value) -> tags.put(key, value.asString()));
        return tags;
    }

    /** Adds tags or changes their values. */
    public void tag(String resourceArn, Map<String, String> more) {
        loop.ask(() -> {
            Map<String, String> tags = tagsOf(resourceArn);
            tags.putAll(more);
            write(resourceArn, tags);
            return true;
        });
    }

    /** Takes tags away. */
    public void untag(String resourceArn, List<String> keys) {
        loop.ask(() -> {
            Map<String, String> tags = tagsOf(resourceArn);
            keys.forEach(tags::remove);
            write(resourceArn, tags);
            return true;
        });
    }

    private void write(String resourceArn, Map<String, String> tags) {
        ObjectNode all = Json.object();
        tags.forEach(all::put);
        core.catalog().tag(resourceArn, all);
    }
}
