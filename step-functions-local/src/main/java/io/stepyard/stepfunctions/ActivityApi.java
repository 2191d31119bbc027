package io.stepyard.stepfunctions;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Activities of an engine: tasks that workers outside fetch and end with SendTask*. May be called from any thread. */
public final class ActivityApi {
    private final EngineSettings settings;
    private final EngineLoop loop;
    private final EngineCore core;

    ActivityApi(EngineSettings settings, EngineLoop loop, EngineCore core) {
        this.settings = settings;
        this.loop = loop;
        this.core = core;
    }

    /** Makes an activity, or answers the one with this name. */
    public ActivityDescription create(String name) {
        Arns.checkName(name);
        String arn = Arns.activity(settings.region(), settings.account(), name);
        return loop.ask(() -> core.catalog().createActivity(arn, name, core.now().toEpochMilli()));
    }

    /** An activity; refused with ActivityDoesNotExist where there is none. */
    public ActivityDescription describe(String arn) {
        Arns.check(arn);
        return loop.ask(() -> {
            ActivityDescription activity = core.catalog().activity(arn);
            if (activity == null) {
                throw new StepFunctionsException(ErrorCode.ActivityDoesNotExist,
                        "Activity Does Not Exist: '" + arn + "'");
            }
            return activity;
        });
    }

    /** All activities, in the order they were made. */
    public List<ActivityDescription> list() {
        return loop.ask(core.catalog()::activities);
    }

    /** Deletes an activity; does nothing where there is none. */
    public void delete(String arn) {
        Arns.check(arn);
        loop.ask(() -> {
            core.catalog().deleteActivity(arn);
            return true;
        });
    }

    /**
     * Waits for a task of an activity and takes it.
     *
     * @param patience
     *            how long to wait; on virtual time only what is there already is found
     * @return the task, or null where none came
     */
    public @Nullable ActivityTask getTask(String arn, @Nullable String worker, Duration patience) {
        describe(arn);
        CompletableFuture<ActivityTask> poll = loop.ask(() -> core.activities().poll(arn, worker));
        if (settings.runner().isVirtual()) {
            return poll.getNow(null);
        }
        return poll.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
