// Runs real files, as they are and changed at random, through the decoders: bits flipped, cut, spliced with one another,
// parts doubled; each variant of up to 64 KiB through all decoders, larger ones through their own. The same variants of a
// file for the same seed, whatever else runs. A decoder that crashes, hangs or gives what no decoder may give ends the
// program, and the last file named on its standard error is the one; an address sanitizer's build finds the rest.
//   corpora_mutants FOLDER [VARIANTS] [SEED] [--part I/N] [--only FILE]
//   corpora_mutants FOLDER 1000 --part 1/2 &  corpora_mutants FOLDER 1000 --part 2/2
// --part: that share of the files, of N about as long ones. --only: one file, by its name within FOLDER.

#include "fuzz_check.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace tocsin::ingest;

constexpr std::size_t largest = 4U << 20U;
constexpr std::size_t mostForAll = 64U << 10U; ///< bytes of a variant that every decoder is shown

struct File {
    std::string name;
    std::string bytes;
    Format format{Format::unknown};
};

/// Of a file, a folder, a format.
struct Tally {
    std::size_t files{0};
    std::size_t taken{0};
    std::size_t partly{0};
    std::size_t refused{0};
    std::size_t faults{0}; ///< of parts, in those that were partly taken
    double seconds{0};

    [[nodiscard]] std::size_t variants() const { return taken + partly + refused; }
    void add(const Tally& other) {
        files += other.files;
        taken += other.taken;
        partly += other.partly;
        refused += other.refused;
        faults += other.faults;
        seconds += other.seconds;
    }
    void tell(const std::string& of) const {
        std::printf("%-18s files %3zu, variants %7zu, taken %7zu, partly %6zu, refused %7zu, faults %8zu, %8.1f s\n", of.c_str(),
                    files, variants(), taken, partly, refused, faults, seconds);
    }
};

struct Options {
    std::string folder;
    int variants{5};
    unsigned seed{1};
    std::size_t part{1};
    std::size_t parts{1};
    std::string only;
};

std::optional<Options> parse(int argc, char** argv) {
    Options options;
    int places = 0;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word.rfind("--", 0) == 0) {
            if (i + 1 == argc)
                return {};
            const std::string value = argv[++i];
            if (word == "--only")
                options.only = value;
            else if (word != "--part" || std::sscanf(value.c_str(), "%zu/%zu", &options.part, &options.parts) != 2)
                return {};
            continue;
        }
        switch (places++) {
        case 0: options.folder = word; break;
        case 1: options.variants = std::atoi(argv[i]); break;
        case 2: options.seed = static_cast<unsigned>(std::atoi(argv[i])); break;
        default: return {};
        }
    }
    if (places == 0 || options.part < 1 || options.part > options.parts)
        return {};
    return options;
}

std::vector<File> read(const fs::path& folder) {
    std::vector<File> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        if (entry.file_size() > largest) {
            std::printf("left out, larger than %zu MiB: %s\n", largest >> 20U, entry.path().c_str());
            continue;
        }
        std::ifstream in(entry.path(), std::ios::binary);
        File file{fs::relative(entry.path(), folder).string(),
                  {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()},
                  Format::unknown};
        file.format = sniff(file.bytes);
        files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.name < b.name; });
    return files;
}

/// Whether each file is in this part. The dearest go first, each to the part that has the least to do by then.
std::vector<bool> shareOf(const std::vector<File>& files, const Options& options) {
    const auto cost = [](const File& file) {
        return file.bytes.size() * (file.bytes.size() <= mostForAll ? allFormats().size() : 1U) + 1;
    };
    std::vector<std::size_t> order(files.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return cost(files[a]) > cost(files[b]); });
    std::vector<std::size_t> load(options.parts, 0);
    std::vector<bool> ours(files.size(), false);
    for (const auto at : order) {
        const auto least = std::min_element(load.begin(), load.end());
        *least += cost(files[at]);
        ours[at] = static_cast<std::size_t>(least - load.begin()) + 1 == options.part &&
                   (options.only.empty() || files[at].name == options.only);
    }
    return ours;
}

class Mutator {
  public:
    Mutator(const std::vector<File>& files, const File& of, unsigned seed) : m_files(files) {
        std::vector<unsigned> seeds(of.name.begin(), of.name.end());
        seeds.push_back(seed);
        std::seed_seq sequence(seeds.begin(), seeds.end());
        m_random.seed(sequence);
    }

