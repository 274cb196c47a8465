package org.huying.metrics.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.huying.metrics.BySegment;
import org.huying.metrics.Frame;
import org.huying.metrics.GroupKey;

/** The answer: all that is neither consultation nor care, in total and by group, and these two beside it. */
public record ServiceRates(
        LocalDate from,
        LocalDate to,
        Instant asOf,
        boolean settled,
        ServiceFigure total,
        List<Group> groups,
        ServiceFigure consultation,
        ServiceFigure care) {
    /** The figures of one group. */
    public record Group(
            @JsonProperty GroupKey key, @JsonUnwrapped ServiceFigure figure) {}

    static ServiceRates of(Frame frame, BySegment<ServiceFigure> blocks, List<Group> groups) {
        return new ServiceRates(
                frame.query().from(),
                frame.query().to(),
                frame.asOf(),
                frame.settled(),
                blocks.total("main"),
                groups,
                blocks.total("consultation"),
                blocks.total("care"));
    }
}
