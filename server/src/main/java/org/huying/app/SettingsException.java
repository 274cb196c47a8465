package org.huying.app;

import java.util.List;

/** Everything that is wrong with the settings. */
public final class SettingsException extends RuntimeException {
    SettingsException(List<String> faults) {
        super("the settings are wrong:\n  " + String.join("\n  ", faults));
    }
}
