/** Tests of the package of the same name. */
@NullMarked
package io.stepyard.cli.demo;

import org.jspecify.annotations.NullMarked;
