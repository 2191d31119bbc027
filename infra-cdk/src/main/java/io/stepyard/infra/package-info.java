/** The stack on AWS: tables, functions, state machine, schedule and roles, from files that the other rooms build. */
@NullMarked
package io.stepyard.infra;

import org.jspecify.annotations.NullMarked;
