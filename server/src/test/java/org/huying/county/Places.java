package org.huying.county;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.huying.county.Home.Community;
import org.huying.county.Home.Village;

/** The places of a county, from the top down. */
final class Places {
    private static final List<String> FIRST =
            List.of("青", "柳", "石", "白", "清", "龙", "安", "双", "金", "大", "文", "永", "长", "新");
    private static final List<String> SECOND = List.of("桥", "溪", "泉", "山", "河", "湾", "岭", "塘", "坪", "井", "潭", "坝");
    private static final List<String> FAMILIES =
            List.of("张", "李", "王", "陈", "刘", "杨", "周", "赵", "吴", "何", "罗", "谢", "曾", "唐");
    private static final List<String> LANDS = List.of("家村", "家湾", "家院", "家坝", "家沟", "家塘", "家庄", "家坪");
    private static final double OF_A_NAME_THAT_EXISTS = 0.03;

    private final Chance chance;
    private final List<String> towns;
    private final List<Community> communities = new ArrayList<>();
    private final List<Village> villages = new ArrayList<>();
    private final List<Home> homes = new ArrayList<>();

    Places(Chance chance, County.Size size) {
        this.chance = chance;
        this.towns = names(size.towns(), "镇");
        var names = names(size.communities(), "社区");
        for (int i = 0; i < names.size(); i++) {
            communities.add(new Community(towns.get(i % towns.size()), names.get(i)));
        }
        makeVillages(size.villages());
        makeHomes(size.households());
    }

    List<String> towns() {
        return towns;
    }

    List<Community> communities() {
        return communities;
    }

    List<Village> villages() {
        return villages;
    }

    /** Village by village. */
    List<Home> homes() {
        return homes;
    }

    private List<String> names(int count, String kind) {
        var all = new ArrayList<String>();
        for (var first : FIRST) {
            for (var second : SECOND) {
                all.add(first + second + kind);
            }
        }
        return chance.shuffled(all).subList(0, count);
    }

    private void makeVillages(int count) {
        var names = new ArrayList<String>();
        for (var prefix : List.of("", "上", "下", "东", "西")) {
            for (var family : FAMILIES) {
                LANDS.forEach(land -> names.add(prefix + family + land));
            }
        }
        var fresh = chance.shuffled(names);
        for (int i = 0; i < count; i++) {
            var community = communities.get(i % communities.size());
            // the first is there twice in any case
            var isSecond = i > 0 && (i == 1 || chance.in(OF_A_NAME_THAT_EXISTS));
            var name = isSecond ? villages.get(i == 1 ? 0 : chance.below(i)).name() : fresh.get(i);
            var village = new Village(community, name);
            villages.add(villages.contains(village) ? new Village(community, fresh.get(i)) : village);
        }
    }

    private void makeHomes(int count) {
        Set<Home> seen = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int at = (int) ((long) i * villages.size() / count);
            var home = new Home(villages.get(at), address(at));
            while (!seen.add(home)) {
                home = new Home(villages.get(at), address(at));
            }
            homes.add(home);
        }
    }

    /** Each village has its manner. */
    private String address(int village) {
        return switch (village % 4) {
            case 0 -> chance.between(1, 9) + "组" + chance.between(1, 120) + "号";
            case 1 -> chance.between(1, 9) + "-" + chance.between(1, 12) + "-" + chance.between(1, 28);
            case 2 ->
                chance.between(1, 30) + "栋-" + chance.between(1, 4) + "单元-" + chance.between(1, 6) + "0"
                        + chance.between(1, 4);
            default -> (char) ('A' + chance.below(4)) + "区-" + chance.between(1, 20) + "幢-" + chance.between(1, 60);
        };
    }
}
