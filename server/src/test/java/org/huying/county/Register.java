package org.huying.county;

import java.util.Map;

/**
 * A file as an office hands it in.
 *
 * @param name for people
 * @param rows what each row says, by its number
 */
public record Register<T>(String name, byte[] bytes, Map<Integer, T> rows) {}
