/** Checks of state machine definitions, with the findings in the form AWS gives them. */
@NullMarked
package io.stepyard.stepfunctions.validation;

import org.jspecify.annotations.NullMarked;
