// How long a search takes while one types, over a county of 200,000 names (streets, houses, places, points of interest;
// German and Chinese). Makes the county from an extract of its own, imports it, and asks for the beginnings of names,
// one character after the other, for parts of names, for street and municipality, and for what is not there.
//
//   gazetteer_bench [NAMES]

#include "county/text_fold.hpp"
#include "tocsin/county/gazetteer.hpp"
#include "tocsin/county/osm_import.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace {

using namespace tocsin;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

double cpuMilliseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

/// Made-up names: the same at every run.
class Names {
  public:
    std::string street() { return pick(stems) + pick(stems) + pick(streets); }
    std::string chinese() {
        std::string out;
        for (unsigned i = 0; i < 2 + m_random() % 2; ++i)
            out += pick(characters);
        return out + pick(endings);
    }
    std::string word() {
        std::string out;
        for (unsigned i = 0; i < 4 + m_random() % 9; ++i)
            out += static_cast<char>('a' + m_random() % 26);
        out[0] = static_cast<char>(out[0] - 32);
        return out;
    }
    unsigned number(unsigned below) { return static_cast<unsigned>(m_random() % below); }

  private:
    const std::string& pick(const std::vector<std::string>& list) { return list[m_random() % list.size()]; }

    std::mt19937 m_random{423};
    const std::vector<std::string> stems{"Haupt",  "Land",   "Dorf",  "Bahnhof", "Kirch", "Schul", "Berg",   "Wald",
                                         "Garten", "Linden", "Rosen", "Mühl",    "Feld",  "See",   "Stein",  "Bach",
                                         "Ober",   "Unter",  "Neu",   "Alt",     "Markt", "Post",  "Sonnen", "Wiesen"};
    const std::vector<std::string> streets{"strasse", "weg", "gasse", "platz", "allee", "ring", "steig", "halde"};
    const std::vector<std::string> characters{"东", "西", "南", "北", "中", "朝", "阳", "和", "平", "解", "放", "建",
                                              "设", "人", "民", "新", "华", "光", "明", "文", "化", "幸", "福", "胜",
                                              "利", "长", "江", "黄", "河", "工", "农", "山", "水", "花", "龙", "凤"};
    const std::vector<std::string> endings{"社区", "村", "街道", "路", "大道", "小区", "镇", "学校", "医院", "派出所"};
};

/// Writes an extract with so many names; gives every hundredth of them.
std::vector<std::string> writeExtract(const std::string& file, std::size_t count) {
    Names names;
    std::ofstream out(file);
    out << "<osm version=\"0.6\">\n";
    std::vector<std::string> sample;
    std::string ways;
    for (std::size_t i = 1; i <= count; ++i) {
        const double lat = 46.5 + names.number(1'000'000) * 1e-6;
        const double lon = 9.0 + names.number(1'000'000) * 1e-6;
        std::string name;
        std::string tags;
        const auto tagged = [](const char* key, const std::string& value) {
            return std::string("<tag k=\"") + key + "\" v=\"" + value + "\"/>";
        };
        const unsigned kind = names.number(100);
        if (kind < 35) { // a house
            const std::string street = kind < 15 ? names.chinese() : names.street();
            const std::string number = std::to_string(1 + names.number(200));
            tags = tagged("addr:street", street) + tagged("addr:housenumber", number);
            name = street + ' ' + number;
        } else if (kind < 60) { // a street, from this node to the next
            name = names.street();
            ways += "<way id=\"" + std::to_string(i) + "\"><nd ref=\"" + std::to_string(i) + "\"/><nd ref=\"" +
                    std::to_string(i == 1 ? 2 : i - 1) + "\"/>" + tagged("highway", "residential") +
                    tagged("name", name) + "</way>\n";
        } else if (kind < 85) {
            name = names.chinese();
            tags = tagged("place", kind < 70 ? "village" : "hamlet") + tagged("name", name);
        } else {
            name = names.word() + ' ' + names.word();
            tags = tagged("amenity", kind < 92 ? "restaurant" : "school") + tagged("name", name);
        }
        out << "<node id=\"" << i << "\" lat=\"" << lat << "\" lon=\"" << lon << "\">" << tags << "</node>\n";
        if (i % 100 == 0)
            sample.push_back(name);
    }
    out << ways << "</osm>\n";
    return sample;
}

