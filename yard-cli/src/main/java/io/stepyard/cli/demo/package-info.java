/** The demo: starts a local runtime, submits the examples, shows them live and checks how each ended. */
@NullMarked
package io.stepyard.cli.demo;

import org.jspecify.annotations.NullMarked;
