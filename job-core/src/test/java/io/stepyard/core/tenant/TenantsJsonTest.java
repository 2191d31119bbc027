package io.stepyard.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantsJsonTest {

    @Test
    void shouldReadWeightsAndQuotasAndReadBackWhatItPrints() {
        TenantLimits.Table table = TenantsJson.read("tenants.json", """
                {
                  "research": {"weight": 2, "cpu": 7.5, "memory": "16GiB", "runningJobs": 10},
                  "web": {"weight": 0.5},
                  "*": {"runningJobs": 3}
                }
                """);

        assertThat(table.named()).isEqualTo(Map.of("research", new TenantLimits(2, 7500L, 16_384L, 10), "web",
                new TenantLimits(0.5, null, null, null), "*", new TenantLimits(1, null, null, 3)));
        assertThat(TenantsJson.read("again", TenantsJson.print(table))).isEqualTo(table);
        assertThat(table.of("anybody else").runningJobs()).isEqualTo(3);
        assertThat(table.of("web").runningJobs()).isNull();
    }

    @Test
    void shouldLimitNobodyWithoutATable() {
        assertThat(TenantLimits.Table.EMPTY.of("research")).isEqualTo(TenantLimits.PLAIN);
        assertThat(TenantLimits.Table.EMPTY.hasQuotas()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                            | t.json:1: expected an object with one field
            {~'a': 3}                                     | t.json:2: expected an object such as
            {~'a': {~'weight': 0}}                        | t.json:3: expected weight above 0
            {~'a': {~'weight': 'much'}}                   | t.json:3: expected weight above 0
            {~'a': {~~'cpu': -1}}                         | t.json:4: expected cpu in cores
            {~'a': {'cpu': 0.0001}}                       | t.json:2: expected cpu in cores
            {~'a': {~'memory': 16}}                       | t.json:3: expected memory such as "16GiB", but found '16'
            {~'a': {~'memory': '16 elephants'}}           | t.json:3: expected memory
            {~'a': {~'runningJobs': 1.5}}                 | t.json:3: expected runningJobs as a whole number
            {~'a': {~'gpus': 1}}                          | t.json:3: expected weight, cpu, memory or runningJobs
            {~'a': {},~'a': {}}                           | t.json:3: expected each tenant once
            {~'a b': {}}                                  | t.json:2: expected a tenant of letters
            {~'a': {}}~{}                                 | t.json:3: expected nothing after the object
            {~'a': {~                                     | t.json:3: expected JSON
            """)
    void shouldSayWhereAFaultIsAndWhatIsExpected(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantsJson.read("t.json", text.replace('~', '\n').replace('\'', '"')))
                .withMessageStartingWith(message);
    }
}