    std::string of(const std::string& bytes) {
        std::string out = bytes;
        if (out.empty())
            return out;
        switch (pick(5)) {
        case 0:
            for (auto n = 1 + pick(16); n > 0; --n) {
                char& byte = out[pick(out.size())];
                byte = static_cast<char>(byte ^ (1 << pick(8)));
            }
            break;
        case 1:
            out.resize(pick(out.size()));
            break;
        case 2: {
            const auto& other = m_files[pick(m_files.size())].bytes;
            const auto from = other.empty() ? 0 : pick(other.size());
            out = out.substr(0, pick(out.size())) + other.substr(from, 1U << 16U);
            break;
        }
        case 3: {
            const auto from = pick(out.size());
            const auto count = std::min<std::size_t>(pick(out.size() - from) + 1, 1U << 16U);
            const std::string part = out.substr(from, count);
            for (auto n = 1 + pick(3); n > 0; --n)
                out.insert(pick(out.size()), part);
            break;
        }
        default: {
            // Numbers that nobody expects, where a number stands.
            static const char* const numbers[] = {"1e308", "-1", "99999999999999999999", "NaN", "0x7f", "1e-400", "\xEF\xBC\x91", "\0"};
            const auto digit = out.find_first_of("0123456789", pick(out.size()));
            if (digit != std::string::npos)
                out.replace(digit, 1 + pick(6), numbers[pick(8)]);
        }
        }
        return out;
    }

  private:
    std::size_t pick(std::size_t n) { return n == 0 ? 0 : m_random() % n; }
    const std::vector<File>& m_files;
    std::mt19937 m_random;
};

void judge(const std::string& bytes, std::optional<Format> format, Tally& tally) {
    const auto decoded = decode(bytes, format);
    checkDecoded(decoded, bytes.size());
    if (!decoded) {
        ++tally.refused;
    } else if (!decoded->faults.empty()) {
        ++tally.partly;
        tally.faults += decoded->faults.size();
    } else {
        ++tally.taken;
    }
}

/// Each decoder must bear what is another's; `but` has seen it already.
void judgeByAll(const std::string& bytes, Format but) {
    for (const Format format : allFormats())
        if (format != but)
            checkAnyBytes(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), format);
}

} // namespace

int main(int argc, char** argv) {
    using Steady = std::chrono::steady_clock;
    const auto options = parse(argc, argv);
    if (!options) {
        std::fprintf(stderr, "usage: %s FOLDER [VARIANTS] [SEED] [--part I/N] [--only FILE]\n", argv[0]);
        return 2;
    }
    const auto secondsSince = [](Steady::time_point begin) { return std::chrono::duration<double>(Steady::now() - begin).count(); };
    const auto files = read(options->folder);
    const auto ours = shareOf(files, *options);
    const auto count = static_cast<std::size_t>(std::count(ours.begin(), ours.end(), true));
    std::map<std::string, Tally> byFormat;
    std::map<std::string, Tally> byFolder;
    Tally all;
    const std::string* slowest = nullptr;
    double longest = 0;
    for (std::size_t at = 0; at < files.size(); ++at) {
        if (!ours[at])
            continue;
        const auto& file = files[at];
        std::fprintf(stderr, "%zu of %zu: %s\n", all.files + 1, count, file.name.c_str());
        const auto began = Steady::now();
        Tally tally;
        ++tally.files;
        if (file.bytes.size() < (1U << 20U))
            judgeByAll(file.bytes, Format::unknown);
        Mutator mutator(files, file, options->seed);
        for (int i = 0; i < options->variants; ++i) {
            const std::string changed = mutator.of(file.bytes);
            const auto begin = Steady::now();
            judge(changed, file.format == Format::unknown ? std::nullopt : std::optional(file.format), tally);
            if (const double took = secondsSince(begin); took > longest) {
                longest = took;
                slowest = &file.name;
            }
            if (changed.size() <= mostForAll)
                judgeByAll(changed, file.format);
        }
        tally.seconds = secondsSince(began);
        byFormat[std::string(toString(file.format))].add(tally);
        const auto slash = file.name.find('/');
        byFolder[slash == std::string::npos ? "." : file.name.substr(0, slash)].add(tally);
        all.add(tally);
    }
    for (const auto* group : {&byFormat, &byFolder}) {
        for (const auto& [name, tally] : *group)
            tally.tell(name);
        std::printf("\n");
    }
    all.tell("all");
    std::printf("the slowest variant took %.0f ms (%s)\n", longest * 1000, slowest != nullptr ? slowest->c_str() : "-");
    return all.files == 0 ? 1 : 0;
}
