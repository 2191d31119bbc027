/** Tests of the package of the same name. */
@NullMarked
package io.stepyard.cli.start;

import org.jspecify.annotations.NullMarked;
