package io.foreshard.control.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.control.InputException;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as the products document them, read by their names. */
final class ReadyMappingsTest {
    @TempDir
    Path directory;

    private LoadHistory read(String mapping, String log, String... by) throws IOException {
        Path file = Files.writeString(directory.resolve("log"), log);
        return new HistoryReader(HistoryProgress.NONE)
                .read(HistorySource.of(file.toString())
                        .mapped(ReadyMappings.named(mapping))
                        .segmented(Segmenting.by(by)));
    }

    private static String lines(LoadHistory history) {
        StringBuilder text = new StringBuilder();
        for (SegmentLoad load : history.loads()) {
            text.append(load.segment());
            for (OpKind kind : OpKind.values()) {
                long sum = 0;
                for (int w = 0; w < load.windows(); w++) {
                    sum += load.operations(w, kind);
                }
                if (sum > 0) {
                    text.append(' ').append(kind.label()).append(' ').append(sum);
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** Form: httpd.apache.org/docs/2.4/logs.html, "Common Log Format" and "Combined Log Format". */
    @Test
    void anAccessLogIsRead() throws IOException {
        LoadHistory history = read("access-log", """
                127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /shop/apache_pb.gif?x=1 HTTP/1.0" 200 2326
                127.0.0.1 - frank [10/Oct/2000:13:55:37 -0700] "POST /shop/cart HTTP/1.0" 302 - "http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"
                10.0.0.7 - - [10/Oct/2000:13:55:38 -0700] "HEAD /blog/ HTTP/1.1" 200 0
                10.0.0.7 - - [10/Oct/2000:13:55:38 -0700] "OPTIONS /blog/ HTTP/1.1" 200 0
                not a request at all
                """, "tenant");

        assertThat(lines(history)).isEqualTo("tenant=blog get 1\ntenant=shop get 1 put 1\n");
        assertThat(history.loads().get(1).bytes(0)).isEqualTo(2326);
        assertThat(history.report().firstMillis())
                .isEqualTo(Instant.parse("2000-10-10T20:55:36Z").toEpochMilli());
        assertThat(history.issues())
                .extracting(HistoryIssue::problem)
                .containsExactlyInAnyOrder("an unknown operation", "a bad time");
    }

    /** Form: AccessController.logResult and AuthResult.toContextString of Apache HBase 2. */
    @Test
    void anHbaseAuditLogIsRead() throws IOException {
        String head =
                "2024-03-18 09:30:00,123 TRACE [RpcServer.default.FPBQ.Fifo.handler=29] SecurityLogger.org.apache.hadoop.hbase.security.access.AccessController: ";
        LoadHistory history = read(
                "hbase-audit",
                head
                        + "Access allowed for user alice; reason: Table permission granted; remote address: /10.0.0.5; request: get;"
                        + " context: (user=alice, scope=acme:orders, family=d:, params=[table=acme:orders,family=d:],action=READ)\n"
                        + head
                        + "Access allowed for user alice; reason: Table permission granted; remote address: /10.0.0.5; request: put;"
                        + " context: (user=alice, scope=items, family=d:qty, params=[table=items,family=d:qty],action=WRITE)\n"
                        + head
                        + "Access allowed for user bob; reason: All users allowed; remote address: /10.0.0.6; request: scannerOpen;"
                        + " context: (user=bob, scope=hbase:meta, family=info, params=[table=hbase:meta,family=info],action=READ)\n"
                        + head
                        + "Access denied for user eve; reason: Insufficient permissions; remote address: /10.0.0.9; request: get;"
                        + " context: (user=eve, scope=acme:orders, family=d:, params=[table=acme:orders,family=d:],action=READ)\n",
                "namespace",
                "table");

        assertThat(lines(history))
                .isEqualTo(
                        "namespace=acme;table=orders get 1\nnamespace=default;table=items put 1\nnamespace=hbase;table=meta scan 1\n");
    }

    /** Form: mongodb.com/docs/manual/reference/database-profiler, as mongoexport writes it. */
    @Test
    void mongodbProfilerDocumentsAreRead() throws IOException {
        LoadHistory history = read("mongodb-profiler", """
                {"op":"query","ns":"shop.orders","command":{"find":"orders","filter":{"_id":7},"$db":"shop"},"nreturned":1,"responseLength":120,"millis":0,"planSummary":"IDHACK","ts":{"$date":"2024-03-18T09:30:00.123Z"},"client":"10.0.0.1","appName":"web","allUsers":[],"user":""}
                {"op":"command","ns":"shop.orders","command":{"aggregate":"orders","pipeline":[]},"responseLength":900,"millis":3,"ts":{"$date":"2024-03-18T09:30:00.456Z"},"client":"10.0.0.1"}
                {"op":"update","ns":"shop.items","command":{"q":{"_id":"a"},"u":{"$set":{"n":1}}},"millis":0,"ts":{"$date":"2024-03-18T09:30:01Z"},"client":"10.0.0.2"}
                {"op":"remove","ns":"blog.posts","command":{"q":{"_id":9},"limit":1},"millis":0,"ts":{"$date":"2024-03-18T09:30:02Z"},"client":"10.0.0.2"}
                {"op":"query","ns":"shop.system.profile","command":{"find":"system.profile"},"ts":{"$date":"2024-03-18T09:30:02Z"}}
                """, "tenant", "collection");

        assertThat(lines(history))
                .isEqualTo(
                        "tenant=blog;collection=posts delete 1\ntenant=shop;collection=items put 1\ntenant=shop;collection=orders get 1 scan 1\n");
    }

    /** Form: postgresql.org/docs/16/runtime-config-logging.html, "Using CSV-Format Log Output". */
    @Test
    void aPostgresCsvlogIsReadWhateverItsVersion() throws IOException {
        String select =
                "2024-07-18 09:30:00.123 CEST,\"app\",\"acme\",4711,\"10.0.0.5:53412\",65f8.1267,3,\"SELECT\",2024-07-18 09:00:00 CEST,3/17,0,LOG,00000,"
                        + "\"duration: 0.211 ms  statement: SELECT * FROM orders WHERE note = 'a, \"\"b\"\"\n and more'\",,,,,,,,,\"web\",\"client backend\",,0\n";
        String older =
                "2024-07-18 07:30:01.000 UTC,\"app\",\"acme\",4711,\"10.0.0.5:53412\",65f8.1267,4,\"INSERT\",2024-07-18 07:00:00 UTC,3/18,991,LOG,00000,"
                        + "\"execute <unnamed>: INSERT INTO items VALUES ($1)\",\"parameters: $1 = '7'\",,,,,,,,\"web\"\n";
        String other =
                "2024-07-18 07:30:02.000 UTC,,,4712,,65f8.1268,1,,2024-07-18 07:00:00 UTC,,0,LOG,00000,\"checkpoint starting: time\",,,,,,,,,\"\",\"checkpointer\",,0\n";
        Path file = Files.writeString(directory.resolve("log"), select + older + other);

        LoadHistory history = new HistoryReader(HistoryProgress.NONE)
                .read(HistorySource.of(file.toString())
                        .mapped(ReadyMappings.named("postgres-csvlog"))
                        .in(ZoneId.of("Europe/Berlin"))
                        .segmented(Segmenting.by("tenant", "table")));

        assertThat(lines(history)).isEqualTo("tenant=acme;table=items put 1\ntenant=acme;table=orders get 1\n");
        assertThat(history.report().firstMillis())
                .isEqualTo(Instant.parse("2024-07-18T07:30:00.123Z").toEpochMilli());
    }

    /** Form: redis.io/docs/latest/commands/monitor. */
    @Test
    void whatRedisMonitorPrintsIsRead() throws IOException {
        LoadHistory history = read("redis-monitor", """
                OK
                1339518083.107412 [0 127.0.0.1:60866] "keys" "*"
                1339518087.877697 [0 127.0.0.1:60866] "get" "user:1"
                1339518090.420270 [0 127.0.0.1:60866] "set" "user:1" "a \\"b\\" \\x00"
                1339518096.506257 [1 127.0.0.1:60866] "HGETALL" "cart:9"
                1339518099.363765 [0 127.0.0.1:60866] "del" "cart:9"
                1339518100.544926 [0 lua] "mget" "user:1" "user:2"
                """, "tenant");

        assertThat(lines(history)).isEqualTo("tenant=cart scan 1 delete 1\ntenant=user get 1 multi_get 1 put 1\n");
        assertThat(history.report().firstMillis()).isEqualTo(1_339_518_087_878L);
    }

    @Test
    void aMappingThatDoesNotExistIsRefusedWithTheOnesThatDo() {
        assertThatThrownBy(() -> ReadyMappings.named("oracle"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("access-log, hbase-audit, mongodb-profiler, postgres-csvlog, redis-monitor");
    }
}
