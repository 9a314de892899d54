#include "ingest/multipart.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    (void)tocsin::ingest::multipartBoundary(bytes);
    const auto parts = tocsin::ingest::parseMultipart(bytes, "b");
    if (!parts && parts.error().place.byte.value_or(0) > size)
        std::abort();
    return 0;
}
