package io.stepyard.stepfunctions;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a StartExecution ARN names: a machine as it is now, a version, or by an alias one of its versions.
 *
 * @param revision
 *            the place of the revision to run
 * @param versionArn
 *            the version, or null
 * @param aliasArn
 *            the alias, or null
 */
record StartTarget(StateMachine machine, int revision, @Nullable String versionArn, @Nullable String aliasArn) {

    /** Refuses with StateMachineDoesNotExist what names nothing. */
    static StartTarget of(Catalog catalog, String arn, RandomGenerator random) {
        Catalog.Qualified qualified = catalog.find(arn) == null ? catalog.qualified(arn) : null;
        if (qualified == null) {
            StateMachine machine = catalog.required(arn);
            return new StartTarget(machine, machine.currentNumber(), null, null);
        }
        Versions.Version version = qualified.version();
        if (version != null) {
            return new StartTarget(qualified.machine(), version.revision(), arn, null);
        }
        Versions.Alias alias = qualified.machine().versions().alias(qualified.qualifier());
        Versions.Version drawn = alias == null
                ? null
                : qualified.machine().versions().version(draw(alias.routes(), random));
        if (drawn == null) {
            throw new StepFunctionsException(ErrorCode.StateMachineDoesNotExist,
                    "State Machine Does Not Exist: '" + arn + "'");
        }
        return new StartTarget(qualified.machine(), drawn.revision(),
                qualified.machine().arn() + ":" + drawn.number(), arn);
    }

    private static int draw(Map<Integer, Integer> routes, RandomGenerator random) {
        int rest = random.nextInt(100);
        int last = 0;
        for (Map.Entry<Integer, Integer> route : routes.entrySet()) {
            last = route.getKey();
            rest -= route.getValue();
            if (rest < 0) {
                return last;
            }
        }
        return last;
    }
}
