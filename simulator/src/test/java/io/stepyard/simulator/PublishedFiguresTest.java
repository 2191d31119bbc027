package io.stepyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.scheduler.PassTerms;
import io.stepyard.scheduler.Policies;
import io.stepyard.simulator.Prediction.Corrector;
import io.stepyard.simulator.Prediction.Predictor;
import io.stepyard.simulator.SimulationSetup.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The production pass, on the logs and in the set-up of published work, gives the published figures. */
class PublishedFiguresTest {

    @ParameterizedTest
    @CsvSource({"KTH-SP2,1e-9", "CTC-SP2,1e-9", "SDSC-SP2,1.5e-3"})
    void shouldReproduceEveryPublishedRow(String name, double tolerance) throws IOException {
        Trace trace = Trace.read(Published.log(name));
        List<String> misses = new ArrayList<>();
        int rows = 0;
        for (JsonNode row : Published.expected().get("full_trace").get("rows")) {
            JsonNode slowdown = row.get("avgbsld_published");
            if (row.get("trace").asString().equals(name) && slowdown != null && !slowdown.isNull()) {
                rows++;
                Metrics metrics = run(trace, row);
                String what = name + " " + row.get("order").asString() + " " + row.get("predictor").asString() + " "
                        + row.get("corrector").asString();
                compare(misses, what + " slowdown", slowdown.asDouble(), metrics.meanBoundedSlowdown(), tolerance);
                if (row.hasNonNull("avgft_published")) {
                    compare(misses, what + " flow time", row.get("avgft_published").asDouble(),
                            metrics.meanFlowSeconds(), tolerance);
                }
            }
        }

        System.out.println("figure: " + name + ", published rows reproduced: " + rows);
        assertThat(misses).isEmpty();
        assertThat(rows).isGreaterThan(9);
    }

    private static Metrics run(Trace trace, JsonNode row) {
        boolean fcfs = row.get("order").asString().equals("EASY");
        Prediction prediction = new Prediction(switch (row.get("predictor").asString()) {
            case "REQ" -> Predictor.REQUEST;
            case "CLAIR" -> Predictor.EXACT;
            case "DOUBLEREQ" -> Predictor.DOUBLE_REQUEST;
            default -> Predictor.LAST_TWO;
        }, switch (row.get("corrector").asString()) {
            case "TSAFRIR" -> Corrector.STEPS;
            case "DOUBLE" -> Corrector.DOUBLE;
            default -> Corrector.REQUEST;
        });
        SimulationSetup setup = new SimulationSetup(Policies.policy(fcfs ? "easy" : "easy:backfill=sjf"),
                Clusters.ofLog(trace), fcfs ? Mode.PER_EVENT_THAT_FITS : Mode.PER_EVENT, prediction, PassTerms.NONE);
        return Metrics.of(Simulation.run(trace, setup, SimulationObserver.NONE), trace.processors());
    }

    private static void compare(List<String> misses, String what, double published, double found, double tolerance) {
        if (!(Math.abs(found - published) <= Offset.offset(tolerance * Math.abs(published)).value)) {
            misses.add(what + ": published " + published + ", found " + found);
        }
    }

    @ParameterizedTest
    @CsvSource({"FCFS:none:fcfs:req,strict:order=fcfs", "FCFS:easy:fcfs:req,easy:order=fcfs",
            "FCFS:easy:sjbf:req,easy:backfill=sjf", "FCFS:greedy:fcfs:req,source", "SJF:easy:fcfs:req,easy:order=sjf",
            "SAF:easy:fcfs:req,easy:order=saf", "LXF:easy:fcfs:req,easy:order=lxf",
            "WFP3:easy:fcfs:req,easy:order=wfp3"})
    void shouldAgreeWithASecondSimulatorOnOrders(String config, String policy) throws IOException {
        Trace trace = Trace.read(Published.log("KTH-SP2"));
        Metrics metrics = Metrics.of(Simulation.run(trace,
                new SimulationSetup(Policies.policy(policy), Clusters.ofLog(trace)), SimulationObserver.NONE),
                trace.processors());
        for (JsonNode row : Published.expected().get("policy_reference").get("KTH")) {
            if (row.get("config").asString().equals(config)) {
                assertThat(metrics.meanBoundedSlowdown()).isCloseTo(row.get("bsld").asDouble(),
                        Offset.offset(1e-4 * row.get("bsld").asDouble()));
                assertThat(metrics.maxWaitSeconds()).isEqualTo(row.get("maxwait").asDouble());
                return;
            }
        }
        throw new AssertionError("no row " + config);
    }
}
