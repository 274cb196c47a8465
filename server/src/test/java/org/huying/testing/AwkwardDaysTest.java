package org.huying.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * What is about days holds on every day: the classes that are, once more on days that are awkward. Those that are quick on
 * each of them, the others in turns, so that every day has its share and every class its day; {@code -Dhuying.sweep=all}
 * runs all of them on all.
 */
@Isolated("the classes run in their own right too, and have one node each")
@Tag("long")
class AwkwardDaysTest {
    private static final String EVERYTHING = "all";

    /** A year of a district: months that end, cut-offs, figures, digests, and what is done by night. */
    private static final List<String> EACH_DAY = List.of("retention.NightlyRemovalTest");

    private static final List<String> IN_TURNS = List.of(
            "canteen.BookingApiTest",
            "canteen.CanteenContractTest",
            "demo.district.DemoDistrictsTest",
            "canteen.QrCodeTest",
            "ticket.LogDigestApiTest",
            "ticket.TicketClockApiTest",
            "canteen.MealDeadlineApiTest",
            "canteen.MealChangeApiTest",
            "canteen.admin.SubsidyPolicyApiTest",
            "canteen.admin.CanteenAdminApiTest",
            "metrics.publication.PublicationApiTest",
            "metrics.scoreboard.ScoreboardApiTest",
            "metrics.completion.CompletionApiTest",
            "metrics.service.ServiceRatesApiTest",
            "ticket.TicketListsTest",
            "ticket.TicketNoticesTest",
            "ticket.catalogue.CatalogueApiTest",
            "photo.PhotoSweepTest",
            "account.acts.ActsApiTest");

    @TestFactory
    Stream<DynamicTest> whatIsAboutDaysHoldsOnEveryDay() {
        return Stream.iterate(0, n -> n + 1).limit(Days.AWKWARD.size()).map(n -> {
            var day = Days.AWKWARD.get(n);
            var classes = classesOf(n);
            return DynamicTest.dynamicTest(day + " " + classes, () -> run(day, classes));
        });
    }

    private static List<String> classesOf(int day) {
        var classes = new ArrayList<>(EACH_DAY);
        boolean isAll = EVERYTHING.equals(System.getProperty("huying.sweep"));
        for (int n = 0; n < IN_TURNS.size(); n++) {
            if (isAll || n % Days.AWKWARD.size() == day) {
                classes.add(IN_TURNS.get(n));
            }
        }
        return classes;
    }

    private static void run(LocalDateTime day, List<String> classes) {
        System.out.println("domain day: " + day + ", " + classes);
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(classes.stream()
                        .map(name -> selectClass("org.huying." + name))
                        .toList())
                // On this thread, which has the day.
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        var summary = TestDay.on(day, () -> {
            var listener = new SummaryGeneratingListener();
            launcher().execute(request, listener);
            return listener.getSummary();
        });
        if (summary.getTotalFailureCount() > 0 || summary.getTestsSucceededCount() < classes.size()) {
            throw new AssertionError("on " + day + ":\n" + words(summary));
        }
        System.out.println("took " + Duration.ofMillis(summary.getTimeFinished() - summary.getTimeStarted()));
    }

    /** Reports to nobody but us. */
    private static Launcher launcher() {
        return LauncherFactory.create(LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build());
    }

    private static String words(TestExecutionSummary summary) {
        var words = new StringWriter();
        summary.printFailuresTo(new PrintWriter(words), 20);
        return words.toString();
    }
}
