/** The command line {@code yard}: its root command, exit codes and the way errors are told. */
@NullMarked
package io.stepyard.cli;

import org.jspecify.annotations.NullMarked;
