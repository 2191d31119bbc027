/** State machines in JUnit tests: functions as lambdas, virtual time, assertions on histories. */
@NullMarked
package io.stepyard.stepfunctions.testing;

import org.jspecify.annotations.NullMarked;
