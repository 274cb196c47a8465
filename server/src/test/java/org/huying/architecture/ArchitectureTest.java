package org.huying.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between the rooms. */
class ArchitectureTest {
    private static final String ROOT = "org.huying.";

    /** Where the process begins and ends. */
    private static final String START = "org.huying";

    /** Room to the rooms that it may know; everything may know {@code kernel}. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("kernel", Set.of()),
            Map.entry("command", Set.of()),
            // what else it may not know, IndependenceTest says
            Map.entry("audit", Set.of("command")),
            Map.entry("db", Set.of()),
            Map.entry("redis", Set.of()),
            Map.entry("http", Set.of("db", "redis")),
            Map.entry("wechat", Set.of("db", "redis")),
            Map.entry("place", Set.of("http", "db")),
            Map.entry("identity", Set.of("http", "db", "redis", "place", "wechat")),
            Map.entry("notify", Set.of("http", "db", "identity", "wechat")),
            Map.entry("canteen", Set.of("http", "db", "identity", "place", "notify")),
            Map.entry("photo", Set.of("http", "db")),
            Map.entry("ticket", Set.of("http", "db", "identity", "place", "notify", "photo")),
            Map.entry("metrics", Set.of("http", "db", "identity", "ticket", "place")),
            Map.entry("retention", Set.of("http", "db", "identity", "place", "notify", "canteen", "photo", "ticket")),
            Map.entry("account", Set.of("http", "db", "identity", "place", "notify", "canteen", "photo", "ticket")),
            Map.entry("roster", Set.of("http", "db", "identity", "place")),
            Map.entry(
                    "app",
                    Set.of(
                            "command",
                            "http",
                            "db",
                            "redis",
                            "identity",
                            "place",
                            "notify",
                            "canteen",
                            "photo",
                            "ticket",
                            "account",
                            "metrics",
                            "retention",
                            "roster",
                            "wechat")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.huying");

    @TestFactory
    Stream<DynamicTest> everyRoomKnowsOnlyThoseItMay() {
        return ARROWS.entrySet().stream()
                .map(arrow -> DynamicTest.dynamicTest(arrow.getKey(), () -> check(arrow.getKey(), arrow.getValue())));
    }

    @Test
    void everyRoomIsOnTheMap() {
        classes()
                .should(new ArchCondition<JavaClass>("be in a room of the map") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        var known = ARROWS.containsKey(roomOf(item))
                                || roomOf(item).equals("demo")
                                || item.getPackageName().equals(START);
                        if (!known) {
                            events.add(SimpleConditionEvent.violated(item, item.getName() + " is in no room"));
                        }
                    }
                })
                .check(CLASSES);
    }

    @Test
    void onlyTheStartKnowsTheDemo() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "demo..")
                .and()
                .resideOutsideOfPackage(START)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "demo..")
                .check(CLASSES);
    }

    @Test
    void roomsFormNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void statementsAndStoresStayWithinTheirFeature() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Sql")
                .or()
                .haveSimpleNameEndingWith("Store")
                .or()
                .haveSimpleNameEndingWith("Service")
                .should()
                .notHaveModifier(JavaModifier.PUBLIC)
                .check(CLASSES);
    }

    @Test
    void rulesKnowNoRequests() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Service")
                .or()
                .haveSimpleNameEndingWith("Store")
                .should()
                .dependOnClassesThat(anyOf("Call", "Answer", "Operations"))
                .check(CLASSES);
    }

    /** Those named here read, or write nothing that is sealed. */
    @Test
    void whatIsSealedIsWrittenByWhoHasAnnouncedTheKey() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "db.seal..")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "app.Node")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "demo.Demo")
                .and()
                // writes an instant and nothing sealed
                .doNotHaveFullyQualifiedName(ROOT + "AcceptClock")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "ticket.verify.LogVerifier")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + "db.Pools")
                .check(CLASSES);
    }

    @Test
    void nothingIsPrinted() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + "Main")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "VerifyLog")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "FoundDistrict")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "AcceptClock")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "MakeKeys")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "Import")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "audit.Recompute")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "command.Program")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    private static void check(String room, Set<String> allowed) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat(new DescribedPredicate<JavaClass>("are in another room than " + allowed) {
                    @Override
                    public boolean test(JavaClass target) {
                        var other = roomOf(target);
                        return target.getName().startsWith(ROOT)
                                && !other.equals(room)
                                && !other.equals("kernel")
                                && !allowed.contains(other);
                    }
                })
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> anyOf(String... httpTypes) {
        var names = Set.of(httpTypes);
        return new DescribedPredicate<>("are requests or answers") {
            @Override
            public boolean test(JavaClass target) {
                return target.getPackageName().equals(ROOT + "http") && names.contains(target.getSimpleName());
            }
        };
    }

    private static String roomOf(JavaClass type) {
        var name = type.getPackageName();
        if (!name.startsWith(ROOT)) {
            return "";
        }
        var rest = name.substring(ROOT.length());
        var dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
