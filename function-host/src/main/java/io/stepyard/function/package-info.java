/** The form of a function, and how it is served by AWS Lambda and over HTTP. */
@NullMarked
package io.stepyard.function;

import org.jspecify.annotations.NullMarked;
