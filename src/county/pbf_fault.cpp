#include "county/pbf_fault.hpp"

#include <fstream>
#include <protozero/exception.hpp>
#include <protozero/pbf_reader.hpp>
#include <string>
#include <zlib.h>

namespace tocsin::county {
namespace {

// https://wiki.openstreetmap.org/wiki/PBF_Format: limits and field numbers.
constexpr std::uint32_t largestHeader = 64U * 1024U;
constexpr std::uint32_t largestBlob = 32U * 1024U * 1024U;

bool readExactly(std::ifstream& in, std::string& bytes, std::uint32_t count) {
    bytes.resize(count);
    in.read(bytes.data(), count);
    return static_cast<std::uint32_t>(in.gcount()) == count;
}

std::uint32_t sizeOfBlob(const std::string& header) {
    protozero::pbf_reader reader(header);
    std::uint32_t size = 0;
    while (reader.next(3))
        size = static_cast<std::uint32_t>(reader.get_int32());
    return size;
}

bool unpacks(const std::string& blob) {
    protozero::pbf_reader reader(blob);
    std::uint32_t rawSize = 0;
    std::string packed;
    bool zipped = false;
    while (reader.next()) {
        if (reader.tag() == 2) {
            rawSize = static_cast<std::uint32_t>(reader.get_int32());
        } else if (reader.tag() == 3) {
            packed = reader.get_bytes();
            zipped = true;
        } else {
            reader.skip();
        }
    }
    if (!zipped)
        return true; // not packed, or by a way that zlib does not know
    if (rawSize > largestBlob)
        return false;
    std::string raw(rawSize, '\0');
    uLongf made = rawSize;
    return ::uncompress(reinterpret_cast<Bytef*>(raw.data()), &made, reinterpret_cast<const Bytef*>(packed.data()),
                        packed.size()) == Z_OK &&
           made == rawSize;
}

} // namespace

std::optional<std::uint64_t> faultyBlob(const std::filesystem::path& pbfFile) {
    std::ifstream in(pbfFile, std::ios::binary);
    std::string bytes;
    for (std::uint64_t at = 0; in;) {
        char size[4];
        in.read(size, 4);
        if (in.gcount() == 0)
            return std::nullopt;
        if (in.gcount() < 4)
            return at;
        std::uint32_t headerSize = 0;
        for (const char byte : size)
            headerSize = (headerSize << 8U) | static_cast<std::uint8_t>(byte);
        try {
            if (headerSize > largestHeader || !readExactly(in, bytes, headerSize))
                return at;
            const std::uint32_t blobSize = sizeOfBlob(bytes);
            if (blobSize > largestBlob || !readExactly(in, bytes, blobSize) || !unpacks(bytes))
                return at;
            at += 4ULL + headerSize + blobSize;
        } catch (const protozero::exception&) {
            return at;
        }
    }
    return std::nullopt;
}

} // namespace tocsin::county
