// How fast CAP messages are decoded, one core, in bytes of XML a second: over the corpus's files (TOCSIN_CORPORA), by
// kind. The last line is what libxml2 alone needs to read the same bytes without keeping anything.
#include "tocsin/ingest/decoded.hpp"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <libxml/parser.h>
#include <string>
#include <vector>

namespace {

using tocsin::ingest::Format;

std::vector<std::string> filesOf(const char* folder, std::size_t least, std::size_t most) {
    std::vector<std::string> out;
    const char* corpora = std::getenv("TOCSIN_CORPORA");
    if (corpora == nullptr)
        return out;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(corpora) / folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        if (bytes.size() >= least && bytes.size() < most && tocsin::ingest::decode(bytes, Format::cap))
            out.push_back(std::move(bytes));
    }
    return out;
}

void run(benchmark::State& state, const std::vector<std::string>& files, auto&& read) {
    if (files.empty()) {
        state.SkipWithError("TOCSIN_CORPORA is not set");
        return;
    }
    std::size_t bytes = 0;
    for (auto _ : state)
        for (const std::string& file : files) {
            read(file);
            bytes += file.size();
        }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
    state.counters["files"] = static_cast<double>(files.size());
}

void decodeCapFiles(benchmark::State& state, std::size_t least, std::size_t most) {
    run(state, filesOf("cap", least, most), [](const std::string& file) {
        auto out = tocsin::ingest::decode(file, Format::cap);
        benchmark::DoNotOptimize(out);
    });
}
BENCHMARK_CAPTURE(decodeCapFiles, all, 0, 1U << 30U)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decodeCapFiles, under10kB, 0, 10'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decodeCapFiles, over100kB, 100'000, 1U << 30U)->Unit(benchmark::kMillisecond);

void decodeIndex(benchmark::State& state) {
    std::vector<std::string> files = filesOf("cap_feeds", 0, 0);
    if (const char* corpora = std::getenv("TOCSIN_CORPORA")) {
        std::ifstream in(std::filesystem::path(corpora) / "cap_feeds/fah-alerthub-rss-20160809.xml", std::ios::binary);
        files.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    run(state, files, [](const std::string& file) {
        auto out = tocsin::ingest::decode(file, Format::capIndex);
        benchmark::DoNotOptimize(out);
    });
}
BENCHMARK(decodeIndex)->Unit(benchmark::kMillisecond);

/// The bound: libxml2's reading of the same bytes into nothing.
void libxml2Alone(benchmark::State& state) {
    run(state, filesOf("cap", 0, 1U << 30U), [](const std::string& file) {
        xmlSAXHandler sax{};
        sax.initialized = XML_SAX2_MAGIC;
        sax.startElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*, int, const xmlChar**, int, int,
                                const xmlChar**) {};
        sax.characters = [](void*, const xmlChar*, int) {};
        benchmark::DoNotOptimize(
            xmlSAXUserParseMemory(&sax, nullptr, file.data(), static_cast<int>(file.size())));
    });
}
BENCHMARK(libxml2Alone)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
