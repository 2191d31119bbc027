package io.stepyard.scheduler;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The queue orders, and the ways to compose them. */
public final class Orders {

    /** The most by which a backlog lengthens the time after which a job comes first. */
    public static final int MOST_AGE = 4;

    /** The part of the time that what waits would take, after which a job comes first under overload. */
    public static final double BACKLOG_PART = 0.7;

    private static final Set<QueueOrder.Aspect> NOTHING = Set.of();
    private static final Set<QueueOrder.Aspect> RUN_TIME = Set.of(QueueOrder.Aspect.RUN_TIME);

    private static final Map<String, QueueOrder> BY_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry("fcfs", of(NOTHING, job -> 0)),
            Map.entry("sjf", of(RUN_TIME, job -> -job.runSeconds())),
            Map.entry("saf", of(RUN_TIME, job -> -job.runSeconds() * job.cores())),
            Map.entry("sqf", of(NOTHING, job -> -job.cores())),
            Map.entry("lxf", of(RUN_TIME, job -> (job.waitSeconds() + job.runSeconds()) / job.runSeconds())),
            Map.entry("wfp3", of(RUN_TIME, job -> cube(job.waitSeconds() / job.runSeconds()) * job.cores())),
            Map.entry("unicep", of(RUN_TIME, false, Orders::unicep)),
            Map.entry("f1",
                    of(RUN_TIME, job -> -(log10(job.runSeconds()) * job.cores() + 870 * log10(job.submitSeconds())))),
            Map.entry("f2",
                    of(RUN_TIME, job -> -(Math.sqrt(job.runSeconds()) * job.cores()
                            + 25_600 * log10(job.submitSeconds())))),
            Map.entry("f3",
                    of(RUN_TIME, job -> -(job.runSeconds() * job.cores() + 6_860_000 * log10(job.submitSeconds())))),
            Map.entry("f4",
                    of(RUN_TIME, job -> -(job.runSeconds() * Math.sqrt(job.cores())
                            + 530_000 * log10(job.submitSeconds()))))));

    private static final QueueOrder SOURCE = new QueueOrder() {
        @Override
        public long tier(Standing job) {
            return job.priority();
        }

        @Override
        public double score(Standing job) {
            return 0;
        }

        @Override
        public Set<Aspect> looksAt() {
            return NOTHING;
        }

        @Override
        public boolean goesByPriorityWithin() {
            return true;
        }

        @Override
        public boolean risesWithWaiting() {
            return true;
        }
    };

    private Orders() {}

    /** First come, first served. */
    public static QueueOrder fcfs() {
        return named("fcfs");
    }

    /** The source rule's order (A24): highest priority first, then the earlier in the queue, then the smaller jobId. */
    public static QueueOrder source() {
        return SOURCE;
    }

    /** @throws IllegalArgumentException when no order has that name; the message lists those there are */
    public static QueueOrder named(String name) {
        QueueOrder order = BY_NAME.get(name);
        if (order == null) {
            throw new IllegalArgumentException(
                    "Expected a queue order out of " + BY_NAME.keySet() + ", but found '" + name + "'");
        }
        return order;
    }

    /** Highest priority first, {@code within} among equals. */
    public static QueueOrder priority(QueueOrder within) {
        return new Wrapped(within, QueueOrder.Aspect.PRIORITY) {
            @Override
            public long tier(Standing job) {
                return job.priority();
            }
        };
    }

    /**
     * Ages: a job that has waited long comes before every job that has not, whatever its priority and its tenant's
     * usage, the one longest in the queue first. This is what bounds waiting.
     *
     * <p>Long is {@code after}, or {@value #BACKLOG_PART} of the time the backlog takes when that is more, but never more than
     * {@value #MOST_AGE} times {@code after}: under overload everybody waits, and to serve the oldest first then would
     * serve nobody well.
     */
    public static QueueOrder aged(Duration after, QueueOrder until) {
        double least = after.toMillis() / 1000.0;
        return new Wrapped(until) {
            private boolean isOld(Standing job) {
                return job.waitSeconds() >= Math.clamp(BACKLOG_PART * job.backlogSeconds(), least, MOST_AGE * least);
            }

            @Override
            public long tier(Standing job) {
                return isOld(job) ? Long.MAX_VALUE : super.tier(job);
            }

            @Override
            public double score(Standing job) {
                return isOld(job) ? job.waitSeconds() : super.score(job);
            }
        };
    }

    /** Priority that grows with waiting by {@code pointsPerHour}, without a limit. */
    public static QueueOrder growing(double pointsPerHour) {
        return of(Set.of(QueueOrder.Aspect.PRIORITY),
                job -> job.priority() + job.waitSeconds() / 3600 * pointsPerHour);
    }

    /**
     * Divides a positive score by what the tenant has used of late beyond its share: a tenant at {@code n} times its due
     * counts {@code 1 + strength × n} times less.
     */
    public static QueueOrder fair(double strength, QueueOrder within) {
        return new Wrapped(within, QueueOrder.Aspect.TENANT) {
            @Override
            public double score(Standing job) {
                double score = super.score(job);
                double over = 1 + strength * job.fairShare();
                return score >= 0 ? score / over : score * over;
            }
        };
    }

    /** The tenant that has used least of its due first, {@code within} plays no part but for what it looks at. */
    public static QueueOrder leastUsed() {
        return of(Set.of(QueueOrder.Aspect.TENANT), job -> -job.fairShare());
    }

    private static QueueOrder of(Set<QueueOrder.Aspect> aspects, ToDoubleFunction<Standing> score) {
        return of(aspects, true, score);
    }

    /** @param rises whether the score never falls by waiting, nor by a smaller share or backlog */
    private static QueueOrder of(Set<QueueOrder.Aspect> aspects, boolean rises, ToDoubleFunction<Standing> score) {
        return new QueueOrder() {
            @Override
            public double score(Standing job) {
                return score.applyAsDouble(job);
            }

            @Override
            public Set<Aspect> looksAt() {
                return aspects;
            }

            @Override
            public boolean risesWithWaiting() {
                return rises;
            }
        };
    }

    private static double unicep(Standing job) {
        // The small numbers are the published ones: they put jobs of one core before all others.
        double width = Math.log(job.cores() + 1e-15) / Math.log(2);
        return (job.waitSeconds() + 1e-15) / (width * job.runSeconds());
    }

    private static double cube(double value) {
        return value * value * value;
    }

    private static double log10(double value) {
        return Math.log10(value > 0 ? value : 0.1);
    }

    /** An order that changes one thing about another. */
    private abstract static class Wrapped implements QueueOrder {

        private final QueueOrder inner;
        private final Set<Aspect> aspects;

        Wrapped(QueueOrder inner, Aspect... more) {
            this.inner = inner;
            EnumSet<Aspect> all = EnumSet.noneOf(Aspect.class);
            all.addAll(inner.looksAt());
            all.addAll(Set.of(more));
            this.aspects = Set.copyOf(all);
        }

        @Override
        public long tier(Standing job) {
            return inner.tier(job);
        }

        @Override
        public double score(Standing job) {
            return inner.score(job);
        }

        @Override
        public Set<Aspect> looksAt() {
            return aspects;
        }

        @Override
        public boolean risesWithWaiting() {
            return inner.risesWithWaiting();
        }
    }
}
