package org.huying.identity.resident;

import io.vertx.core.Future;
import java.time.Clock;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.kernel.Role;
import org.huying.wechat.WeChatPhones;

/** A resident's own number, as WeChat vouches for it. */
public final class PhoneRoutes implements Operations.Binder {
    private final PhoneService phones;

    public PhoneRoutes(Database database, FieldCipher cipher, WeChatPhones wechat, Clock clock) {
        this.phones = new PhoneService(database, cipher, wechat, clock);
    }

    @Override
    public void bind(Operations operations) {
        operations.prepared("bindPhone", Access.anyOf(Role.RESIDENT), this::bindPhone);
    }

    private Future<Operations.Command> bindPhone(Call call) {
        return phones.number(call.caller(), call.body().getString("code"))
                .map(number -> (same, transaction) ->
                        phones.bind(transaction, same.caller(), number).map(Answer::ok));
    }
}
