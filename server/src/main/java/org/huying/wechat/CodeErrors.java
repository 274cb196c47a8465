package org.huying.wechat;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.huying.kernel.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What WeChat may answer to a code that somebody has brought, and whose affair it is. WeChat's pages list a few of these
 * for each question; the others come from its list for all questions.
 */
final class CodeErrors {
    private static final Logger LOG = LoggerFactory.getLogger(CodeErrors.class);

    /** Whose affair an error is. */
    enum Affair {
        /** The code is of no use: the client needs another. */
        CLIENT,
        /** It passes. */
        WECHAT,
        /** This installation is not set up as it should be, or WeChat has taken something from it. */
        OURS
    }

    private static final Map<Integer, Affair> OF_ANY_CODE = Map.ofEntries(
            entry(-1, Affair.WECHAT), // system error: busy
            entry(40001, Affair.OURS), // invalid credential: secret or access token
            entry(40002, Affair.OURS), // invalid grant_type
            entry(40003, Affair.CLIENT), // invalid openid, or not that of whom the code is for
            entry(40013, Affair.OURS), // invalid appid
            entry(40014, Affair.OURS), // invalid access_token
            entry(40029, Affair.CLIENT), // invalid code
            entry(40125, Affair.OURS), // invalid appsecret
            entry(40163, Affair.CLIENT), // code been used
            entry(40164, Affair.OURS), // invalid ip, not in whitelist
            entry(40226, Affair.CLIENT), // code blocked: a login that WeChat takes for risky
            entry(40243, Affair.OURS), // appsecret is frozen
            entry(41001, Affair.OURS), // access_token missing
            entry(41002, Affair.OURS), // appid missing
            entry(41004, Affair.OURS), // appsecret missing
            entry(41008, Affair.CLIENT), // missing code
            entry(42001, Affair.OURS), // access_token expired
            entry(43002, Affair.OURS), // require POST method
            entry(44002, Affair.OURS), // empty post data
            entry(45009, Affair.WECHAT), // reach max api daily quota limit
            entry(45011, Affair.WECHAT), // api minute-quota reach limit
            entry(47001, Affair.OURS), // data format error
            entry(48001, Affair.OURS), // api unauthorized
            entry(50001, Affair.OURS), // user unauthorized api
            entry(50002, Affair.OURS), // user limited: the app is punished
            entry(61024, Affair.OURS)); // must use a component's token

    /** Of {@code jscode2session}. */
    static final CodeErrors OF_LOGINS = new CodeErrors(Map.of());

    /** Of {@code getuserphonenumber}: the app is known by its token, so 40013 says that the code is another app's. */
    static final CodeErrors OF_PHONES = new CodeErrors(Map.of(40013, Affair.CLIENT));

    private final Map<Integer, Affair> affairs;

    private CodeErrors(Map<Integer, Affair> differing) {
        var all = new HashMap<>(OF_ANY_CODE);
        all.putAll(differing);
        this.affairs = Map.copyOf(all);
    }

    /** What the client hears. */
    Refusal refusal(int errorCode, Supplier<Refusal> codeInvalid) {
        var affair = affairs.get(errorCode);
        if (affair == Affair.CLIENT) {
            return codeInvalid.get();
        }
        if (affair == Affair.WECHAT) {
            LOG.warn("wechat is busy: errcode {}", errorCode);
        } else if (affair == Affair.OURS) {
            LOG.error("wechat refuses this installation: errcode {}; look at the app id and secret", errorCode);
        } else {
            LOG.error("wechat refuses a code: errcode {} is not known here", errorCode);
        }
        return WeChatHttp.unavailable();
    }
}
