/** Tests of the package of the same name. */
@NullMarked
package io.stepyard.cli.submit;

import org.jspecify.annotations.NullMarked;
