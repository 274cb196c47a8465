package org.huying.demo.district;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.db.FieldCipher;
import org.huying.demo.wechat.WeChatSimulator;
import org.huying.kernel.Sha256;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

/** The rows of residents with their logins and households, of elders without a login, and of staff. */
final class PeopleRows {
    /** In which the people of the data have the ages that they are to have, whenever they are loaded. */
    private static final int YEAR_OF_AGES = 2026;

    private final DemoData.District district;
    private final DemoIds ids;
    private final FieldCipher cipher;
    private final String passwordHash;
    private final Object since;
    private final OffsetDateTime now;
    private final int years;

    /** @param since when they are said to have come */
    PeopleRows(DemoData.District district, FieldCipher cipher, String passwordHash, Instant since, Instant now) {
        this.district = district;
        this.ids = district.ids();
        this.cipher = cipher;
        this.passwordHash = passwordHash;
        this.since = since.atOffset(ZoneOffset.UTC);
        this.now = now.atOffset(ZoneOffset.UTC);
        this.years = DemoStructure.dayOf(now).getYear() - YEAR_OF_AGES;
    }

    List<Batch> batches() {
        return List.of(
                new Batch(StructureSql.INSERT_PERSON, persons()),
                new Batch(StructureSql.INSERT_PERSON_DISTRICT, personDistricts()),
                new Batch(StructureSql.INSERT_WECHAT_LOGIN, weChatLogins()),
                new Batch(StructureSql.INSERT_STAFF_LOGIN, staffLogins()),
                new Batch(StructureSql.INSERT_RESIDENT, residents()),
                new Batch(StructureSql.INSERT_MEMBER, members()),
                new Batch(StructureSql.INSERT_REQUEST, requests()),
                new Batch(StructureSql.INSERT_MANDATE, mandates()),
                new Batch(StructureSql.INSERT_OFFER, offers()),
                new Batch(StructureSql.INSERT_CLAIM, claims()),
                new Batch(StructureSql.INSERT_STAFF, staff()),
                new Batch(StructureSql.INSERT_GRANT, grants()));
    }

    private Stream<UUID> everybody() {
        return Stream.concat(
                allResidents().map(r -> ids.person(r.key())),
                district.staff().stream().map(s -> ids.staff(s.anyKey())));
    }

    private Stream<DemoData.ResidentLine> allResidents() {
        return Stream.of(district.residents(), district.elders(), district.listed(), district.newcomers())
                .flatMap(List::stream);
    }

    private List<Tuple> persons() {
        return everybody().map(id -> Tuple.of(id, since)).toList();
    }

    private List<Tuple> personDistricts() {
        return everybody().map(id -> Tuple.of(id, ids.districtId())).toList();
    }

    private List<Tuple> weChatLogins() {
        return Stream.concat(district.residents().stream(), district.newcomers().stream())
                .map(r -> Tuple.of(cipher.index(WeChatSimulator.openidOf("demo-" + r.key())), ids.person(r.key())))
                .toList();
    }

    private List<Tuple> staffLogins() {
        return district.staff().stream()
                .filter(s -> s.username() != null)
                .map(s -> Tuple.of(s.username(), ids.staff(s.anyKey()), passwordHash))
                .toList();
    }

    private List<Tuple> residents() {
        var rows = new ArrayList<Tuple>();
        int number = 0;
        for (var resident : allResidents().toList()) {
            number++;
            boolean hasPhone = resident.home() == null;
            // Mobile numbers never begin with 100: nobody can be called by mistake.
            var phone = hasPhone ? "100%08d".formatted(20_260_000 + number) : null;
            var inData = resident.birthDate();
            var born = inData == null ? null : inData.plusYears(years);
            rows.add(Tuple.of(
                    ids.districtId(),
                    ids.person(resident.key()),
                    cipher.seal(resident.name()),
                    cipher.seal(phone),
                    phone == null ? null : cipher.index(NormalForm.ofNumber(phone)),
                    cipher.seal(born == null ? null : born.toString()),
                    resident.isVerified(),
                    since,
                    cipher.index(NormalForm.ofName(resident.name())),
                    resident.registeredBy() == null ? null : ids.staff(resident.registeredBy())));
        }
        return rows;
    }

    private List<Tuple> members() {
        var rows = new ArrayList<Tuple>();
        for (int n = 1; n <= district.households().count(); n++) {
            rows.add(member(ids.household(n), district.residents().get(n - 1)));
        }
        district.elders().forEach(elder -> rows.add(member(PlaceRows.homeOf(ids, elder.key()), elder)));
        return rows;
    }

    private Tuple member(UUID household, DemoData.ResidentLine resident) {
        return Tuple.of(
                ids.districtId(), ids.id("member/" + resident.key()), household, ids.person(resident.key()), since);
    }

    private List<Tuple> mandates() {
        return district.elders().stream()
                .map(elder -> Tuple.of(
                        ids.districtId(),
                        ids.id("mandate/" + elder.key()),
                        ids.person(elder.key()),
                        ids.person(Objects.requireNonNull(elder.proxy())),
                        ids.staff(Objects.requireNonNull(elder.registeredBy())),
                        since))
                .toList();
    }

    private List<Tuple> requests() {
        return district.requests().stream()
                .map(request -> Tuple.of(
                        ids.districtId(),
                        ids.id("request/" + request.resident()),
                        ids.household(request.household()),
                        ids.person(request.resident()),
                        now))
                .toList();
    }

    private List<Tuple> claims() {
        return district.claims().stream()
                .map(claim -> Tuple.of(
                        ids.districtId(),
                        ids.id("claim/" + claim.claimant()),
                        ids.person(claim.claimant()),
                        ids.person(claim.record()),
                        now))
                .toList();
    }

    private List<Tuple> offers() {
        return district.offers().stream()
                .map(offer -> Tuple.of(
                        ids.districtId(),
                        ids.id("offer/" + offer.grantor()),
                        ids.person(offer.grantor()),
                        Buffer.buffer(Sha256.of(offer.code().getBytes(StandardCharsets.UTF_8))),
                        now))
                .toList();
    }

    private List<Tuple> staff() {
        return district.staff().stream()
                .map(s -> Tuple.of(
                        ids.districtId(),
                        ids.staff(s.anyKey()),
                        cipher.seal(s.name()),
                        cipher.index(NormalForm.ofName(s.name()))))
                .toList();
    }

    private List<Tuple> grants() {
        return district.staff().stream()
                .flatMap(s -> s.grants().stream().map(g -> grant(ids.staff(s.anyKey()), g)))
                .toList();
    }

    private Tuple grant(UUID staffId, DemoData.GrantLine grant) {
        if (grant.place() != null) {
            return grant(staffId, grant, "place", ids.place(grant.place()));
        }
        if (grant.organization() != null) {
            return grant(staffId, grant, "organization", ids.organization(grant.organization()));
        }
        return grant(staffId, grant, "canteen", ids.canteen(Objects.requireNonNull(grant.canteen())));
    }

    private Tuple grant(UUID staffId, DemoData.GrantLine grant, String scopeKind, @Nullable UUID scopeId) {
        return Tuple.of(ids.districtId(), staffId, grant.role(), scopeKind, scopeId);
    }
}
