package io.foreshard.control.journal;

import io.foreshard.control.journal.JournalRecord.EventScored;
import io.foreshard.control.journal.JournalRecord.ForecastScored;
import io.foreshard.control.journal.JournalRecord.Note;
import io.foreshard.control.journal.JournalRecord.PlanApproved;
import io.foreshard.control.journal.JournalRecord.PlanEnded;
import io.foreshard.control.journal.JournalRecord.PlanProposed;
import io.foreshard.control.journal.JournalRecord.PlanStopping;
import io.foreshard.control.journal.JournalRecord.StepAbandoned;
import io.foreshard.control.journal.JournalRecord.StepAbandoning;
import io.foreshard.control.journal.JournalRecord.StepApplied;
import io.foreshard.control.journal.JournalRecord.StepProgressed;
import io.foreshard.control.journal.JournalRecord.StepRefused;
import io.foreshard.control.journal.JournalRecord.StepStarted;
import io.foreshard.control.journal.JournalRecord.StepUnknown;
import io.foreshard.control.journal.JournalRecord.TermTaken;
import io.foreshard.core.plan.StepId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The written form of every record: a type name and a body of lines. {@link #VERSION} counts its changes. */
final class RecordCodec {
    /** Of the written form; a journal of another version is not read. */
    static final int VERSION = 1;

    private static final Map<String, Form<?>> BY_TYPE = new LinkedHashMap<>();
    private static final Map<Class<?>, Form<?>> BY_CLASS = new LinkedHashMap<>();

    static {
        define(
                "term-taken",
                TermTaken.class,
                (r, out) -> out.number("term", r.term()).text("owner", r.owner()),
                in -> new TermTaken(in.number("term"), in.text("owner")));
        define("plan-proposed", PlanProposed.class, RecordCodec::writeProposal, RecordCodec::readProposal);
        define(
                "plan-approved",
                PlanApproved.class,
                (r, out) -> out.text("plan", r.planHash()).text("by", r.by()),
                in -> new PlanApproved(in.text("plan"), in.text("by")));
        define(
                "plan-stopping",
                PlanStopping.class,
                (r, out) -> out.text("plan", r.planHash())
                        .text("outcome", r.outcome().label())
                        .text("reason", r.reason())
                        .number("rollback", r.rollback() ? 1 : 0),
                in -> new PlanStopping(
                        in.text("plan"),
                        PlanOutcome.of(in.text("outcome")),
                        in.text("reason"),
                        in.number("rollback") == 1));
        define(
                "plan-ended",
                PlanEnded.class,
                (r, out) -> out.text("plan", r.planHash())
                        .text("outcome", r.outcome().label())
                        .text("detail", r.detail()),
                in -> new PlanEnded(in.text("plan"), PlanOutcome.of(in.text("outcome")), in.text("detail")));
        define("step-started", StepStarted.class, (r, out) -> step(out, r.step()), in -> new StepStarted(step(in)));
        define(
                "step-progressed",
                StepProgressed.class,
                (r, out) ->
                        step(out, r.step()).number("done_bytes", r.doneBytes()).number("total_bytes", r.totalBytes()),
                in -> new StepProgressed(step(in), in.number("done_bytes"), in.number("total_bytes")));
        define(
                "step-applied",
                StepApplied.class,
                (r, out) -> step(out, r.step())
                        .number("copied_bytes", r.copiedBytes())
                        .decimal("pause_millis", r.pauseMillis())
                        .number("observed", r.observed() ? 1 : 0),
                in -> new StepApplied(
                        step(in), in.number("copied_bytes"), in.decimal("pause_millis"), in.number("observed") == 1));
        defineWithReason("step-refused", StepRefused.class, StepRefused::step, StepRefused::reason, StepRefused::new);
        defineWithReason("step-unknown", StepUnknown.class, StepUnknown::step, StepUnknown::reason, StepUnknown::new);
        defineWithReason(
                "step-abandoning",
                StepAbandoning.class,
                StepAbandoning::step,
                StepAbandoning::reason,
                StepAbandoning::new);
        defineWithReason(
                "step-abandoned", StepAbandoned.class, StepAbandoned::step, StepAbandoned::reason, StepAbandoned::new);
        define("forecast-scored", ForecastScored.class, RecordCodec::writeScore, RecordCodec::readScore);
        define("event-scored", EventScored.class, RecordCodec::writeEvent, RecordCodec::readEvent);
        define("note", Note.class, (r, out) -> out.text("text", r.text()), in -> new Note(in.text("text")));
    }

    private RecordCodec() {}

    static String type(JournalRecord record) {
        return form(record).type();
    }

    static String encode(JournalRecord record) {
        Fields.Writer out = new Fields.Writer();
        form(record).write(record, out);
        return out.toString();
    }

    /** @throws IllegalArgumentException saying what was expected and what was found */
    static JournalRecord decode(String type, String body) {
        Form<?> form = BY_TYPE.get(type);
        if (form == null) {
            throw new IllegalArgumentException("record type '" + type + "' is not known to this version");
        }
        Fields.Reader in = new Fields.Reader(body);
        JournalRecord record = form.read().apply(in);
        in.end();
        return record;
    }

    private static Form<?> form(JournalRecord record) {
        Form<?> form = BY_CLASS.get(record.getClass());
        if (form == null) {
            throw new IllegalStateException(record.getClass() + " has no written form");
        }
        return form;
    }

    private record Form<R extends JournalRecord>(
            String type, Class<R> kind, BiConsumer<R, Fields.Writer> writer, Function<Fields.Reader, R> read) {
        void write(JournalRecord record, Fields.Writer out) {
            writer.accept(kind.cast(record), out);
        }
    }

    private static <R extends JournalRecord> void define(
            String type, Class<R> kind, BiConsumer<R, Fields.Writer> write, Function<Fields.Reader, R> read) {
        Form<R> form = new Form<>(type, kind, write, read);
        BY_TYPE.put(type, form);
        BY_CLASS.put(kind, form);
    }

    private interface WithReason<R> {
        R make(StepId step, String reason);
    }

    private static <R extends JournalRecord> void defineWithReason(
            String type,
            Class<R> kind,
            Function<R, StepId> step,
            Function<R, String> reason,
            WithReason<R> constructor) {
        define(
                type,
                kind,
                (r, out) -> step(out, step.apply(r)).text("reason", reason.apply(r)),
                in -> constructor.make(step(in), in.text("reason")));
    }

    private static Fields.Writer step(Fields.Writer out, StepId id) {
        return out.text("plan", id.planHash()).number("step", id.index());
    }

    private static StepId step(Fields.Reader in) {
        return new StepId(in.text("plan"), (int) in.number("step"));
    }

    private static void writeProposal(PlanProposed proposed, Fields.Writer out) {
        out.text("policy", proposed.policy())
                .text("reason", proposed.reason())
                .number("costs", proposed.cost().size());
        for (CostLine line : proposed.cost()) {
            out.text("term", line.term()).decimal("before", line.before()).decimal("after", line.after());
        }
        PlanCodec.write(proposed.plan(), out);
    }

    private static PlanProposed readProposal(Fields.Reader in) {
        String policy = in.text("policy");
        String reason = in.text("reason");
        List<CostLine> cost = new ArrayList<>();
        for (long left = in.number("costs"); left > 0; left--) {
            cost.add(new CostLine(in.text("term"), in.decimal("before"), in.decimal("after")));
        }
        return new PlanProposed(PlanCodec.read(in), policy, reason, cost);
    }

    private static void writeScore(ForecastScored score, Fields.Writer out) {
        out.number("until", score.untilMillis())
                .number("lead_millis", score.leadMillis())
                .number("comparisons", score.comparisons())
                .decimal("observed", score.observed())
                .decimal("absolute_error", score.absoluteError())
                .decimal("naive_absolute_error", score.naiveAbsoluteError());
    }

    private static void writeEvent(EventScored score, Fields.Writer out) {
        out.text("event", score.event())
                .number("until", score.untilMillis())
                .number("segments", score.segments())
                .number("comparisons", score.comparisons())
                .decimal("observed", score.observed())
                .decimal("expected", score.expected())
                .decimal("ordinary", score.ordinary());
    }

    private static EventScored readEvent(Fields.Reader in) {
        return new EventScored(
                in.text("event"),
                in.number("until"),
                in.number("segments"),
                in.number("comparisons"),
                in.decimal("observed"),
                in.decimal("expected"),
                in.decimal("ordinary"));
    }

    private static ForecastScored readScore(Fields.Reader in) {
        return new ForecastScored(
                in.number("until"),
                in.number("lead_millis"),
                in.number("comparisons"),
                in.decimal("observed"),
                in.decimal("absolute_error"),
                in.decimal("naive_absolute_error"));
    }
}
