package io.stepyard.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LifecycleDocumentTest {

    private static final Path DOCUMENT = Path.of(System.getProperty("stepyard.root", ".."), "docs", "job-lifecycle.md");

    @Test
    void shouldShowTheTablesOfTheCodeInTheDocument() throws IOException {
        String document = Files.readString(DOCUMENT);
        String fresh = with(with(document, "job", Lifecycles.JOB.toMermaid(JobState.QUEUED)), "attempt",
                Lifecycles.ATTEMPT.toMermaid(AttemptState.GRANTED));
        if (Boolean.getBoolean("stepyard.docs.write")) {
            Files.writeString(DOCUMENT, fresh);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(fresh);
    }

    private static String with(String document, String section, String diagram) {
        String open = "<!-- " + section + " -->";
        String close = "<!-- /" + section + " -->";
        int from = document.indexOf(open);
        int to = document.indexOf(close);
        assertThat(from).as("marker %s", open).isNotNegative();
        assertThat(to).as("marker %s", close).isGreaterThan(from);
        return document.substring(0, from + open.length()) + "\n```mermaid\n" + diagram + "```\n"
                + document.substring(to);
    }
}
