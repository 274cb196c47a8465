package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.huying.identity.staff.StaffBatch;
import org.huying.identity.staff.StaffBatch.Held;
import org.huying.identity.staff.StaffBatch.Known;
import org.huying.identity.staff.StaffUndo;
import org.huying.kernel.Role;
import org.huying.kernel.spelling.NormalForm;
import org.huying.kernel.spelling.Typed;
import org.jspecify.annotations.Nullable;

/** Accounts of staff, a row a role. An account that is there gets the roles that it has not; nothing is taken from it. */
final class StaffIntake implements Intake<StaffIntake.Plan> {
    /** A role of an account, which is there or is yet to be made. */
    record Plan(
            String username,
            String name,
            Held held,
            @Nullable Known known) {}

    private record Asked(String username, String name, Held held) {}

    private static final Pattern USERNAME = Pattern.compile("[a-z0-9._-]{3,64}");

    private final RosterStore store;
    private final StaffBatch staff;
    private final StaffUndo undo;

    StaffIntake(RosterStore store, StaffBatch staff, StaffUndo undo) {
        this.store = store;
        this.staff = staff;
        this.undo = undo;
    }

    /** Whoever makes or changes accounts locks the district, as an import does. */
    @Override
    public Future<Void> hold(SqlConnection transaction, Errand errand) {
        return Future.succeededFuture();
    }

    @Override
    public Future<List<Verdict<Plan>>> judge(SqlConnection transaction, Errand errand, List<FileRow> rows) {
        var district = errand.districtId();
        return store.names(transaction, district).compose(names -> {
            var cells = rows.stream().map(Cells::new).toList();
            var asked = new LinkedHashMap<Cells, Asked>();
            cells.forEach(each -> read(each, names).ifPresent(read -> asked.put(each, read)));
            var usernames =
                    asked.values().stream().map(Asked::username).distinct().toList();
            var held = asked.values().stream().map(Asked::held).distinct().toList();
            return staff.known(transaction, district, usernames)
                    .compose(known -> staff.faults(transaction, district, held)
                            .map(faults -> verdicts(cells, asked, known, faults, errand.byId())));
        });
    }

    private static Optional<Asked> read(Cells cells, Names names) {
        var username = Typed.loginName(cells.text(Column.USERNAME, Cells.NOTE_MAX));
        if (!username.isEmpty() && !USERNAME.matcher(username).matches()) {
            cells.fault(Column.USERNAME, "username_unfit");
        }
        var name = cells.text(Column.NAME, Cells.NAME_MAX);
        var role = cells.meaning(Column.ROLE, "role_unknown", Texts::role);
        var scope = role.flatMap(each -> names.scope(cells, kindOf(each)));
        return cells.isBad() || scope.isEmpty()
                ? Optional.empty()
                : Optional.of(new Asked(username, name, new Held(role.orElseThrow(), scope.get())));
    }

    private static String kindOf(Role role) {
        return switch (role) {
            case DISPATCHER, WORKER -> "organization";
            case CANTEEN_OPERATOR -> "canteen";
            default -> "place";
        };
    }

    private static List<Verdict<Plan>> verdicts(
            List<Cells> cells, Map<Cells, Asked> asked, Map<String, Known> known, Map<Held, String> faults, UUID byId) {
        var names = new HashMap<String, String>();
        return cells.stream()
                .map(each -> {
                    var read = asked.get(each);
                    return read == null
                            ? Verdict.<Plan>bad(each.row(), each.errors())
                            : verdict(each, read, known.get(read.username()), faults.get(read.held()), names, byId);
                })
                .toList();
    }

