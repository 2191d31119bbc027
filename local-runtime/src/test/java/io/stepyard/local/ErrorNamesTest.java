package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.asl.JobManagerDefinition;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorNamesTest {

    @Test
    void shouldCatchAndRetryByTheNamesOfExceptionsThatExist() throws ClassNotFoundException {
        TreeSet<String> names = new TreeSet<>();
        Matcher name = Pattern.compile("\"(io\\.stepyard\\.[A-Za-z.$]+)\"").matcher(JobManagerDefinition.template());
        while (name.find()) {
            names.add(name.group(1));
        }

        assertThat(names).hasSizeGreaterThanOrEqualTo(3);
        for (String exception : names) {
            assertThat(Class.forName(exception)).as("%s", exception).isAssignableTo(RuntimeException.class);
        }
    }
}
