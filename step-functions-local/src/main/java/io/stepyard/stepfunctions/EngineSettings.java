package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.interpreter.ServiceDate;
import io.stepyard.stepfunctions.interpreter.TaskClient;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.time.Runner;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What an engine is made of.
 *
 * @param runner
 *            its time and threads
 * @param journal
 *            its memory
 * @param tasks
 *            what carries out the calls of Task states
 * @param listener
 *            who hears of executions
 * @param random
 *            where jitter, names and random intrinsics come from
 * @param account
 *            the account in its ARNs
 * @param region
 *            the region in its ARNs
 * @param liveExecutions
 *            how many idle executions stay unfolded in memory
 * @param retention
 *            how long ended executions are kept
 * @param serviceDate
 *            the day whose service it behaves like
 */
record EngineSettings(Runner runner, Journal journal, TaskClient tasks, ExecutionListener listener,
        RandomGenerator random, String account, String region, int liveExecutions, Duration retention,
        ServiceDate serviceDate) {}
