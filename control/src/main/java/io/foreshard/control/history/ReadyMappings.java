package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.Mapping.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Mappings of the logs that stores and servers write themselves, by name. What each reads, and how to make the store
 * write it, is in {@code docs/reference/oplog-format.md}.
 */
public final class ReadyMappings {
    private static final Reading LINES = new Reading(Reading.Kind.LINES, List.of(), "");

    /** Columns of PostgreSQL's csvlog since version 14; older versions write the first 23 to 25 of them. */
    private static final List<String> CSVLOG = List.of(
            "log_time",
            "user_name",
            "database_name",
            "process_id",
            "connection_from",
            "session_id",
            "session_line_num",
            "command_tag",
            "session_start_time",
            "virtual_transaction_id",
            "transaction_id",
            "error_severity",
            "sql_state_code",
            "message",
            "detail",
            "hint",
            "internal_query",
            "internal_query_pos",
            "context",
            "query",
            "query_pos",
            "location",
            "application_name",
            "backend_type",
            "leader_pid",
            "query_id");

    private static final Map<String, Mapping> BY_NAME = new TreeMap<>(Map.of(
            "access-log", lines(accessLog()),
            "hbase-audit", lines(hbaseAudit()),
            "mongodb-profiler", lines(mongodbProfiler()),
            "postgres-csvlog",
                    operations(
                            new Reading(Reading.Kind.CSV, CSVLOG, ", null_padding = true, parallel = false"),
                            postgresCsvlog()),
            "redis-monitor", lines(redisMonitor())));

    private ReadyMappings() {}

    /** The names there are. */
    public static List<String> names() {
        return new ArrayList<>(BY_NAME.keySet());
    }

