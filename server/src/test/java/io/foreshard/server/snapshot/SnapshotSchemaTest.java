package io.foreshard.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The schema of the documentation describes the snapshots that are read. */
final class SnapshotSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyFieldThatIsReadIsInTheSchemaAndEveryRequiredOneIsThere() throws IOException {
        JsonNode schema =
                JSON.readTree(Path.of("../docs/reference/snapshot.schema.json").toFile());

        check(JSON.readTree(SnapshotReaderTest.SMALL), schema, "");
        check(JSON.readTree(ExampleSnapshotTest.FILE.toFile()), schema, "");
    }

    @Test
    void theExampleOfTheDocumentationCanBeRead() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/snapshot.md"));
        int start = page.indexOf("```json\n{") + "```json\n".length();

        Snapshot snapshot = SnapshotReaderTest.read(page.substring(start, page.indexOf("```", start)));

        assertThat(snapshot.partitions()).hasSize(2);
    }

    private static void check(JsonNode value, JsonNode schema, String path) {
        if (schema.has("oneOf")) {
            for (JsonNode option : schema.get("oneOf")) {
                if (option.get("type").asText().equals(type(value))) {
                    check(value, option, path);
                    return;
                }
            }
            throw new AssertionError(path + " is of no type that the schema knows");
        }
        if (value.isObject()) {
            schema.path("required")
                    .forEach(name -> assertThat(value.has(name.asText()))
                            .as("%s.%s", path, name.asText())
                            .isTrue());
            value.properties().forEach(field -> {
                JsonNode open = schema.path("additionalProperties");
                JsonNode known = schema.path("properties").path(field.getKey());
                JsonNode own = known.isMissingNode() ? open : known;
                assertThat(own.isObject()).as("%s.%s", path, field.getKey()).isTrue();
                check(field.getValue(), own, path + "." + field.getKey());
            });
        }
        if (value.isArray()) {
            value.forEach(element -> check(element, schema.get("items"), path + "[]"));
        }
    }

    private static String type(JsonNode value) {
        return value.isObject() ? "object" : value.isArray() ? "array" : "number";
    }
}
