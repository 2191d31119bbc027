/** The engine seen from outside: through its facade, through the AWS SDK, and after a restart. */
@NullMarked
package io.stepyard.stepfunctions;

import org.jspecify.annotations.NullMarked;
