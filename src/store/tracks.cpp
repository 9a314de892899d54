#include "tocsin/store/tracks.hpp"

namespace tocsin::store {

base::Result<std::unique_ptr<TrackStore>> TrackStore::open(const std::filesystem::path& /*folder*/, Access /*access*/) {
    return base::fail(base::Code::internal, "positions are not kept yet");
}

} // namespace tocsin::store
