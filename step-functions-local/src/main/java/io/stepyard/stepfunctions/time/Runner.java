package io.stepyard.stepfunctions.time;

import java.time.Instant;
import java.time.InstantSource;

/** Where the engine's turns run and what its time is. Two kinds: {@link WallTime} and {@link VirtualTime}. */
public interface Runner extends InstantSource, AutoCloseable {

    /** Sets what is called after each group of turns, on the same thread. Called once, before anything is executed. */
    void afterTurns(Runnable hook);

    /** Runs a turn, one at a time, in the order given. Refuses with {@link IllegalStateException} once closed. */
    void execute(Runnable turn);

    /** Runs a turn at an instant or soon after. */
    Alarm scheduleTurn(Instant due, Runnable turn);

    /** Runs something that may block, away from the turns. */
    void background(Runnable work);

    /** Whether time is virtual: everything then happens on the caller's thread. */
    boolean isVirtual();

    @Override
    void close();

    /** A turn that is due later. */
    interface Alarm {
        /** When it is due. */
        Instant due();

        /** Forgets it. */
        void cancel();
    }
}
