package io.foreshard.server.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.control.InputException;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.Segmenter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompiledTagRuleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tenant=key.split(\"/\")[0]|acme",
                "tenant~^([^/]+)/|acme",
                "tenant~[a-z]+$|order",
                "type=key.substring(key.lastIndexOf(\"/\") + 1)|order",
                "place=tags.region + \"-\" + client|eu-web",
                "place=\"zone\" in tags ? tags.zone : \"none\"|none",
            })
    void aRuleDerivesATagFromTheRecord(String rule, String value) {
        assertThat(CompiledTagRule.compile(rule).valueFor(event("acme/7/order")))
                .contains(value);
    }

    @Test
    void theNameStandsBeforeTheFirstSign() {
        assertThat(CompiledTagRule.compile("a~b=(.)").tagName()).isEqualTo("a");
        assertThat(CompiledTagRule.compile("a = key.contains(\"~\") ? \"x\" : \"y\"")
                        .tagName())
                .isEqualTo("a");
    }

    @Test
    void anEmptyValueAndAPatternThatIsNotFoundMeanNoTag() {
        assertThat(CompiledTagRule.compile("a=key.startsWith(\"x\") ? \"x\" : \"\"")
                        .valueFor(event("acme")))
                .isEmpty();
        assertThat(CompiledTagRule.compile("a~^x").valueFor(event("acme"))).isEmpty();
    }

    @Test
    void aRecordOnWhichTheRuleFailsHasNoTagAndIsCounted() {
        CompiledTagRule rule = CompiledTagRule.compile("type=key.split(\"/\")[2]");

        assertThat(rule.valueFor(event("a/b/c"))).contains("c");
        assertThat(rule.failures()).isZero();
        assertThat(rule.valueFor(event("a/b"))).isEmpty();
        assertThat(rule.valueFor(event("a/b"))).isEmpty();
        assertThat(rule.failures()).isEqualTo(2);
        assertThat(rule.firstFailure().orElseThrow()).startsWith("key 'a/b': ").contains("Index out of bounds: 2");
    }

    @Test
    void aValueThatMayNotBeATagValueIsAFailure() {
        CompiledTagRule rule = CompiledTagRule.compile("type=key");

        assertThat(rule.valueFor(event("a;b"))).isEmpty();
        assertThat(rule.failures()).isEqualTo(1);
    }

    @Test
    void answersAreKeptApartByEverythingTheRuleLooksAt() {
        CompiledTagRule rule = CompiledTagRule.compile("place=client");

        assertThat(rule.valueFor(event("acme", "web"))).contains("web");
        assertThat(rule.valueFor(event("acme", "app"))).contains("app");
    }

    @Test
    void manyKeysDoNotConfuseTheTableOfAnswers() {
        CompiledTagRule rule = CompiledTagRule.compile("last~(.)$");

        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 100_000; i++) {
                assertThat(rule.valueFor(event("k" + i)).orElseThrow()).isEqualTo(String.valueOf(i % 10));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tenant=kye.split(\"/\")[0]|rule:1:1: undeclared reference to 'kye'",
                "tenant=size(key)|rule:1:5: expected type 'string' but found 'int'",
                "tenant=key.split(|rule:1:11: mismatched input",
                "tenant~([a-z|regular expression in RE2 syntax",
                "tenant|expected NAME=EXPRESSION",
                "tenant=|expected NAME=EXPRESSION",
                "=key|expected NAME=EXPRESSION",
                "a;b=key|tag name 'a;b' is empty or holds",
            })
    void aRuleThatCannotBeUsedIsRefusedWhenItIsRead(String rule, String message) {
        assertThatThrownBy(() -> CompiledTagRule.compile(rule))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("tag rule '" + rule + "' cannot be used: ")
                .hasMessageContaining(message);
    }

    @Test
    void aSegmenterTakesTheTagFromTheRuleWhenTheRecordHasNone() {
        Segmenter segmenter = new Segmenter(List.of("tenant"), List.of(CompiledTagRule.compile("tenant~^[^/]+")), 10);

        assertThat(segmenter.segmentOf(event("acme/1"))).isEqualTo(Segment.of("tenant", "acme"));
    }

    private static OpEvent event(String key) {
        return event(key, "web");
    }

    private static OpEvent event(String key, String client) {
        return new OpEvent(0, OpKind.GET, Key.utf8(key), List.of(new Tag("region", "eu")), client, 1, "");
    }
}
