/** The rules of the house over all rooms, each with a canary: a small violation on which the rule is proved to fail. */
@NullMarked
package io.stepyard.architecture;

import org.jspecify.annotations.NullMarked;