    /**
     * @param names by user name, as earlier rows have them
     * @param byId  who hands the file in, and gives themself nothing by it
     */
    private static Verdict<Plan> verdict(
            Cells cells,
            Asked asked,
            @Nullable Known known,
            @Nullable String fault,
            Map<String, String> names,
            UUID byId) {
        if (fault != null) {
            cells.fault(Column.SCOPE, fault);
        }
        if (known != null && !known.isHere()) {
            cells.fault(Column.USERNAME, "username_taken");
        } else {
            var name = known == null ? names.putIfAbsent(asked.username(), asked.name()) : known.name();
            if (name != null && !NormalForm.ofName(name).equals(NormalForm.ofName(asked.name()))) {
                cells.fault(Column.NAME, "name_differs");
            }
        }
        if (!cells.isBad() && known != null && known.id().equals(byId) && !known.holds(asked.held())) {
            cells.fault(Column.ROLE, "own_account");
        }
        if (cells.isBad()) {
            return Verdict.bad(cells.row(), cells.errors());
        }
        var keys = List.of(asked.username() + " " + asked.held());
        if (known != null && known.holds(asked.held())) {
            return Verdict.unchanged(cells.row(), keys);
        }
        return Verdict.write(
                cells.row(),
                known == null ? Outcome.CREATED : Outcome.CHANGED,
                keys,
                new Plan(asked.username(), asked.name(), asked.held(), known));
    }

    @Override
    public Future<Map<Integer, Written>> write(SqlConnection transaction, Errand errand, List<Verdict<Plan>> verdicts) {
        var byUsername = new LinkedHashMap<String, List<Verdict<Plan>>>();
        verdicts.forEach(verdict -> byUsername
                .computeIfAbsent(plan(verdict).username(), username -> new ArrayList<>())
                .add(verdict));
        var accounts = new HashMap<String, UUID>();
        var codes = new HashMap<Integer, String>();
        var done = Future.<Void>succeededFuture();
        for (var rows : byUsername.values()) {
            done = done.compose(before -> write(transaction, errand, rows, accounts, codes));
        }
        return done.compose(all -> staff.latestEntries(transaction, errand.districtId(), accounts.values()))
                .map(entries -> verdicts.stream()
                        .collect(Collectors.toMap(
                                verdict -> verdict.row().number(),
                                verdict -> written(plan(verdict), verdict.row().number(), accounts, codes, entries))));
    }

    private static Written written(
            Plan plan, int row, Map<String, UUID> accounts, Map<Integer, String> codes, Map<UUID, UUID> entries) {
        var account = Objects.requireNonNull(accounts.get(plan.username()));
        var deed = new StaffUndo.Deed(
                account, Objects.requireNonNull(entries.get(account)), plan.known() == null ? null : plan.held());
        return new Written(codes.get(row), StaffTraces.json(deed));
    }

    @Override
    public Future<Void> holdWritten(SqlConnection transaction, Errand errand, List<Taken> written) {
        return undo.hold(transaction, errand.districtId(), deeds(written));
    }

    @Override
    public Future<Set<Integer>> takeBack(SqlConnection transaction, Errand errand, List<Taken> written, Instant since) {
        return undo.takeBack(transaction, errand.districtId(), deeds(written), errand.byId())
                .map(gone -> written.stream()
                        .filter(each -> gone.contains(StaffTraces.from(each.trace())))
                        .map(Taken::row)
                        .collect(Collectors.toSet()));
    }

    private static List<StaffUndo.Deed> deeds(List<Taken> written) {
        return written.stream().map(each -> StaffTraces.from(each.trace())).toList();
    }

    private Future<Void> write(
            SqlConnection transaction,
            Errand errand,
            List<Verdict<Plan>> rows,
            Map<String, UUID> accounts,
            Map<Integer, String> codes) {
        var first = plan(rows.get(0));
        var held = rows.stream().map(row -> plan(row).held()).toList();
        var known = first.known();
        if (known != null) {
            accounts.put(first.username(), known.id());
            return staff.grant(transaction, errand.districtId(), known, held, errand.byId());
        }
        return staff.create(transaction, errand.districtId(), first.username(), first.name(), held, errand.byId())
                .map(made -> {
                    accounts.put(first.username(), made.id());
                    codes.put(rows.get(0).row().number(), made.code());
                    return null;
                });
    }

    private static Plan plan(Verdict<Plan> verdict) {
        return Objects.requireNonNull(verdict.plan());
    }
}
