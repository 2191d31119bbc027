package io.stepyard.benchmarks.scheduling;

import com.netflix.fenzo.ConstraintEvaluator;
import com.netflix.fenzo.SchedulingResult;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.TaskScheduler;
import com.netflix.fenzo.VMTaskFitnessCalculator;
import com.netflix.fenzo.VirtualMachineLease;
import com.netflix.fenzo.plugins.BinPackingFitnessCalculators;
import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.WaitingJob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.mesos.Protos;
import org.jspecify.annotations.Nullable;

/**
 * The same jobs and clusters put to Netflix Fenzo with its best-fit rule over cpu and memory. Constraints of jobs are not
 * passed on: with them Fenzo was seen to leave jobs out that had room.
 */
public final class FenzoSide implements AutoCloseable {

    private final TaskScheduler scheduler;

    public FenzoSide() {
        this.scheduler = new TaskScheduler.Builder().withLeaseOfferExpirySecs(1_000_000)
                .withLeaseRejectAction(_ -> {
                }).withFitnessCalculator(BinPackingFitnessCalculators.cpuMemBinPacker).disableShortfallEvaluation()
                .build();
    }

    /** What Fenzo asks of a waiting job. */
    public static List<TaskRequest> tasks(List<WaitingJob> inOrder) {
        return inOrder.stream().<TaskRequest>map(Task::new).toList();
    }

    /** One host for each cluster, all of it free. */
    public static List<VirtualMachineLease> hosts(List<ClusterSnapshot> clusters) {
        return clusters.stream().<VirtualMachineLease>map(Host::new).toList();
    }

    /** @return jobId → cluster of all that Fenzo places, asked once */
    public Map<String, String> place(List<TaskRequest> tasks, List<VirtualMachineLease> hosts) {
        SchedulingResult result = scheduler.scheduleOnce(tasks, hosts);
        if (!result.getExceptions().isEmpty()) {
            throw new IllegalStateException("Fenzo failed", result.getExceptions().getFirst());
        }
        Map<String, String> placed = new HashMap<>();
        result.getResultMap().forEach((host, assigned) -> assigned.getTasksAssigned()
                .forEach(task -> placed.put(task.getTaskId(), host)));
        return placed;
    }

    @Override
    public void close() {
        scheduler.shutdown();
    }

    private static final class Task implements TaskRequest {

        private final WaitingJob job;
        private @Nullable AssignedResources assigned;

        Task(WaitingJob job) {
            this.job = job;
        }

        @Override
        public String getId() {
            return job.jobId();
        }

        @Override
        public String taskGroupName() {
            return "";
        }

        @Override
        public double getCPUs() {
            return job.resources().cpuMillicores() / 1000.0;
        }

        @Override
        public double getMemory() {
            return job.resources().memoryMib();
        }

        @Override
        public double getNetworkMbps() {
            return 0;
        }

        @Override
        public double getDisk() {
            return 0;
        }

        @Override
        public int getPorts() {
            return 0;
        }

        @Override
        public Map<String, Double> getScalarRequests() {
            return Map.of();
        }

        @Override
        public Map<String, NamedResourceSetRequest> getCustomNamedResources() {
            return Map.of();
        }

        @Override
        public List<ConstraintEvaluator> getHardConstraints() {
            return List.of();
        }

        @Override
        public List<VMTaskFitnessCalculator> getSoftConstraints() {
            return List.of();
        }

        @Override
        public void setAssignedResources(AssignedResources resources) {
            assigned = resources;
        }

        @Override
        @SuppressWarnings("NullAway") // Fenzo asks whether there are any, and knows no annotation
        public AssignedResources getAssignedResources() {
            return assigned;
        }
    }

    private record Host(ClusterSnapshot cluster) implements VirtualMachineLease {

        @Override
        public String getId() {
            return "lease-" + cluster.name();
        }

        @Override
        public long getOfferedTime() {
            return System.currentTimeMillis();
        }

        @Override
        public String hostname() {
            return cluster.name();
        }

        @Override
        public String getVMID() {
            return cluster.name();
        }

        @Override
        public double cpuCores() {
            return cluster.usable().cpuMillicores() / 1000.0;
        }

        @Override
        public double memoryMB() {
            return cluster.usable().memoryMib();
        }

        @Override
        public double networkMbps() {
            return 0;
        }

        @Override
        public double diskMB() {
            return 0;
        }

        @Override
        public List<Range> portRanges() {
            return List.of();
        }

        @Override
        public Protos.Offer getOffer() {
            return Protos.Offer.getDefaultInstance();
        }

        @Override
        public Map<String, Protos.Attribute> getAttributeMap() {
            // Fenzo asks it for null, which an immutable map refuses.
            return new HashMap<>();
        }

        @Override
        public Double getScalarValue(String name) {
            return Objects.requireNonNullElse(getScalarValues().get(name), 0.0);
        }

        @Override
        public Map<String, Double> getScalarValues() {
            return Map.of("cpus", cpuCores(), "mem", memoryMB());
        }
    }
}
