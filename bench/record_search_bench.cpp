// How long a search of the resource database takes while one types, over 200,000 records in English and Chinese, one letter after the
// other. Prints its own figures.
//
//   record_search_bench [RECORDS]

#include "tocsin/base/id.hpp"
#include "tocsin/county/record_index.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <sys/resource.h>
#include <vector>

namespace {

using namespace tocsin;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

struct Made {
    std::vector<model::Resource> records;
    std::mt19937 random{7};
    const std::string& pick(const std::vector<std::string>& list) { return list[random() % list.size()]; }

    [[nodiscard]] std::map<model::ResourceId, model::Resource> all() const {
        std::map<model::ResourceId, model::Resource> out;
        for (const auto& r : records)
            out.emplace(r.id, r);
        return out;
    }
    explicit Made(int count) {
        base::SeededIdSource ids(*base::parseTime("2026-11-20T08:00:00Z"));
        const std::vector<std::string> kinds{"Fire engine", "Pump truck", "Rescue team", "Boat", "Shelter", "Warehouse", "Clinic", "Excavator"};
        const std::vector<std::string> zh{"消防车", "排涝车", "救援队", "冲锋舟", "避难所", "物资库", "卫生院", "挖掘机"};
        const std::vector<std::string> towns{"Vaduz", "Schaan", "Triesen", "Balzers", "Eschen", "Mauren", "Ruggell", "Planken"};
        const std::vector<std::string> townsZh{"瓦杜兹", "沙恩", "特里森", "巴尔采斯", "埃申", "毛伦", "鲁格尔", "普兰肯"};
        const std::vector<std::string> family{"Li", "Wang", "Zhang", "Brosi", "Caduff", "Egli", "Fässler", "Thöny"};
        for (int i = 0; i < count; ++i) {
            model::Resource r;
            r.id = ids.make<model::ResourceId>();
            const auto k = random() % kinds.size();
            const auto t = random() % towns.size();
            r.name = {kinds[k] + " " + towns[t] + " " + std::to_string(i)};
            r.name.translations["zh_CN"] = townsZh[t] + zh[k] + std::to_string(i) + "号";
            r.callSign = "FL " + std::to_string(random() % 1'000'000);
            r.key = "INV-" + std::to_string(i);
            r.owner = {"Municipality of " + towns[t]};
            r.owner.translations["zh_CN"] = townsZh[t] + "市镇";
            r.personInCharge = pick(family) + " " + pick(family);
            r.phone = "139 " + std::to_string(10'000'000 + random() % 90'000'000);
            r.place = {towns[t] + ", street " + std::to_string(random() % 400)};
            r.capabilities = {{k < 2 ? "pumping" : "search-rescue", 2}};
            if (k == 5)
                for (int s = 0; s < 6; ++s) {
                    model::Stock line;
                    line.code = std::to_string(1'010'101 + random() % 40);
                    line.name = {"Drinking water, 1.5 l bottle"};
                    line.name.translations["zh_CN"] = "瓶装饮用水";
                    r.stock.push_back(line);
                }
            records.push_back(std::move(r));
        }
    }
};

struct Times {
    std::vector<double> all;
    void print(const char* name) {
        std::sort(all.begin(), all.end());
        std::printf("%-28s median %6.2f ms   95%% %6.2f ms   worst %6.2f ms\n", name, all[all.size() / 2], all[all.size() * 95 / 100], all.back());
    }
};

} // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 200'000;
    const Made made(count);
    auto start = Clock::now();
    county::RecordIndex index;
    index.putAll(made.all());
    std::printf("%d records, index made in %.0f ms\n", count, milliseconds(start));
    std::fflush(stdout);

    const std::vector<std::string> queries{"f", "fi", "fir", "fire", "fire engine", "fire engine vad", "vaduz 1007", "inv-19", "inv-199999", "fl 12345",
                                           "消", "消防", "消防车", "瓦杜兹消防车", "排涝 沙恩", "饮用水", "库", "egli thony", "139 5", "no such thing"};
    Times ours;
    Times first;
    std::printf("%-18s %10s %10s\n", "query", "found", "best ms");
    for (const auto& query : queries) {
        std::size_t found = 0;
        double best = 1e9;
        for (int round = 0; round < 9; ++round) {
            start = Clock::now();
            found = index.search(query).ids.size();
            const double took = milliseconds(start);
            ours.all.push_back(took);
            best = std::min(best, took);
            start = Clock::now();
            (void)index.search(query, model::ResourceKind::team, 100);
            first.all.push_back(milliseconds(start));
        }
        std::printf("%-18s %10zu %10.2f\n", query.c_str(), found, best);
    }
    std::printf("\n");
    ours.print("the best 2,000");
    first.print("100 of one kind");
    start = Clock::now();
    for (int i = 0; i < 1000; ++i) {
        auto changed = made.records[static_cast<std::size_t>(i) * 100 % made.records.size()];
        changed.phone += "1";
        index.put(changed);
    }
    std::printf("one record changed: %.1f us\n", milliseconds(start));
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("memory of the whole run: %ld MB\n", usage.ru_maxrss / 1024);
    return 0;
}
