/** Which services a command speaks to, where they are, and what is said when they do not answer. */
@NullMarked
package io.stepyard.cli.service;

import org.jspecify.annotations.NullMarked;
