package org.huying.county.live;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.FoundDistrict;
import org.huying.county.County;
import org.huying.county.Entry;
import org.huying.county.Register;
import org.huying.county.Registers;
import org.huying.county.live.Desk.Import;
import org.huying.testing.KeyFiles;
import org.huying.testing.Streams;

/** A county goes into service on an empty database, by the commands and requests of the operations guide alone. */
public final class GoingLive {
    private static final String COUNTY = "青禾县";

    private final County county;
    private final Registers registers;
    private final List<String> faults = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Answers answers = new Answers(faults);
    private final Ledger ledger = new Ledger(answers, faults);
    private final Traces traces;
    private final URI node;
    private final Desk desk;
    private final Structure structure;
    private final Map<String, String> codes = new HashMap<>();

    private GoingLive(County county, long seed, URI node, Account admin, Traces traces, Moments moments) {
        this.county = county;
        this.registers = new Registers(county, seed);
        this.node = node;
        this.traces = traces;
        this.desk = new Desk(admin, moments);
        this.structure = new Structure(admin, county);
    }

    /**
     * Founds the district.
     *
     * @param url      of a database that is migrated, whose node serves
     * @param ownerUrl of the same for whoever owns it
     */
    public static GoingLive found(
            County county, long seed, URI node, String url, String ownerUrl, KeyFiles keys, Moments moments)
            throws Exception {
        var settings = Map.of(
                "HUYING_DATABASE_URL", url,
                "HUYING_MIGRATION_DATABASE_URL", ownerUrl,
                "HUYING_DATA_KEY_FILE", keys.data().toString());
        var founded = Streams.of(() -> FoundDistrict.run(new String[] {COUNTY, "admin", "--starter"}, settings));
        if (founded.code() != 0) {
            throw new IllegalStateException(founded.err());
        }
        var admin = Account.activate(node, "admin", founded.out().strip());
        return new GoingLive(
                county, seed, node, admin, new Traces(ownerUrl, keys.read().cipher()), moments);
    }

    /** What is wrong so far; empty if nothing. */
    public List<String> faults() {
        return faults;
    }

    /** What was found, in words. */
    public List<String> report() {
        var all = new ArrayList<>(lines);
        all.addAll(answers.lines());
        return all;
    }

    public void setUp() {
        structure.setUp();
        var staff = structure.staff().getBytes(StandardCharsets.UTF_8);
        var check = checked("staff", "staff", staff);
        var written = written(check, "staff", staff);
        for (var row : desk.rows(written, "created")) {
            var code = row.getString("activationCode");
            if (code != null) {
                codes.put(username(row), code);
            }
        }
    }

    private static String username(JsonObject row) {
        return row.getJsonArray("cells").stream()
                .map(JsonObject.class::cast)
                .filter(cell -> cell.getString("column").equals("username"))
                .map(cell -> cell.getString("text"))
                .collect(Collectors.joining());
    }

    public void households() {
        long made = 0;
        for (var register : registers.households()) {
            if (!register.rows().isEmpty()) {
                var check = checked(register.name(), "households", register.bytes());
                var slips = register.rows().values().stream()
                        .filter(Registers.HomeEntry::isSlip)
                        .count();
                expect(register.name() + ": bad rows", slips, check.count("bad"));
                made += written(check, "households", register.bytes()).count("created");
            }
        }
        expect("households in the end", county.homes().size(), made);
    }

    /** The largest register is written, and taken back as if nobody had: for the exercise, or to measure it. */
    public void takeBackTheLargest() {
        var register = registers.residents().get(0);
        var check = checked(register.name() + ", to be taken back", "residents", register.bytes());
        var written = written(check, "residents", register.bytes());
        expect("residents before", written.count("created"), traces.residents().size());
        var undone = desk.undo(written);
        expect(
                "rows taken back",
                written.count("created") + written.count("changed"),
                undone.state().getJsonObject("undo").getLong("undone"));
        expect("residents after", 0, traces.residents().size());
    }

    /** Every register, with what is asked about it answered by the truth. */
    public void residents() {
        for (var register : registers.residents()) {
            if (!register.rows().isEmpty()) {
                takeIn(register);
            }
        }
        new Audit(registers, ledger, traces.residents(), faults).run(answers.missed());
        lines.add("%d people of %d in the registers, %d residents, %d of them missed doubles"
                .formatted(
                        registers.byPerson().size(),
                        county.people().size(),
                        traces.residents().size(),
                        answers.missed()));
    }

    private void takeIn(Register<Entry> register) {
        var leftOut = round(register).count("leftOut");
        if (leftOut > 0) {
            // what is left out for the sake of another line is asked again once that one is written
            expect(
                    register.name() + ": new in the second round",
                    0,
                    round(register).count("created"));
        }
    }

    private Import round(Register<Entry> register) {
        var check = checked(register.name(), "residents", register.bytes());
        expect(register.name() + ": rows", register.rows().size(), check.count("rows"));
        var makers = traces.residents().stream().collect(Collectors.toMap(Traces.Resident::id, Traces.Resident::mark));
        for (var row : desk.rows(check, "doubtful")) {
            var answer = answers.answer(register, row, makers, ledger);
            check = desk.decide(check, row.getInteger("row"), answer);
        }
        lines.add("  decided:  " + check.numbers());
        var written = written(check, "residents", register.bytes());
        ledger.entered(register, desk.rows(written));
        return written;
    }

    /** A verified elder is booked for, and a ticket is reported and solved; the node has a WeChat that is simulated. */
    public void firstDay(LocalDate tomorrow) {
        var elder = county.people().stream()
                .filter(each -> each.home().village().community().equals(structure.first()))
                .filter(each -> each.birthDate().isBefore(county.today().minusYears(60)))
                .flatMap(each -> ledger.entriesOf(each.number()).stream()
                        .filter(known -> known.isSeen() && known.isFirstAt(each.home())))
                .findFirst()
                .orElseThrow();
        UUID id = traces.residents().stream()
                .filter(each -> each.mark() == elder.mark())
                .map(Traces.Resident::id)
                .findFirst()
                .orElseThrow();
        var day = new FirstDay(node, structure, codes);
        var booking = day.book(id, tomorrow);
        expect("bookings with a subsidy", 1, booking.getInteger("subsidyFen") > 0 ? 1 : 0);
        var ended = day.report(county.people().get(elder.person()));
        if (!ended.equals("closed")) {
            faults.add("the first ticket is " + ended);
        }
        lines.add("first booking: " + booking.getInteger("payableFen") + " of " + booking.getInteger("priceFen")
                + " fen; first ticket: " + ended);
    }

    private Import checked(String name, String kind, byte[] bytes) {
        var check = desk.check(name, kind, bytes);
        lines.add(name + ", checked: " + check.numbers());
        requireDone(check);
        return check;
    }

    /** It does what the check has said. */
    private Import written(Import check, String kind, byte[] bytes) {
        var written = desk.write(check.file(), kind, bytes, check.digest());
        lines.add("  written:  " + written.numbers());
        requireDone(written);
        if (!written.numbers().equals(check.numbers())) {
            faults.add(check.file() + ": checked " + check.numbers() + ", written " + written.numbers());
        }
        return written;
    }

    private void requireDone(Import ended) {
        if (!ended.status().equals("done") || ended.count("done") != ended.count("rows")) {
            faults.add(ended.file() + " is " + ended.status() + ": "
                    + ended.state().encode());
        }
    }

    private void expect(String what, long expected, long found) {
        if (expected != found) {
            faults.add(what + ": " + found + " instead of " + expected);
        }
    }
}
