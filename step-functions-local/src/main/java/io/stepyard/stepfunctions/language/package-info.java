/** The Amazon States Language below the states: paths, payload templates, intrinsic functions, choice rules, retriers and catchers. */
@NullMarked
package io.stepyard.stepfunctions.language;

import org.jspecify.annotations.NullMarked;
