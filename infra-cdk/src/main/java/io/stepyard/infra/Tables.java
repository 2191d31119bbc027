package io.stepyard.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * The tables. They outlive the stack: kept on deletion, protected, recoverable to any second of the last 35 days, encrypted. Their logical ids are
 * pinned, because a changed one would make CloudFormation create an empty table beside the full one.
 */
final class Tables extends Construct {

    private final Map<String, Table> tables = new LinkedHashMap<>();

    Tables(Construct scope, String id, StackSettings settings, List<TableShape> shapes) {
        super(scope, id);
        for (TableShape shape : shapes) {
            tables.put(shape.name(), table(shape, settings.physicalName(shape.name())));
        }
    }

    Map<String, Table> all() {
        return tables;
    }

    Table table(String name) {
        Table table = tables.get(name);
        BadSettings.require(table != null, "tables.json", tables.keySet(), "a table " + name);
        return Objects.requireNonNull(table);
    }

    /** The statement that allows these actions (without the prefix {@code dynamodb:}) on the rows of one table, never on an index. */
    PolicyStatement allow(String name, String... actions) {
        return allowOn(table(name).getTableArn(), actions);
    }

    /** The statement that allows a query of one index. */
    PolicyStatement allowQuery(String name, String index) {
        return allowOn(table(name).getTableArn() + "/index/" + index, "Query");
    }

    private static PolicyStatement allowOn(String resource, String... actions) {
        return PolicyStatement.Builder.create()
                .actions(List.of(actions).stream().map(action -> "dynamodb:" + action).toList())
                .resources(List.of(resource)).build();
    }

    private Table table(TableShape shape, String physicalName) {
        Table.Builder builder = Table.Builder.create(this, shape.name())
                .tableName(physicalName)
                .partitionKey(attribute(shape.hash()))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .pointInTimeRecoverySpecification(
                        PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
                .deletionProtection(true)
                .encryption(TableEncryption.AWS_MANAGED)
                .removalPolicy(RemovalPolicy.RETAIN);
        ifPresent(shape.range(), range -> builder.sortKey(attribute(range)));
        ifPresent(shape.timeToLive(), builder::timeToLiveAttribute);
        Table table = builder.build();
        for (TableShape.Index index : shape.indexes()) {
            table.addGlobalSecondaryIndex(GlobalSecondaryIndexProps.builder()
                    .indexName(index.name())
                    .partitionKey(attribute(index.hash()))
                    .sortKey(attribute(index.range()))
                    .projectionType(ProjectionType.INCLUDE)
                    .nonKeyAttributes(index.projection())
                    .build());
        }
        ((CfnTable) Objects.requireNonNull(table.getNode().getDefaultChild()))
                .overrideLogicalId(shape.name() + "Table");
        return table;
    }

    private static <T> void ifPresent(@Nullable T value, java.util.function.Consumer<T> use) {
        if (value != null) {
            use.accept(value);
        }
    }

    private static Attribute attribute(TableShape.Key key) {
        return Attribute.builder().name(key.name())
                .type(key.type().equals("N") ? AttributeType.NUMBER : AttributeType.STRING).build();
    }
}
