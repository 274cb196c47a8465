package org.huying.county.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.huying.county.Entry;
import org.huying.county.Home;
import org.huying.county.Registers;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

/** Every resident in the end is led back to the lines that made them, and every person of the registers is looked for. */
final class Audit {
    private final Map<Integer, List<Entry>> lines;
    private final Ledger ledger;
    private final List<Traces.Resident> residents;
    private final List<String> faults;

    Audit(Registers registers, Ledger ledger, List<Traces.Resident> residents, List<String> faults) {
        this.lines = registers.byPerson();
        this.ledger = ledger;
        this.residents = residents;
        this.faults = faults;
    }

    /** @param missed how many doubles nobody was asked about */
    void run(int missed) {
        var perPerson = new HashMap<Integer, Integer>();
        var marks = residents.stream().map(Traces.Resident::mark).collect(Collectors.toSet());
        require(marks.size() == residents.size(), "a line has made two residents");
        require(
                marks.equals(ledger.known().stream().map(Known::mark).collect(Collectors.toSet())),
                "residents were made by other lines than by the rule");
        for (var each : residents) {
            var known = ledger.madeBy(each.mark());
            if (known != null) {
                perPerson.merge(known.person(), 1, Integer::sum);
                hold(each, known);
            }
        }
        var people = lines.entrySet().stream()
                .filter(each -> each.getValue().stream().anyMatch(entry -> entry.slip() == null))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        require(people.equals(perPerson.keySet()), "somebody of the registers is not here, or somebody else is");
        require(
                residents.size() == people.size() + missed,
                residents.size() + " residents, " + people.size() + " people and " + missed + " missed doubles");
    }

    /** Nothing of anybody else's lines is on record with them. */
    private void hold(Traces.Resident resident, Known known) {
        var what = "resident of line " + resident.mark() + ": ";
        require(form(resident.name()).equals(form(known.name())), what + "another name");
        require(resident.birthDate().equals(known.birthDate()), what + "another birth date");
        require(Objects.equals(number(resident.phone()), number(known.phone())), what + "another number");
        require(resident.isSeen() == known.isSeen(), what + "verified otherwise than anybody has seen it");
        require(homes(resident.homes()).equals(homes(known.homes())), what + "other homes");
        var own = lines.getOrDefault(known.person(), List.<Entry>of());
        require(own.stream().anyMatch(each -> each.mark() == resident.mark()), what + "another person");
    }

    private static Set<String> homes(Iterable<Home> homes) {
        var all = new HashSet<String>();
        homes.forEach(each -> all.add(each.village() + " " + form(each.address())));
        return all;
    }

    private static String form(String text) {
        return NormalForm.ofName(text).text();
    }

    private static @Nullable String number(@Nullable String text) {
        return text == null ? null : NormalForm.ofNumber(text).text();
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
