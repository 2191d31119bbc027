/** An embeddable engine for AWS Step Functions state machines. */
@NullMarked
package io.stepyard.stepfunctions;

import org.jspecify.annotations.NullMarked;
