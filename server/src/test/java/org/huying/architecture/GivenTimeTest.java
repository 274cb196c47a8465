package org.huying.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.huying.testing.TestDay;
import org.junit.jupiter.api.Test;

/** The domain's time is given: it comes in a clock, in tests from that of the tests' day. */
class GivenTimeTest {
    /** Those who mean the real time: of tokens, sessions, codes, limits, and of measuring. */
    private static final Set<String> REAL = Set.of(
            // They hand it to those who need it.
            "Main",
            "FoundDistrict",
            "AcceptClock",
            "app.Node",
            "app.Assembly",
            "app.BackgroundWork",
            "app.Infrastructure",
            // Terms and codes.
            "identity.mandate.Mandates",
            // Whether digests are behind.
            "VerifyLog",
            // Somebody else's service.
            "demo.wechat.SimulatedMessages",
            "demo.wechat.SimulatedPhones",
            // Tests of just that.
            "architecture.GivenTimeTest",
            "authorization.TokenTest",
            "canteen.CanteenWorld",
            "canteen.report.SettlementTest",
            "http.IdempotencyApiTest",
            "identity.IdentityFixture",
            "identity.mandate.MandateApiTest",
            "identity.mandate.MandateLifeTest",
            "identity.session.TokenForgeryTest",
            "notify.CourierTest",
            "programs.BuildingTest",
            "programs.ComplaintsTest",
            "programs.TourTest",
            "testing.NodeProcess",
            "testing.ShiftedClock",
            "testing.TestDay",
            "testing.TestTokens",
            "wechat.AppTokenTest",
            "wechat.WeChatPhonesTest",
            "wechat.WxJavaTest");

    private static final String ROOT = "org.huying.";
    private static final String MEASURES = ROOT + "bench.";

    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("org.huying");

    private static final ArchCondition<JavaClass> TAKE_TIME_AS_GIVEN = new ArchCondition<>("take time as it is given") {
        @Override
        public void check(JavaClass item, ConditionEvents events) {
            item.getAccessesFromSelf().stream()
                    .filter(access -> isOfTheMachine(access.getTarget()))
                    .map(JavaAccess::getDescription)
                    .forEach(words -> events.add(SimpleConditionEvent.violated(item, words)));
        }
    };

    private static boolean isOfTheMachine(AccessTarget target) {
        var owner = target.getOwner();
        if (!(target instanceof AccessTarget.CodeUnitAccessTarget called)) {
            return false;
        }
        boolean takesNoClock = called.getRawParameterTypes().stream()
                .noneMatch(each -> each.isEquivalentTo(Clock.class) || each.isEquivalentTo(long.class));
        return switch (owner.getName()) {
            case "java.time.Clock" ->
                target.getName().startsWith("system") || (target.getName().startsWith("tick") && takesNoClock);
            case "java.util.Date" -> target.getName().equals("<init>") && takesNoClock;
            case "java.lang.System" -> target.getName().equals("currentTimeMillis");
            default ->
                owner.getPackageName().startsWith("java.time")
                        && target.getName().equals("now")
                        && takesNoClock;
        };
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceAll("\\$.*", "");
    }

    @Test
    void onlyAFewAskTheMachineForTheTime() {
        classes()
                .that(new DescribedPredicate<JavaClass>("do not mean the real time") {
                    @Override
                    public boolean test(JavaClass type) {
                        var name = outermost(type);
                        return !name.startsWith(MEASURES) && !REAL.contains(name.substring(ROOT.length()));
                    }
                })
                .should(TAKE_TIME_AS_GIVEN)
                .check(CLASSES);
    }

    @Test
    void whoeverIsNamedAsksForIt() {
        var ask = CLASSES.stream()
                .filter(type -> type.getAccessesFromSelf().stream().anyMatch(each -> isOfTheMachine(each.getTarget())))
                .map(GivenTimeTest::outermost)
                .toList();

        assertThat(REAL).allMatch(name -> ask.contains(ROOT + name));
    }

    /** The rule sees through what is only referred to. */
    @Test
    void aReferenceIsAsking() {
        var type = new ClassFileImporter().importClass(Asking.class);
        var asked = type.getAccessesFromSelf().stream()
                .filter(each -> isOfTheMachine(each.getTarget()))
                .toList();

        assertThat(asked).hasSize(new Asking().ways().size());
    }

    private static final class Asking {
        List<Supplier<?>> ways() {
            return List.of(Instant::now, () -> LocalDate.now(TestDay.ZONE), Date::new, System::currentTimeMillis);
        }
    }
}
