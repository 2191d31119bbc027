/** Commands that start other programs of the product, and the training run behind a fast start. */
@NullMarked
package io.stepyard.cli.start;

import org.jspecify.annotations.NullMarked;
