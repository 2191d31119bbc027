/** Tests of the package of the same name. */
@NullMarked
package io.stepyard.cli;

import org.jspecify.annotations.NullMarked;
