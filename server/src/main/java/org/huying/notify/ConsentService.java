package org.huying.notify;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import org.huying.identity.WeChatAccounts;
import org.huying.kernel.Caller;

/** Consents to WeChat messages. Whoever has no WeChat account, as a rule staff, is asked for none and has none. */
final class ConsentService {
    /** More than anybody needs; keeps the ledger from growing with every tap. */
    private static final int KEPT_MAX = 20;

    private final MessageTemplates templates;
    private final WeChatAccounts accounts;
    private final Clock clock;
    private final ConsentStore store = new ConsentStore();

    ConsentService(MessageTemplates templates, WeChatAccounts accounts, Clock clock) {
        this.templates = templates;
        this.accounts = accounts;
        this.clock = clock;
    }

    Future<ConsentView> list(SqlClient client, Caller caller) {
        return accounts.has(client, caller.personId())
                .compose(reachable -> reachable ? view(client, caller) : Future.succeededFuture(ConsentView.nothing()));
    }

    /** @param accepted what the caller said yes to */
    Future<ConsentView> give(SqlConnection transaction, Caller caller, Set<Template> accepted) {
        var given = accepted.stream().filter(templates::has).collect(Collectors.toSet());
        return accounts.has(transaction, caller.personId())
                .compose(reachable -> reachable
                        ? store.give(
                                        transaction,
                                        caller.districtId(),
                                        caller.personId(),
                                        given,
                                        clock.instant(),
                                        KEPT_MAX)
                                .compose(done -> view(transaction, caller))
                        : Future.succeededFuture(ConsentView.nothing()));
    }

    private Future<ConsentView> view(SqlClient client, Caller caller) {
        return store.remaining(client, caller.districtId(), caller.personId())
                .map(remaining -> ConsentView.of(templates.ids(), remaining));
    }
}
