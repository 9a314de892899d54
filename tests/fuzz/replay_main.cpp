// Runs a fuzz target over its seeds without a fuzzer: each seed whole, cut short in many places, and doubled.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& bytes) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    int seeds = 0;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        run(bytes);
        run(bytes + bytes);
        const std::size_t step = bytes.size() / 200 + 1;
        for (std::size_t cut = 0; cut < bytes.size(); cut += step)
            run(bytes.substr(0, cut));
        ++seeds;
    }
    std::printf("%d seeds\n", seeds);
    return seeds == 0 ? 1 : 0;
}
