package org.huying.identity.resident;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import org.huying.db.Database;
import org.huying.identity.WeChatAccounts;
import org.huying.kernel.Caller;
import org.huying.kernel.Masked;
import org.huying.kernel.Refusal;
import org.huying.wechat.WeChatPhones;

/**
 * Binds the number that WeChat vouches for. A number is nobody's alone: families share one, and a grid member may have given
 * a daughter's for her father. So it may stand with several residents, nobody is merged by it, and nobody learns from
 * binding it whether others have it.
 */
final class PhoneService {
    private final Database database;
    private final WeChatAccounts accounts;
    private final WeChatPhones wechat;
    private final ResidentStore store;

    PhoneService(Database database, WeChatAccounts accounts, WeChatPhones wechat, ResidentStore store) {
        this.database = database;
        this.accounts = accounts;
        this.wechat = wechat;
        this.store = store;
    }

    /** WeChat takes a code once; of somebody else's it gives no number, as far as it can tell whose it is. */
    Future<String> number(Caller caller, String code) {
        return database.read(client -> accounts.openid(client, caller.personId()))
                .compose(openid -> wechat.number(code, openid.orElse(null)));
    }

    /** Answers the number masked. */
    Future<String> bind(SqlConnection transaction, Caller caller, String number) {
        return store.bindPhone(transaction, caller.districtId(), caller.personId(), number)
                .map(isKnown -> {
                    if (!isKnown) {
                        throw Refusal.notFound();
                    }
                    return Masked.phone(number);
                });
    }
}
