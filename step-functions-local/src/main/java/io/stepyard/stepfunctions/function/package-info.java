/** The functions that Task states invoke: in this process, or over HTTP by the Lambda Invoke API. */
@NullMarked
package io.stepyard.stepfunctions.function;

import org.jspecify.annotations.NullMarked;
