package org.huying.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The recomputation proves nothing about code that it shares; how a program speaks and ends is no part of any figure. */
class IndependenceTest {
    private static final String PACKAGE = IndependenceTest.class.getPackageName();

    @Test
    void itSharesNothingWithWhatItChecks() {
        classes()
                .that()
                .resideInAPackage(PACKAGE)
                .and()
                .haveSimpleNameNotEndingWith("Test")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.vertx.core.json..", "org.jspecify..", "org.huying.command..", PACKAGE)
                .check(new ClassFileImporter().importPackages(PACKAGE));
    }

    /** The examples of RFC 8785, as far as events go. */
    @Test
    void itWritesCanonicalJson() {
        var json = new JsonObject()
                .put("\u20ac", "\u20ac$\u000f\nA'B\"\\\\\"/")
                .put("\r", new JsonArray().addNull().add(true).add(-0x1_0000_0000L))
                .put("\ufb33", new JsonObject())
                .put("1", 1)
                .put("\ud83d\ude00", "\u0080");

        assertThat(Canonical.of(json))
                .isEqualTo(
                        "{\"\\r\":[null,true,-4294967296],\"1\":1,"
                                + "\"\u20ac\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"\ud83d\ude00\":\"\u0080\",\"\ufb33\":{}}");
    }
}
