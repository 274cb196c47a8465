package org.huying.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.huying.kernel.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "violet tram beneath nine kettles",
                "violettrambeneathkettles",
                "kQ7#vz2!mW9xLpR",
                "一只黄色的猫在窗台晒太阳睡着了",
                "ключевая вода у порога",
                "🦊🐢🦉🌵🍋🚲🎻🧭🪁🕯️🧵🪙🫖🧊",
                "               kettle tram violet",
                "vendredi soir à la gare"
            })
    void what_is_long_and_not_guessed_first_is_taken_whatever_it_is_made_of(String password) {
        assertThat(codes(password, "dispatcher-1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aaaaaaaaaaaaaaaaaaaa",
                "abababababababababab",
                "abcdefghijklmnopqrstuvwxyz",
                "zyxwvutsrqponmlkjihg",
                "123456789012345",
                "1234567890123456789",
                "qwertyuiopasdfghjkl",
                "1q2w3e4r5t6y7u8i9o0p",
                "1qaz2wsx3edc4rfv",
                "passwordpassword1",
                "Password123456789",
                "P@ssw0rd12345678!!",
                "admin-admin-admin-2024",
                "welcome welcome 123",
                "tramkettletramkettletram",
                "woaini5201314woaini",
                "correct horse battery staple",
                "my huying password is long enough",
                "the kettle of dispatcher-1 whistles",
                "呼应的密码是一句很长很长的话没人猜得到",
                "我爱你我爱你我爱你我爱你我爱你"
            })
    void what_is_guessed_first_is_refused(String password) {
        assertThat(codes(password, "dispatcher-1")).containsExactly("password_too_common");
    }

    @Test
    void length_counts_characters_and_all_faults_come_at_once() {
        assertThat(codes("kQ7#vz2!mW9xLp", "somebody")).containsExactly("password_too_short");
        assertThat(codes("🦊🐢🦉🌵🍋🚲🎻", "somebody")).contains("password_too_short");
        assertThat(codes("aaaaaaa", "somebody")).containsExactly("password_too_short", "password_too_common");
        var longest = "violet tram beneath nine kettles".repeat(3) + "kQ7#vz2!mW9xLpRb".repeat(2);
        assertThat(codes(longest, "somebody")).isEmpty();
        assertThat(codes(longest + "x", "somebody")).containsExactly("password_too_long");
    }

    @Test
    void a_password_is_one_however_its_letters_are_composed() {
        // given
        var composed = "caf\u00e9 \uff11\uff12 violet tram";
        var decomposed = "cafe\u0301 12 violet tram";

        // when, then
        assertThat(PasswordCost.normalized(composed)).isEqualTo(PasswordCost.normalized(decomposed));
    }

    @Test
    void a_hash_costs_what_owasp_asks_for() {
        assertThat(PasswordCost.STRONG.hash("violet tram beneath nine kettles"))
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    private static List<String> codes(String password, String username) {
        return PasswordRules.faults("/password", password, username).stream()
                .map(Fault::code)
                .toList();
    }
}
