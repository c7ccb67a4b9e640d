package io.foreshard.server.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class OutlookRenderingTest {
    private final OutlookReport report = SampleOutlooks.report();

    @Test
    void theTableTellsPeakTimeTrustEventAndCapacity() {
        List<String> lines = OutlookTable.render(report, 200).lines().toList();

        assertThat(lines.get(0)).isEqualTo("log.csv: 2 segments, 20 d of history in windows of 1 h");
        String acme = lines.stream()
                .filter(line -> line.startsWith("tenant=acme"))
                .findFirst()
                .orElseThrow();
        assertThat(acme)
                .contains("Sun 31 Mar 20:00")
                .contains("forecast")
                .contains("day and week")
                .endsWith("! sale");
        assertThat(lines).anyMatch(line -> line.startsWith("all segments together: peak p50 "));
        assertThat(lines).anyMatch(line -> line.startsWith("I/O bytes") && line.endsWith("as counted"));
        assertThat(lines).anyMatch(line -> line.contains("not known: CPU, memory"));
        assertThat(lines).contains("every forecast has authority: none has lost to seasonal naive");
        assertThat(lines).contains("note: 3 rows could not be used");
    }

    @Test
    void aNarrowTableIsCutButNeverInItsFirstColumn() {
        assertThat(OutlookTable.render(report, 60).lines().filter(line -> line.startsWith("tenant=")))
                .hasSize(2)
                .allMatch(line -> line.length() == 60 && line.endsWith("..."));
    }

    @Test
    void theJsonHoldsEveryWindowOfEverySegment() throws IOException {
        StringWriter text = new StringWriter();
        OutlookJson.render(report, text);
        JsonNode json = new ObjectMapper().readTree(text.toString());

        JsonNode acme = json.get("segments").get(0);
        assertThat(acme.get("segment").asText()).isEqualTo("tenant=acme");
        assertThat(acme.get("p50")).hasSize(24);
        assertThat(acme.get("events").get(0).asText()).isEqualTo("sale");
        assertThat(acme.get("peak_p50").asDouble()).isGreaterThan(150);
        assertThat(acme.get("trusted").get("now").asText()).isEqualTo("day and week");
        assertThat(json.get("capacity")).hasSize(3);
        assertThat(json.get("capacity").get(0).get("cost").get("from").asText()).isEqualTo("counted");
    }

    @Test
    void theCsvHasALinePerSegmentAndWindow() throws IOException {
        StringBuilder text = new StringBuilder();
        OutlookCsv.render(report, text);

        assertThat(text.toString().lines()).hasSize(1 + 2 * 24);
        assertThat(text.toString().lines().skip(1).findFirst().orElseThrow())
                .matches("tenant=acme,2024-03-31T00:00:00Z,[0-9.]+,[0-9.]+,[0-9.]+,[0-9.]+,forecast,sale");
        assertThat(OutlookCsv.quoted("a,\"b\"")).isEqualTo("\"a,\"\"b\"\"\"");
    }

    @Test
    void thePageHoldsHeatMapFansAndCapacityAndEscapesNames() {
        String page = OutlookHtml.render(report);

        assertThat(page).contains("id=\"heatdata\"").contains("band wide").contains("Capacity projection");
        assertThat(page).doesNotContain("<b>hanami</b>").contains("tenant=&lt;b&gt;hanami");
        assertThat(page).doesNotContain("http://").doesNotContain("https://");
    }

    @Test
    void thePlainHeatMapFitsAndRisesAtNoon() {
        List<String> lines = new HeatMapTerminal(false, 80, 1)
                .render(report.heatMap())
                .lines()
                .toList();

        assertThat(lines)
                .allMatch(line -> line.length() <= 80)
                .allMatch(line -> line.chars().allMatch(c -> c < 127));
        assertThat(lines.get(1)).startsWith("acme").contains("|");
        assertThat(lines.get(2)).contains("and 1 more segments");
    }

    @Test
    void theColouredHeatMapDrawsP90AboveP50() {
        String map = new HeatMapTerminal(true, 80, 5).render(report.heatMap());

        assertThat(map).contains("\u001b[38;5;").contains("▀").contains("p90 above, p50 below");
    }

    @Test
    void thePictureIsDrawnWithoutADisplay() throws IOException {
        byte[] png = HeatMapPng.render(report.heatMap(), 20, report.title());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));

        assertThat(image.getWidth()).isEqualTo(1400);
        assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xffffff);
        assertThat(HeatMapPng.render(report.heatMap(), 20, report.title())).isEqualTo(png);
    }

    @Test
    void coloursGetDarkerOrLighterAllTheWay() {
        int before = Integer.MAX_VALUE;
        for (int i = 0; i <= 20; i++) {
            int light = lightness(HeatScale.LIGHT.colour(i / 20.0));
            assertThat(light).isLessThanOrEqualTo(before);
            before = light;
        }
        assertThat(lightness(HeatScale.DARK.colour(1))).isGreaterThan(lightness(HeatScale.DARK.colour(0)));
        assertThat(HeatScale.heat(Double.NaN, 1)).isNaN();
        assertThat(HeatScale.heat(0, 0)).isZero();
    }

    private static int lightness(int colour) {
        return 299 * (colour >> 16 & 255) + 587 * (colour >> 8 & 255) + 114 * (colour & 255);
    }

    @Test
    void aSmallLoadIsShownPerMinuteOrHourAndAHugeOneWithALetter() {
        assertThat(LoadUnit.OPERATIONS.readableFor(3)).isEqualTo(LoadUnit.OPERATIONS);
        assertThat(LoadUnit.OPERATIONS.readableFor(0.1)).isEqualTo(new LoadUnit("operations/min", 60));
        assertThat(LoadUnit.OPERATIONS.readableFor(0.001)).isEqualTo(new LoadUnit("operations/h", 3600));
        assertThat(LoadUnit.OPERATIONS.readableFor(0)).isEqualTo(LoadUnit.OPERATIONS);
        assertThat(LoadUnit.compact(7_984_146_432.0)).isEqualTo("7.98 G");
        assertThat(LoadUnit.compact(1234)).isEqualTo("1,234");
    }

    @Test
    void aBacktestTellsAccuracyByDistanceAndWhoHasAuthority() throws IOException {
        BacktestReport backtest = SampleOutlooks.backtest();
        List<String> lines = BacktestTable.render(backtest, 200).lines().toList();
        StringWriter text = new StringWriter();
        BacktestJson.render(backtest, text);
        JsonNode json = new ObjectMapper().readTree(text.toString());
        StringBuilder csv = new StringBuilder();
        BacktestCsv.render(backtest, csv);

        assertThat(lines).anyMatch(line -> line.startsWith("to 1 h ")).anyMatch(line -> line.startsWith("to 1 d "));
        assertThat(lines).anyMatch(line -> line.startsWith("tenant=new") && line.contains("too short to test"));
        assertThat(lines).contains("1 had too little history to test.");
        assertThat(json.get("total").get("comparisons").asInt()).isEqualTo(2 * 3 * 24);
        assertThat(json.get("segments")).hasSize(3);
        assertThat(csv.toString().lines()).hasSize(1 + 2 * 5);
        assertThat(BacktestHtml.render(backtest))
                .doesNotContain("<b>hanami</b>")
                .contains("too little history");
    }
}
