// Runs real files, as they are and changed at random, through the decoders: bits flipped, cut, spliced with one another,
// parts doubled; each variant of up to 64 KiB through all decoders, larger ones through their own. The same variants for
// the same seed. A decoder that crashes, hangs or gives what no decoder may give
// ends the program; an address sanitizer's build finds the rest.
//   corpora_mutants FOLDER [VARIANTS] [SEED]

#include "fuzz_check.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
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

struct Tally {
    std::size_t taken{0};
    std::size_t partly{0};
    std::size_t refused{0};
};

std::vector<File> read(const fs::path& folder) {
    std::vector<File> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || entry.file_size() > largest)
            continue;
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

class Mutator {
  public:
    Mutator(const std::vector<File>& files, unsigned seed) : m_files(files), m_random(seed) {}

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
    checkAnyBytes(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), format);
    const auto decoded = decode(bytes, format);
    if (!decoded)
        ++tally.refused;
    else if (!decoded->faults.empty())
        ++tally.partly;
    else
        ++tally.taken;
}

/// Each decoder must bear what is another's; `but` has seen it already.
void judgeByAll(const std::string& bytes, Format but) {
    for (const Format format : allFormats())
        if (format != but)
            checkAnyBytes(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), format);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s FOLDER [VARIANTS] [SEED]\n", argv[0]);
        return 2;
    }
    const int variants = argc > 2 ? std::atoi(argv[2]) : 5;
    const auto files = read(argv[1]);
    Mutator mutator(files, argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 1U);
    std::map<std::string, Tally> byFormat;
    const std::string* slowest = nullptr;
    std::chrono::steady_clock::duration longest{0};
    for (const auto& file : files) {
        if (file.bytes.size() < (1U << 20U))
            judgeByAll(file.bytes, Format::unknown);
        auto& tally = byFormat[std::string(toString(file.format))];
        for (int i = 0; i < variants; ++i) {
            const std::string changed = mutator.of(file.bytes);
            const auto begin = std::chrono::steady_clock::now();
            judge(changed, file.format == Format::unknown ? std::nullopt : std::optional(file.format), tally);
            if (const auto took = std::chrono::steady_clock::now() - begin; took > longest) {
                longest = took;
                slowest = &file.name;
            }
            if (changed.size() <= mostForAll)
                judgeByAll(changed, file.format);
        }
    }
    std::size_t all = 0;
    for (const auto& [format, tally] : byFormat) {
        std::printf("%-18s taken %zu, partly %zu, refused %zu\n", format.c_str(), tally.taken, tally.partly, tally.refused);
        all += tally.taken + tally.partly + tally.refused;
    }
    std::printf("%zu variants of %zu files; the slowest took %lld ms (%s)\n", all, files.size(),
                static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(longest).count()),
                slowest != nullptr ? slowest->c_str() : "-");
    return files.empty() ? 1 : 0;
}
