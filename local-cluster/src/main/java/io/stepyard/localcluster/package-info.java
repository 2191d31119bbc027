/** A real cluster in one small process: runs are operating system processes, refused when they do not fit, kept over a restart. */
@NullMarked
package io.stepyard.localcluster;

import org.jspecify.annotations.NullMarked;
