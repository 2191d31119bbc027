/** Tables, times and charts for people, and the versioned JSON for programs. */
@NullMarked
package io.stepyard.cli.text;

import org.jspecify.annotations.NullMarked;
