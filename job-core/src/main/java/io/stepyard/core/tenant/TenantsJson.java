package io.stepyard.core.tenant;

import io.stepyard.model.resource.MemorySize;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON form of all tenants' limits: {@code {"research": {"weight": 2, "cpu": 8, "memory": "16GiB", "runningJobs": 10}}}. Each field
 * may be left out; the tenant {@code *} speaks for everybody who is not named. cpu is in cores with at most three decimals.
 */
public final class TenantsJson {

    /** Enough for every organisation, and few enough for one document. */
    static final int MAX_TENANTS = 500;

    private static final String TENANT_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}|\\*";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private TenantsJson() {}

    /**
     * @param source names the text in faults, usually the file
     * @throws IllegalArgumentException with source and line, what was found and what is expected
     */
    public static TenantLimits.Table read(String source, String text) {
        Reader reader = new Reader(source);
        try (JsonParser parser = MAPPER.createParser(text)) {
            return reader.table(parser);
        } catch (JacksonException malformed) {
            int line = malformed.getLocation() == null ? 1 : Math.max(1, malformed.getLocation().getLineNr());
            throw new IllegalArgumentException(source + ":" + line + ": expected JSON, but "
                    + malformed.getOriginalMessage().replace('\n', ' '), malformed);
        }
    }

    /** Every field written out where it limits something; reads back as the same table. */
    public static String print(TenantLimits.Table table) {
        Map<String, Object> all = new LinkedHashMap<>();
        table.named().forEach((tenant, limits) -> all.put(tenant, fields(limits)));
        return MAPPER.writeValueAsString(all);
    }

    /** The fields of one tenant as the JSON form names them. */
    public static Map<String, Object> fields(TenantLimits limits) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("weight", limits.weight());
        if (limits.cpuMillicores() != null) {
            fields.put("cpu", BigDecimal.valueOf(limits.cpuMillicores(), 3).stripTrailingZeros());
        }
        if (limits.memoryMib() != null) {
            fields.put("memory", limits.memoryMib() + "MiB");
        }
        if (limits.runningJobs() != null) {
            fields.put("runningJobs", limits.runningJobs());
        }
        return fields;
    }

    /** Reads token by token, so that each fault knows its line. */
    private record Reader(String source) {

        TenantLimits.Table table(JsonParser parser) {
            Map<String, TenantLimits> tenants = new LinkedHashMap<>();
            require(parser, parser.nextToken() == JsonToken.START_OBJECT, "an object with one field for each tenant");
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String tenant = parser.currentName();
                require(parser, tenant.matches(TENANT_NAME),
                        "a tenant of letters, digits, '.', '_' or '-', or '*' for everybody else");
                require(parser, !tenants.containsKey(tenant), "each tenant once");
                require(parser, tenants.size() < MAX_TENANTS, "at most " + MAX_TENANTS + " tenants");
                tenants.put(tenant, limits(parser, tenant));
            }
            require(parser, parser.nextToken() == null, "nothing after the object");
            return new TenantLimits.Table(tenants);
        }

        private TenantLimits limits(JsonParser parser, String tenant) {
            require(parser, parser.nextToken() == JsonToken.START_OBJECT,
                    "an object such as {\"weight\": 2} for tenant '" + tenant + "'");
            double weight = 1;
            Long cpu = null;
            Long memory = null;
            Integer running = null;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "weight" -> weight = weight(parser);
                    case "cpu" -> cpu = millicores(parser);
                    case "memory" -> memory = memory(parser);
                    case "runningJobs" -> running = running(parser);
                    default -> throw fault(parser, "weight, cpu, memory or runningJobs", "the field '" + field + "'");
                }
            }
            return new TenantLimits(weight, cpu, memory, running);
        }

        private double weight(JsonParser parser) {
            BigDecimal weight = decimal(parser);
            boolean usable = weight != null && weight.signum() > 0 && weight.compareTo(BigDecimal.valueOf(1e9)) <= 0;
            require(parser, usable, "weight above 0 and at most 1000000000");
            return weight == null ? 1 : weight.doubleValue();
        }

        private long millicores(JsonParser parser) {
            BigDecimal cores = decimal(parser);
            boolean usable = cores != null && cores.signum() >= 0 && cores.stripTrailingZeros().scale() <= 3
                    && cores.compareTo(BigDecimal.valueOf(1_000_000_000)) <= 0;
            require(parser, usable, "cpu in cores, 0 or more, with at most 3 decimals");
            return cores == null ? 0 : cores.movePointRight(3).longValueExact();
        }

        private long memory(JsonParser parser) {
            String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
            return MemorySize.parseMib(text).orElseThrow(() -> fault(parser, "memory such as \"16GiB\"",
                    found(parser)));
        }

        private int running(JsonParser parser) {
            BigDecimal jobs = decimal(parser);
            boolean usable = jobs != null && jobs.signum() >= 0 && jobs.stripTrailingZeros().scale() <= 0
                    && jobs.compareTo(BigDecimal.valueOf(1_000_000)) <= 0;
            require(parser, usable, "runningJobs as a whole number from 0 to 1000000");
            return jobs == null ? 0 : jobs.intValueExact();
        }

        private static @Nullable BigDecimal decimal(JsonParser parser) {
            JsonToken token = parser.currentToken();
            return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT
                    ? parser.getDecimalValue()
                    : null;
        }

        private void require(JsonParser parser, boolean holds, String expected) {
            if (!holds) {
                throw fault(parser, expected, found(parser));
            }
        }

        private static String found(JsonParser parser) {
            String text = parser.currentToken() == null ? "the end" : String.valueOf(parser.getString());
            return "'" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "'";
        }

        private IllegalArgumentException fault(JsonParser parser, String expected, String found) {
            int line = Math.max(1, parser.currentTokenLocation().getLineNr());
            return new IllegalArgumentException(
                    source + ":" + line + ": expected " + expected + ", but found " + found);
        }
    }
}
