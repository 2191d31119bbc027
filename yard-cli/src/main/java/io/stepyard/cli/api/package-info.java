/** The job API as the command line sees it: a client on the JDK's own HTTP and the records of its answers. */
@NullMarked
package io.stepyard.cli.api;

import org.jspecify.annotations.NullMarked;
