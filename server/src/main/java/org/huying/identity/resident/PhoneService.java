package org.huying.identity.resident;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.identity.WeChatAccounts;
import org.huying.identity.claim.ClaimOffer;
import org.huying.identity.claim.Claims;
import org.huying.kernel.Caller;
import org.huying.kernel.Masked;
import org.huying.kernel.Refusal;
import org.huying.wechat.WeChatPhones;

/**
 * Binds the number that WeChat vouches for. A number is nobody's alone: families share one, and a grid member may have given
 * a daughter's for her father. So it may stand with several residents, and nobody is merged by it: those on record who do not
 * log in are offered, masked, and whoever has bound the number may say that it is them.
 */
final class PhoneService {
    private final Database database;
    private final WeChatAccounts accounts;
    private final WeChatPhones wechat;
    private final ResidentStore store;

    private final FieldCipher cipher;
    private final Clock clock;

    PhoneService(Database database, FieldCipher cipher, WeChatPhones wechat, Clock clock) {
        this.database = database;
        this.accounts = new WeChatAccounts(cipher);
        this.wechat = wechat;
        this.store = new ResidentStore(cipher);
        this.cipher = cipher;
        this.clock = clock;
    }

    /** WeChat takes a code once; of somebody else's it gives no number, as far as it can tell whose it is. */
    Future<String> number(Caller caller, String code) {
        return database.read(client -> accounts.openid(client, caller.personId()))
                .compose(openid -> wechat.number(code, openid.orElse(null)));
    }

    /** The number masked, and who of the district it may be. */
    record Bound(String phone, List<ClaimOffer> offers) {}

    Future<Bound> bind(SqlConnection transaction, Caller caller, String number) {
        return store.bindPhone(transaction, caller.districtId(), caller.personId(), number, clock.instant())
                .compose(isKnown -> isKnown
                        ? Claims.offers(transaction, cipher, caller.districtId(), caller.personId())
                        : Future.failedFuture(Refusal.notFound()))
                .map(offers -> new Bound(Masked.phone(number), offers));
    }
}
