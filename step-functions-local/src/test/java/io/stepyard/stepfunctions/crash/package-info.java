/** The server killed again and again under load. */
@NullMarked
package io.stepyard.stepfunctions.crash;

import org.jspecify.annotations.NullMarked;
