package io.foreshard.server.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReceiptHtmlTest {
    private final String page = ReceiptHtml.render(SampleReceipts.threePolicies());

    @Test
    void thePageLoadsNothingFromAnywhere() {
        assertThat(page)
                .doesNotContainPattern("(src|href)=")
                .doesNotContain("http")
                .doesNotContain("@import");
    }

    @Test
    void everyPolicyHasAChartWithALineForEachNodeAndItsCapacity() {
        assertThat(page.split("class=\"plot loads\"", -1)).hasSize(4);
        assertThat(page.split("class=\"line capacity\"", -1)).hasSize(4);
        assertThat(page.split("class=\"line c3\"", -1)).hasSize(4);
    }

    @Test
    void theNumbersBehindEveryChartAreJsonWithOneValuePerBucket() throws IOException {
        Matcher data = Pattern.compile("<script type=\"application/json\" id=\"chart\\d+\">(.*)</script>")
                .matcher(page);
        int charts = 0;
        while (data.find()) {
            JsonNode json = new ObjectMapper().readTree(data.group(1));
            for (JsonNode line : json.get("lines")) {
                assertThat(line.get("values").size()).isBetween(1, Buckets.MAX);
            }
            assertThat(json.get("step").asLong() % 300_000).isZero();
            charts++;
        }
        assertThat(charts).isEqualTo(6);
    }

    @Test
    void textOfOthersIsEscaped() {
        assertThat(page)
                .contains("tenant=&lt;hanami&gt;")
                .doesNotContain("<hanami>")
                .doesNotContain("<11:00>");
    }

    @Test
    void everyMoveIsListedWithItsReason() {
        assertThat(page).contains("Moves of foreshard (43)").contains("peak 1.4x n1's capacity");
    }

    @Test
    void thePictureHasAPanelForEveryPolicyWithItsOverload() {
        String picture = ReceiptSvg.render(SampleReceipts.threePolicies());

        assertThat(picture).startsWith("<svg ").contains(">1,204<", ">532<", ">88<");
        assertThat(picture.split("class=\"line c3\"", -1)).hasSize(4);
    }

    @Test
    void aLossIsMarked() {
        assertThat(ReceiptHtml.render(SampleReceipts.withLoss()))
                .contains("<li class=\"bad\">183,702 records verified over 3 runs, 3 LOST OR WRONG")
                .contains("foreshard: acme/17 is missing");
    }
}
