package io.stepyard.cli.api;

import org.jspecify.annotations.Nullable;

/**
 * Why a job or an attempt failed.
 *
 * @param failureClass one of the classes a retry policy can name
 * @param exitCode exit code of the program; null where there was none
 * @param errorOutput last part of the program's error output; null where it was not asked for
 */
public record FailureView(@Nullable String failureClass, @Nullable String code, @Nullable String message,
        @Nullable Integer exitCode, @Nullable String errorOutput) {}
