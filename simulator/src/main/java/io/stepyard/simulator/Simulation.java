package io.stepyard.simulator;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.LiveQueue;
import io.stepyard.scheduler.Placement;
import io.stepyard.scheduler.WaitingJob;
import io.stepyard.simulator.SimulationSetup.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;

/** Runs a trace through the production pass on virtual time: the moment jumps from one event to the next. */
public final class Simulation {

    private final Trace trace;
    private final SimulationSetup setup;
    private final SimulationObserver observer;
    private final LiveQueue queue;
    private final Prediction.Memory memory;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Map<String, Integer> clusterIndexes = new HashMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(Event.ORDER);
    private final int[] submitted;
    private final WaitingJob[] waiting;
    private final long[] start;
    private final int[] cluster;
    private final long[] predicted;
    private final long[] expected;
    private final int[] corrections;
    private int nextSubmitted;
    private long sequence;
    private long passes;
    private long releasedAt = Long.MIN_VALUE;

    private Simulation(Trace trace, SimulationSetup setup, SimulationObserver observer) {
        this.trace = trace;
        this.setup = setup;
        this.observer = observer;
        this.queue = new LiveQueue(setup.policy(), setup.terms());
        this.memory = new Prediction.Memory(setup.prediction());
        int count = trace.jobs().size();
        this.waiting = new WaitingJob[count];
        this.start = new long[count];
        this.cluster = new int[count];
        this.predicted = new long[count];
        this.expected = new long[count];
        this.corrections = new int[count];
        Arrays.fill(start, -1);
        Arrays.fill(cluster, -1);
        this.submitted = IntStream.range(0, count).boxed()
                .sorted(Comparator.comparingLong(index -> trace.jobs().get(index).submitSeconds()))
                .mapToInt(Integer::intValue).toArray();
        observer.begin(trace, queue::free);
        for (ClusterSnapshot snapshot : setup.clusters()) {
            clusterIndexes.put(snapshot.name(), clusterIndexes.size());
            queue.cluster(snapshot);
        }
    }

    /** Jobs whose demands no cluster meets never start; the outcome counts them. */
    public static Outcome run(Trace trace, SimulationSetup setup, SimulationObserver observer) {
        long began = System.nanoTime();
        Simulation simulation = new Simulation(trace, setup, observer);
        if (setup.mode() == Mode.PER_TIMESTAMP) {
            simulation.runByTimestamp();
        } else {
            simulation.runByEvent();
        }
        return new Outcome(trace, setup.clusters().stream().map(ClusterSnapshot::name).toList(), simulation.start,
                simulation.cluster, simulation.passes, System.nanoTime() - began);
    }

    private void runByTimestamp() {
        while (!events.isEmpty() || nextSubmitted < submitted.length) {
            long now = nextMoment();
            while (!events.isEmpty() && events.peek().at == now) {
                Event event = events.remove();
                if (event.kind == Event.EXPIRED) {
                    correct(event.job, now);
                } else {
                    end(event.job, now);
                }
            }
            while (nextSubmitted < submitted.length && submitOf(nextSubmitted) == now) {
                submit(submitted[nextSubmitted++], now);
            }
            pass(now);
        }
    }

    private void runByEvent() {
        while (!events.isEmpty() || nextSubmitted < submitted.length) {
            long now = nextMoment();
            if (now != releasedAt) {
                releaseExpectedEnds(now);
            }
            Event next = events.peek();
            if (next != null && next.at == now && next.kind == Event.EXPIRED) {
                correct(events.remove().job, now);
            } else if (nextSubmitted < submitted.length && submitOf(nextSubmitted) == now) {
                int job = submitted[nextSubmitted++];
                submit(job, now);
                if (setup.mode() == Mode.PER_EVENT || fits(waiting[job].resources())) {
                    pass(now);
                }
            } else {
                end(events.remove().job, now);
                pass(now);
            }
        }
    }

    /**
     * A job that ends when it is expected to has given back its room for every event of that moment, also for those
     * before its own: this is what the published figures were made with.
     */
    private void releaseExpectedEnds(long now) {
        releasedAt = now;
        List<Event> kept = new ArrayList<>();
        while (!events.isEmpty() && events.peek().at == now) {
            Event event = events.remove();
            kept.add(event);
            if (event.kind == Event.END && start[event.job] + expected[event.job] == now) {
                queue.ended(waiting[event.job].jobId(), Instant.ofEpochSecond(now));
            }
        }
        events.addAll(kept);
    }

    private boolean fits(Resources asked) {
        return setup.clusters().stream().anyMatch(snapshot -> asked.fitsWithin(queue.free(snapshot.name())));
    }

    private long nextMoment() {
        long event = events.isEmpty() ? Long.MAX_VALUE : events.peek().at;
        return nextSubmitted < submitted.length ? Math.min(event, submitOf(nextSubmitted)) : event;
    }

    private long submitOf(int position) {
        return trace.jobs().get(submitted[position]).submitSeconds();
    }

    private void submit(int index, long now) {
        TraceJob job = trace.jobs().get(index);
        predicted[index] = memory.predict(job);
        expected[index] = predicted[index];
        WaitingJob.Options options = expected[index] == job.requestSeconds()
                ? WaitingJob.Options.NONE
                : WaitingJob.Options.NONE.expecting(Duration.ofSeconds(expected[index]));
        String id = id(index);
        waiting[index] = new WaitingJob(id, job.priority(), Instant.ofEpochSecond(now),
                new Resources(job.cpuMillicores(), job.memoryMib()), Duration.ofSeconds(job.requestSeconds()),
                job.user(), job.clusters(), Map.of(), Set.of(), Map.of(), options);
        indexes.put(id, index);
        queue.add(waiting[index]);
        observer.submitted(index, now);
    }

    private void end(int index, long now) {
        TraceJob job = trace.jobs().get(index);
        queue.ended(waiting[index].jobId(), Instant.ofEpochSecond(now));
        memory.learn(job);
        observer.ended(index, now);
    }

    private void correct(int index, long now) {
        TraceJob job = trace.jobs().get(index);
        expected[index] = memory.correct(job, predicted[index], expected[index], corrections[index]++);
        queue.expectEnd(waiting[index].jobId(), Instant.ofEpochSecond(start[index] + expected[index]));
        expireWhenTooShort(index, job);
        observer.corrected(index, now);
    }

    private void expireWhenTooShort(int index, TraceJob job) {
        if (expected[index] < job.runSeconds()) {
            events.add(new Event(start[index] + expected[index], Event.EXPIRED, sequence++, index));
        }
    }

    private void pass(long now) {
        passes++;
        List<Placement> placements = queue.pass(Instant.ofEpochSecond(now));
        for (Placement placement : placements) {
            int index = indexes.getOrDefault(placement.jobId(), -1);
            TraceJob job = trace.jobs().get(index);
            start[index] = now;
            cluster[index] = clusterIndexes.getOrDefault(placement.cluster(), -1);
            events.add(new Event(now + job.runSeconds(), Event.END, sequence++, index));
            expireWhenTooShort(index, job);
            observer.placed(index, placement, now);
        }
        observer.passed(now, queue.waiting());
    }

    /** Ids sort as the jobs stand in the log, so that equal times break ties as the log does. */
    private static String id(int index) {
        return String.format("j%08d", index);
    }

    private record Event(long at, int kind, long sequence, int job) {

        static final int EXPIRED = 0;
        static final int END = 1;

        static final Comparator<Event> ORDER = Comparator.comparingLong(Event::at).thenComparingInt(Event::kind)
                .thenComparingLong(Event::sequence);
    }
}
