package io.foreshard.server.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReceiptJsonTest {
    @ParameterizedTest
    @CsvSource({
        "/policies/static/overloaded_node_minutes,1204",
        "/policies/reactive/late_operations_share,0.0112",
        "/policies/foreshard/p50_millis,0.8",
        "/policies/foreshard/p99_millis,52.5",
        "/policies/foreshard/moves,43",
        "/policies/foreshard/splits,1",
        "/policies/static/splits,0",
        "/policies/foreshard/reshape_log/0/kind,split",
        "/policies/foreshard/moved_bytes,43000000",
        "/policies/foreshard/regretted_moves,1",
        "/policies/foreshard/node_hours,672.0",
        "/records_verified,183702",
        "/records_lost,0",
        "/forecast/wape,0.182",
        "/forecast/wape_seasonal_naive,0.249",
        "/workload/operations,1234567",
        "/cluster/nodes,4",
        "/cluster/node_bytes_per_second,null",
        "/policies/foreshard/move_log/0/source,n1",
        "/policies/foreshard/move_log/0/regretted,true",
    })
    void theFieldsThatProgramsReadAreThere(String pointer, String value) throws IOException {
        JsonNode json = new ObjectMapper().readTree(ReceiptJson.render(SampleReceipts.threePolicies()));

        assertThat(json.at(pointer).asText()).isEqualTo(value);
    }

    @Test
    void policiesKeepTheirOrder() throws IOException {
        JsonNode json = new ObjectMapper().readTree(ReceiptJson.render(SampleReceipts.threePolicies()));

        assertThat(json.get("policies").fieldNames()).toIterable().containsExactly("static", "reactive", "foreshard");
    }

    @Test
    void withoutAForecastingPolicyTheForecastIsNull() throws IOException {
        JsonNode json = new ObjectMapper().readTree(ReceiptJson.render(SampleReceipts.withLoss()));

        assertThat(json.get("forecast").isNull()).isTrue();
        assertThat(json.get("records_lost").asLong()).isEqualTo(3);
    }
}
