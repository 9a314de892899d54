#include "ingest/photo.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto made = tocsin::ingest::makePhoto({reinterpret_cast<const char*>(data), size});
    if (!made && made.error().place.byte.value_or(0) > size)
        std::abort();
    if (made && (made->jpeg.empty() || made->jpeg.size() > tocsin::ingest::maxStoredPhotoBytes || made->width < 1))
        std::abort();
    return 0;
}
