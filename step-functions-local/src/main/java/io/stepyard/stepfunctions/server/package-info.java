/** The AWS JSON 1.0 protocol of Step Functions over HTTP. */
@NullMarked
package io.stepyard.stepfunctions.server;

import org.jspecify.annotations.NullMarked;
