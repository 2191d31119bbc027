package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.history.HistoryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks executions up: by ARN, with their data, page by page. */
final class ExecutionQueries {
    private static final int LIST_LIMIT = 1_000;

    private final EngineLoop loop;
    private final EngineCore core;

    ExecutionQueries(EngineLoop loop, EngineCore core) {
        this.loop = loop;
        this.core = core;
    }

    /** An execution, of a machine or of a map run; refuses with InvalidArn or ExecutionDoesNotExist. Within a turn only. */
    ExecutionEntry required(String executionArn) {
        Arns.check(executionArn);
        String machineArn = Arns.stateMachineOfExecution(executionArn);
        if (machineArn == null) {
            throw new StepFunctionsException(ErrorCode.InvalidArn,
                    "Invalid Arn: 'Resource type not valid in this context: " + executionArn + "'");
        }
        ExecutionEntry entry = find(machineArn, Arns.executionName(executionArn));
        if (entry == null) {
            throw new StepFunctionsException(ErrorCode.ExecutionDoesNotExist,
                    "Execution Does Not Exist: '" + executionArn + "'");
        }
        return entry;
    }

    private @Nullable ExecutionEntry find(String machineArn, String name) {
        int slash = machineArn.indexOf('/');
        if (slash < 0) {
            StateMachine machine = core.catalog().findEvenDeleted(machineArn);
            return machine == null ? null : machine.execution(name);
        }
        ExecutionEntry child = core.children().find(machineArn.substring(slash + 1) + ":" + name);
        return child == null || !child.machine().arn().equals(machineArn.substring(0, slash)) ? null : child;
    }

    ExecutionDescription describe(String executionArn) {
        record Found(ExecutionEntry entry, ExecutionSummary summary, long first, long last, int redrives) {}
        Found found = loop.ask(() -> {
            ExecutionEntry entry = required(executionArn);
            return new Found(entry, entry.summary(), entry.firstPosition(), entry.lastPosition(), entry.redrives());
        });
        HistoryEvent first = core.reader().batch(found.first).getFirst();
        HistoryEvent last = core.reader().batch(found.last).getLast();
        boolean over = last.type().endsExecution();
        String input = first.details().text(Detail.INPUT);
        return new ExecutionDescription(found.summary, input == null ? "{}" : input,
                over ? last.details().text(Detail.OUTPUT) : null, over ? last.details().text(Detail.ERROR) : null,
                over ? last.details().text(Detail.CAUSE) : null, found.entry.traceHeader(), found.redrives,
                found.redrives == 0 ? null : redriven(found.last),
                first.details().text(Detail.STATE_MACHINE_VERSION_ARN),
                first.details().text(Detail.STATE_MACHINE_ALIAS_ARN), mapRun(found.entry));
    }

    private @Nullable Instant redriven(long lastPosition) {
        return core.reader().whole(lastPosition).reversed().stream()
                .filter(event -> event.type() == EventType.EXECUTION_REDRIVEN).findFirst()
                .map(HistoryEvent::timestamp).orElse(null);
    }

    private @Nullable String mapRun(ExecutionEntry child) {
        Records.Parent link = child.parent();
        ExecutionEntry parent = link == null ? null : loop.ask(() -> core.entry(link.number()));
        return link == null || parent == null
                ? null
                : core.reader().whole(parent.lastPosition()).stream().filter(event -> event.id() == link.eventId())
                        .findFirst().map(event -> event.details().text(Detail.MAP_RUN_ARN)).orElse(null);
    }

    List<HistoryEvent> history(String executionArn) {
        long last = loop.ask(() -> required(executionArn).lastPosition());
        return core.reader().whole(last);
    }

    /** Whether the task that an event scheduled ended because it took too long. Within a turn only. */
    boolean timedOut(ExecutionEntry entry, long scheduledEventId) {
        long tip = scheduledEventId;
        for (HistoryEvent event : core.reader().whole(entry.lastPosition())) {
            if (event.previousEventId() == tip && event.id() > scheduledEventId) {
                switch (event.type()) {
                    case TASK_TIMED_OUT, ACTIVITY_TIMED_OUT, LAMBDA_FUNCTION_TIMED_OUT -> {
                        return true;
                    }
                    case TASK_STARTED, TASK_SUBMITTED, ACTIVITY_STARTED, LAMBDA_FUNCTION_STARTED -> tip = event.id();
                    default -> {
                        // The events of other chains, and other ends of the task.
                    }
                }
            }
        }
        return entry.status() == ExecutionStatus.TIMED_OUT;
    }

    /** The executions of a machine, or those that a version or alias of it started, newest first. */
    Page<ExecutionSummary> list(String arn, @Nullable ExecutionStatus status, int maxResults,
            @Nullable String nextToken) {
        Arns.check(arn);
        return page(() -> {
            Catalog.Qualified qualified = core.catalog().find(arn) == null ? core.catalog().qualified(arn) : null;
            return qualified == null
                    ? core.catalog().required(arn).executions()
                    : qualified.machine().executions().stream().filter(entry -> startedBy(entry, arn)).toList();
        }, status, maxResults, nextToken);
    }

    private boolean startedBy(ExecutionEntry entry, String arn) {
        HistoryEvent first = core.reader().batch(entry.firstPosition()).getFirst();
        return arn.equals(first.details().text(Detail.STATE_MACHINE_VERSION_ARN))
                || arn.equals(first.details().text(Detail.STATE_MACHINE_ALIAS_ARN));
    }

    /** A page of executions that are given oldest first. */
    Page<ExecutionSummary> page(Supplier<List<ExecutionEntry>> source, @Nullable ExecutionStatus status,
            int maxResults, @Nullable String nextToken) {
        int limit = Math.clamp(maxResults, 1, LIST_LIMIT);
        long before = nextToken == null ? Long.MAX_VALUE : PageTokens.read(nextToken);
        return loop.ask(() -> {
            List<ExecutionEntry> all = source.get();
            List<ExecutionSummary> found = new ArrayList<>();
            long lastShown = 0;
            for (int i = all.size() - 1; i >= 0; i--) {
                ExecutionEntry entry = all.get(i);
                if (entry.number() < before && (status == null || entry.status() == status)) {
                    if (found.size() == limit) {
                        return new Page<>(found, PageTokens.make(lastShown));
                    }
                    found.add(entry.summary());
                    lastShown = entry.number();
                }
            }
            return new Page<>(found, null);
        });
    }
}
