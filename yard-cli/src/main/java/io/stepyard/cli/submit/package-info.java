/** Job files in, executions out, and waiting for their end. */
@NullMarked
package io.stepyard.cli.submit;

import org.jspecify.annotations.NullMarked;