    /**
     * The mapping of that name.
     *
     * @throws InputException when there is none
     */
    public static Mapping named(String name) {
        Mapping mapping = BY_NAME.get(name);
        if (mapping == null) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "mapping '" + name + "' is not known: expected one of " + String.join(", ", names()) + ".");
        }
        return mapping;
    }

    private static Mapping lines(String select) {
        return operations(LINES, select);
    }

    private static Mapping operations(Reading reading, String select) {
        return new Mapping(Form.OPERATIONS, reading, Map.of(), Map.of(), List.of(), Optional.of(select));
    }

    /** Apache httpd and nginx: the NCSA common and combined formats. */
    private static String accessLog() {
        return """
                SELECT try_strptime(e.time, '%d/%b/%Y:%H:%M:%S %z') AS time,
                    CASE WHEN e.method IN ('GET', 'HEAD') THEN 'get' WHEN e.method IN ('POST', 'PUT', 'PATCH') THEN 'put'
                        WHEN e.method = 'DELETE' THEN 'delete' ELSE lower(e.method) END AS op,
                    split_part(e.target, '?', 1) AS key,
                    'tenant=' || split_part(split_part(e.target, '?', 1), '/', 2) || ';status=' || left(e.status, 1) || 'xx' AS tags,
                    e.client AS client,
                    CASE WHEN e.bytes = '-' THEN '0' ELSE e.bytes END AS bytes,
                    line
                FROM (SELECT line, regexp_extract(line, '^(\\S+) \\S+ \\S+ \\[([^\\]]+)\\] "(\\S+) (\\S+)[^"]*" (\\d{3}) (\\S+)',
                    ['client', 'time', 'method', 'target', 'status', 'bytes']) AS e FROM log)""";
    }

    /** The audit log of HBase's AccessController (logger SecurityLogger at TRACE): one line per checked request. */
    private static String hbaseAudit() {
        return """
                SELECT replace(e.time, ',', '.') AS time,
                    CASE WHEN e.request IN ('get', 'exists') THEN 'get' WHEN e.request LIKE 'scanner%' THEN 'scan'
                        WHEN e.request IN ('put', 'append', 'increment', 'checkAndPut', 'preIncrementAfterRowLock') THEN 'put'
                        WHEN e.request IN ('delete', 'checkAndDelete') THEN 'delete' ELSE e.request END AS op,
                    e.scope AS key,
                    'namespace=' || CASE WHEN contains(e.scope, ':') THEN split_part(e.scope, ':', 1) ELSE 'default' END || ';table='
                        || split_part(e.scope, ':', -1) || ';tenant=' || e.user AS tags,
                    e.client AS client
                FROM (SELECT regexp_extract(line,
                    '^(\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}[,.]\\d+).*Access (?:allowed|denied) for user ([^;]+);.*remote address: /?([^;]*);'
                    || ' request: ([^;]+);.*scope=([^,)]+)', ['time', 'user', 'client', 'request', 'scope']) AS e FROM log
                    WHERE contains(line, 'Access allowed for user'))
                WHERE e.scope <> 'GLOBAL'""";
    }

    /** Documents of system.profile, as mongoexport writes them: one JSON object per line. */
    private static String mongodbProfiler() {
        return """
                SELECT coalesce(j ->> '$.ts."$date"', j ->> '$.ts') AS time,
                    CASE WHEN op IN ('query') THEN 'get' WHEN op = 'getmore' THEN 'scan' WHEN op = 'remove' THEN 'delete'
                        WHEN op = 'command' AND (json_exists(j, '$.command.aggregate') OR json_exists(j, '$.command.count')
                            OR json_exists(j, '$.command.distinct')) THEN 'scan'
                        WHEN op = 'command' AND json_exists(j, '$.command.findAndModify') THEN 'update' ELSE op END AS op,
                    ns || coalesce('/' || coalesce(j ->> '$.command.filter._id', j ->> '$.command.q._id'), '') AS key,
                    'tenant=' || split_part(ns, '.', 1) || ';collection=' || substr(ns, position('.' IN ns) + 1)
                        || coalesce(';app=' || (j ->> '$.appName'), '') AS tags,
                    split_part(coalesce(j ->> '$.client', ''), ':', 1) AS client,
                    coalesce(j ->> '$.responseLength', '0') AS bytes,
                    line
                FROM (SELECT line, j, j ->> '$.op' AS op, j ->> '$.ns' AS ns
                    FROM (SELECT line, CASE WHEN json_valid(line) THEN CAST(line AS JSON) END AS j FROM log))
                WHERE ns IS NULL OR ns NOT LIKE '%.system.%'""";
    }

    /** Statements as log_statement or log_min_duration_statement put them into csvlog. */
    private static String postgresCsvlog() {
        return """
                SELECT CASE WHEN TRY_CAST(log_time AS TIMESTAMPTZ) IS NULL THEN regexp_replace(log_time, ' [A-Z]+$', '')
                        ELSE strftime(timezone('UTC', TRY_CAST(log_time AS TIMESTAMPTZ)), '%Y-%m-%dT%H:%M:%S.%gZ') END AS time,
                    CASE lower(command_tag) WHEN 'select' THEN 'get' WHEN 'fetch' THEN 'scan' WHEN 'copy' THEN 'scan'
                        WHEN 'merge' THEN 'put' ELSE lower(command_tag) END AS op,
                    coalesce(nullif(regexp_extract(message, '(?i)(?:from|into|update|join)\\s+"?([\\w.]+)', 1), ''), '-') AS key,
                    'tenant=' || coalesce(database_name, '') || ';user=' || coalesce(user_name, '') || ';app='
                        || replace(coalesce(application_name, ''), ';', '_') || ';table='
                        || regexp_extract(message, '(?i)(?:from|into|update|join)\\s+"?([\\w.]+)', 1) AS tags,
                    split_part(coalesce(connection_from, ''), ':', 1) AS client,
                    session_id || '/' || virtual_transaction_id AS txn
                FROM log
                WHERE error_severity = 'LOG' AND regexp_matches(message, '(statement|execute [^:]*): ')
                    AND lower(command_tag) IN ('select', 'insert', 'update', 'delete', 'fetch', 'copy', 'merge')""";
    }

    /** What redis-cli MONITOR prints; commands that touch no key are left out. */
    private static String redisMonitor() {
        return """
                SELECT e.time AS time_s,
                    CASE WHEN c IN ('get', 'getrange', 'strlen', 'exists', 'type', 'ttl', 'pttl', 'hget', 'hexists', 'hlen', 'hstrlen',
                            'llen', 'lindex', 'scard', 'sismember', 'zcard', 'zscore', 'zrank', 'zrevrank', 'getbit', 'bitcount',
                            'pfcount', 'dump', 'geopos') THEN 'get'
                        WHEN c IN ('mget', 'hmget', 'smismember', 'zmscore') THEN 'mget'
                        WHEN c IN ('hgetall', 'hkeys', 'hvals', 'lrange', 'smembers', 'sscan', 'hscan', 'zscan', 'zrange',
                            'zrangebyscore', 'zrevrange', 'zrevrangebyscore', 'zrangebylex', 'xrange', 'xrevrange', 'sinter', 'sunion',
                            'sdiff', 'sort', 'georadius', 'geosearch') THEN 'scan'
                        WHEN c IN ('del', 'unlink', 'getdel') THEN 'delete' ELSE 'put' END AS op,
                    e.key AS key,
                    'tenant=' || split_part(e.key, ':', 1) || ';db=' || e.db AS tags,
                    e.client AS client
                FROM (SELECT lower(e.command) AS c, e FROM (SELECT regexp_extract(line,
                    '^(\\d+\\.\\d+) \\[(\\d+) ([^\\]]*)\\] "(\\w+)" "((?:[^"\\\\]|\\\\.)*)"',
                    ['time', 'db', 'client', 'command', 'key']) AS e FROM log))
                WHERE c <> '' AND c NOT IN ('auth', 'hello', 'ping', 'echo', 'select', 'client', 'config', 'info', 'command', 'keys',
                    'scan', 'publish', 'subscribe', 'psubscribe', 'eval', 'evalsha', 'script', 'object', 'debug', 'memory', 'slowlog',
                    'latency', 'cluster', 'replconf', 'psync', 'wait', 'acl', 'xread', 'monitor')""";
    }
}
