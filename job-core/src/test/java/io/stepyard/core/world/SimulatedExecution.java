package io.stepyard.core.world;

import io.stepyard.core.job.ErrorReply;
import io.stepyard.core.job.Grant;
import io.stepyard.core.job.GrantExpired;
import io.stepyard.core.job.RetryLater;
import io.stepyard.core.job.StatusReply;
import io.stepyard.core.memory.RecordingSignals.Signal;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.core.store.TaskToken;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Walks one job through the use cases as the shipped state machine does, one call at a time. */
public final class SimulatedExecution {

    private static final int RETRIES = 8;

    private enum Stage {
        ASK, WAITING, START, STATUS, OUTPUT, PAUSE, RELEASE, ENDED
    }

    private final World world;
    private final String jobId;
    private final String json;
    private Stage stage = Stage.ASK;
    private Stage afterPause = Stage.ASK;
    private Instant pauseEnds;
    private int tokens;
    private int tries;
    private @Nullable Grant grant;
    private boolean succeeded;
    private boolean released;

    public SimulatedExecution(World world, String jobId, String json) {
        this.world = world;
        this.jobId = jobId;
        this.json = json;
        this.pauseEnds = world.now();
    }

    public String jobId() {
        return jobId;
    }

    /** Over, and whoever listens for its end has given its job up where that was to be done. */
    public boolean isOver() {
        return stage == Stage.ENDED && (succeeded || released);
    }

    public boolean hasSucceeded() {
        return succeeded;
    }

    /** One call of a function, or nothing when it waits. */
    public void step() {
        switch (stage) {
            case WAITING -> {
            }
            case PAUSE -> {
                if (!world.now().isBefore(pauseEnds)) {
                    enter(afterPause);
                }
            }
            case ASK -> call(this::ask, Stage.RELEASE, Stage.RELEASE);
            case START -> call(() -> {
                world.start.start(present());
                enter(Stage.STATUS);
            }, Stage.STATUS, Stage.ASK);
            case STATUS -> call(this::status, Stage.RELEASE, Stage.ASK);
            case OUTPUT -> call(this::output, Stage.RELEASE, Stage.RELEASE);
            case RELEASE -> call(() -> {
                giveUp();
                enter(Stage.ENDED);
            }, Stage.ENDED, Stage.ENDED);
            case ENDED -> {
                if (!isOver()) {
                    call(this::giveUp, Stage.ENDED, Stage.ENDED);
                }
            }
        }
    }

    private Grant present() {
        return Objects.requireNonNull(grant);
    }

    private void ask() {
        supersede();
        tokens++;
        world.request(jobId, json, tokens);
        enter(Stage.WAITING);
    }

    private void supersede() {
        if (tokens > 0) {
            world.signals.expire(World.token(jobId, tokens));
        }
    }

    private void status() {
        StatusReply reply = world.observe.observe(present());
        switch (reply.status()) {
            case IN_PROGRESS -> pause(reply.waitSeconds(), Stage.STATUS);
            case SUCCEEDED -> {
                succeeded = true;
                enter(Stage.ENDED);
            }
            case ENDED -> enter(Stage.OUTPUT);
        }
    }

    private void output() {
        ErrorReply reply = world.errors.fetch(present(), tries >= RETRIES);
        if (reply.retry()) {
            pause(reply.waitSeconds(), Stage.ASK);
        } else {
            enter(Stage.ENDED);
        }
    }

    private void giveUp() {
        world.cancel.abandon(jobId, World.arn(jobId), "its execution has ended");
        released = true;
    }

    private void pause(int seconds, Stage next) {
        pauseEnds = world.now().plusSeconds(seconds);
        afterPause = next;
        enter(Stage.PAUSE);
    }

    private void enter(Stage next) {
        stage = next;
        tries = 0;
    }

    private void call(Runnable function, Stage givenUp, Stage expired) {
        try {
            function.run();
        } catch (GrantExpired e) {
            enter(expired);
        } catch (RetryLater | StoreUnavailable e) {
            if (++tries > RETRIES) {
                enter(givenUp);
            }
        }
    }

    /** A signal that was delivered to one of this execution's tokens. */
    public void hear(Signal signal) {
        TaskToken open = World.token(jobId, tokens);
        if (stage != Stage.WAITING || !signal.token().equals(open)) {
            return;
        }
        switch (signal) {
            case Signal.Success success -> {
                grant = JsonMapper.shared().readValue(success.outputJson(), Grant.class);
                enter(Stage.START);
            }
            case Signal.Failure _ -> enter(Stage.ENDED);
        }
    }

    /** StopExecution: nothing of it runs any more but who listens for its end. */
    public void stop() {
        if (stage != Stage.ENDED) {
            supersede();
            enter(Stage.ENDED);
        }
    }

    @Override
    public String toString() {
        return jobId + " in " + stage + " after " + tries + " tries";
    }
}