/// The first `count` characters from character `from` on.
std::string part(const std::string& text, std::size_t from, std::size_t count) {
    std::size_t at = 0;
    for (; from > 0 && at < text.size(); --from)
        at += county::characterAt(text, at).size();
    std::size_t end = at;
    for (; count > 0 && end < text.size(); --count)
        end += county::characterAt(text, end).size();
    return text.substr(at, end - at);
}

class Measured {
  public:
    explicit Measured(std::string what) : m_what(std::move(what)) {}
    void ask(const county::Gazetteer& gazetteer, const std::string& text) {
        const auto start = Clock::now();
        const double cpu = cpuMilliseconds();
        const auto found = gazetteer.search(text, model::Position::trusted(47, 9.5));
        m_times.push_back(milliseconds(start));
        m_worstCpu = std::max(m_worstCpu, cpuMilliseconds() - cpu);
        m_hits += found.size();
        if (m_times.back() >= m_worst) {
            m_worst = m_times.back();
            m_slowest = text;
        }
    }
    void print() {
        if (m_times.empty())
            return;
        std::sort(m_times.begin(), m_times.end());
        std::printf("%-22s %6zu searches  median %6.2f ms  p99 %6.2f ms  worst %6.2f ms (CPU "
                    "%5.2f; %s)  %.1f hits\n",
                    m_what.c_str(), m_times.size(), m_times[m_times.size() / 2], m_times[m_times.size() * 99 / 100],
                    m_worst, m_worstCpu, m_slowest.c_str(),
                    static_cast<double>(m_hits) / static_cast<double>(m_times.size()));
    }

  private:
    std::string m_what;
    std::vector<double> m_times;
    std::size_t m_hits{0};
    double m_worst{0};
    double m_worstCpu{0}; ///< the worst of the clock may be another program's doing
    std::string m_slowest;
};

} // namespace

int main(int argc, char** argv) {
    const std::size_t count =
        argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 270'000; // streets of one name are one: 200,000 remain
    std::string pattern = (std::filesystem::temp_directory_path() / "gazetteer-bench-XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(pattern.data());
    const auto sample = writeExtract(folder / "in.osm", count);
    auto start = Clock::now();
    county::ImportOptions options;
    options.made = base::fromUnixMillis(1'795'161'600'000);
    const auto done = county::importOsm(folder / "in.osm", folder / "map.gpkg", options);
    if (!done) {
        std::fprintf(stderr, "%s\n", done.error().describe().c_str());
        return 1;
    }
    std::printf("imported %zu names in %.1f s\n", done->gazetteerNames, milliseconds(start) / 1000);
    start = Clock::now();
    const auto gazetteer = county::Gazetteer::open(folder / "map.gpkg");
    if (!gazetteer) {
        std::fprintf(stderr, "%s\n", gazetteer.error().describe().c_str());
        return 1;
    }
    std::printf("opened in %.0f ms\n", milliseconds(start));

    Measured all("all");
    const auto run = [&](Measured& own, const std::string& text) {
        own.ask(**gazetteer, text);
        all.ask(**gazetteer, text);
    };
    for (std::size_t length = 1; length <= 12; ++length) {
        Measured typed("typed " + std::to_string(length));
        for (std::size_t i = 0; i < sample.size(); i += 4)
            run(typed, part(sample[i], 0, length));
        typed.print();
    }
    for (const std::size_t length : {2, 3, 5}) {
        Measured inside("inside, " + std::to_string(length));
        for (std::size_t i = 0; i < sample.size(); i += 4)
            run(inside, part(sample[i], 2, length));
        inside.print();
    }
    Measured common("common words");
    for (const char* text : {"strasse", "Straße", "社区", "区", "村", "weg", "str", "s", "gasse 1", "医院", "1", "12"})
        for (int i = 0; i < 20; ++i)
            run(common, text);
    common.print();
    Measured absent("not there");
    for (const char* text : {"trassen", "strassegasse", "区社", "zzzz", "hauptbergsteig 999", "q", "weg weg weg weg",
                             "a b c d e f g h i j k l m n o p q r s t u v w x y z", "\xff\xfe", "龘"})
        for (int i = 0; i < 20; ++i)
            run(absent, text);
    absent.print();
    all.print();
    rusage use{};
    ::getrusage(RUSAGE_SELF, &use);
    std::printf("peak memory, import included: %ld MB\n", use.ru_maxrss / 1024);
    std::filesystem::remove_all(folder);
    return 0;
}
