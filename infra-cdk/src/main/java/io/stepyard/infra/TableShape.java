package io.stepyard.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys and indexes of one table, as tables.json says; the store that reads and writes the tables holds itself to the same file.
 *
 * @param name
 *            the table's name without the deployment's prefix
 * @param hash
 *            partition key
 * @param range
 *            sort key, null when there is none
 * @param timeToLive
 *            name of the attribute with an expiry in epoch seconds, null when rows stay
 * @param indexes
 *            global secondary indexes
 */
record TableShape(String name, Key hash, @Nullable Key range, @Nullable String timeToLive, List<Index> indexes) {

    TableShape {
        indexes = List.copyOf(indexes);
    }

    /**
     * A key attribute.
     *
     * @param name
     *            attribute name
     * @param type
     *            S (text) or N (number)
     */
    record Key(String name, String type) {

        Key {
            BadSettings.require(type.equals("S") || type.equals("N"), "tables.json, key " + name, type, "S or N");
        }
    }

    /**
     * A global secondary index.
     *
     * @param name
     *            index name
     * @param hash
     *            partition key; rows without it are not in the index
     * @param range
     *            sort key
     * @param projection
     *            attributes that the index carries beside the keys
     */
    record Index(String name, Key hash, Key range, List<String> projection) {

        Index {
            projection = List.copyOf(projection);
        }
    }

    static List<TableShape> read(Path file) {
        try {
            return List.of(JsonMapper.shared().readValue(Files.readString(file), TableShape[].class));
        } catch (IOException e) {
            throw new UncheckedIOException("Expected the table shapes at " + file, e);
        }
    }
}
